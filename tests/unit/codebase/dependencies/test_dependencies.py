"""Manifests and lock files of every ecosystem: names, versions, lines, pinned or not; malformed ones name nothing."""

import json

import pytest

from threat_modeling.codebase.dependencies import read_dependencies, unpinned

FILES = {
    "requirements.txt": "# c\nFlask==3.0.0\nrequests[socks]>=2 ; python_version > '3'\n-r other.txt\nplain\n",
    "pyproject.toml": '[project]\ndependencies = ["a==1.0", "b"]\n[tool.poetry.dependencies]\n'
    'python = "^3.11"\nc = "^1.2"\nd = {version = "2.0.0"}\n',
    "Pipfile": '[packages]\na = "==1.0"\nb = "*"\n',
    "poetry.lock": '[[package]]\nname = "a"\nversion = "1.0"\n\n[package.dependencies]\nx = "*"\n[[package]]\nname = "b"\nversion = "2.0"\n',
    "uv.lock": 'version = 1\n[[package]]\nname = "a"\nversion = "1.0"\n',
    "Pipfile.lock": json.dumps({"default": {"a": {"version": "==1.0"}}}, indent=1),
    "Cargo.lock": '[[package]]\nname = "serde"\nversion = "1.0.1"\n',
    "package.json": '{\n "dependencies": {\n  "express": "^4.0.0",\n  "helmet": "7.0.0"\n },\n "devDependencies": {"jest": "~1.0.0"}\n}',
    "package-lock.json": json.dumps({"packages": {"": {"name": "app"}, "node_modules/express": {"version": "4.0.0"}}}, indent=1),
    "yarn.lock": '# yarn\n\nexpress@^4.0.0:\n  version "4.1.0"\n\n"@a/b@^1.0.0":\n  version "1.0.1"\n',
    "pnpm-lock.yaml": "packages:\n\n  /express@4.0.0:\n    dev: false\n  '@a/b@1.0.1':\n    dev: false\n",
    "go.mod": "module x.org/app\n\ngo 1.22\nrequire (\n\tgithub.com/a/b v1.2.3\n)\nrequire github.com/c/d v0.1.0\n",
    "pom.xml": "<dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId><version>1.0</version></dependency></dependencies>",
    "Gemfile.lock": "GEM\n  specs:\n    rails (7.0.0)\n      actionpack (= 7.0.0)\n",
    "composer.lock": json.dumps({"packages": [{"name": "a/b", "version": "v1.0"}]}, indent=1),
    "Dockerfile": "FROM python:3.12 AS build\nFROM build\nFROM node\n",
}

EXPECTED = {
    "requirements.txt": [("flask", "3.0.0", True, 2), ("requests", "", False, 3), ("plain", "", False, 5)],
    "pyproject.toml": [("a", "1.0", True, 2), ("b", "", False, 2), ("c", "", False, 5), ("d", "2.0.0", True, 6)],
    "Pipfile": [("a", "1.0", True, 2), ("b", "", False, 3)],
    "poetry.lock": [("a", "1.0", True, 2), ("b", "2.0", True, 8)],
    "uv.lock": [("a", "1.0", True, 3)],
    "Pipfile.lock": [("a", "1.0", True, 3)],
    "Cargo.lock": [("serde", "1.0.1", True, 2)],
    "package.json": [("express", "", False, 3), ("helmet", "7.0.0", True, 4), ("jest", "", False, 6)],
    "package-lock.json": [("express", "4.0.0", True, 6)],
    "yarn.lock": [("express", "4.1.0", True, 3), ("@a/b", "1.0.1", True, 6)],
    "pnpm-lock.yaml": [("express", "4.0.0", True, 3), ("@a/b", "1.0.1", True, 5)],
    "go.mod": [("github.com/a/b", "v1.2.3", True, 5), ("github.com/c/d", "v0.1.0", True, 7)],
    "pom.xml": [("a:b", "1.0", True, 1)],
    "Gemfile.lock": [("rails", "7.0.0", True, 3)],
    "composer.lock": [("a/b", "v1.0", True, 4)],
    "Dockerfile": [("python", "3.12", True, 1), ("node", "", False, 3)],
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_manifest_names_its_packages(name: str) -> None:
    found = read_dependencies(f"sub/{name}", FILES[name])
    assert [(d.name, d.version, d.pinned, d.evidence.start) for d in found] == EXPECTED[name]
    rows = FILES[name].split("\n")
    assert all(d.evidence.quote == rows[d.evidence.start - 1] for d in found)


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[[[[", '{"packages": 1, "dependencies": [1]}', "\x00", "{" * 5000])
def test_a_malformed_manifest_names_nothing(name: str, text: str) -> None:
    assert len(read_dependencies(name, text)) <= 1


def test_open_versions_are_a_weakness_where_no_lock_file_stands_beside() -> None:
    manifest = read_dependencies("web/package.json", FILES["package.json"])
    lock = read_dependencies("web/yarn.lock", FILES["yarn.lock"])
    assert [(w.evidence.path, w.evidence.start) for w in unpinned(manifest)] == [("web/package.json", 3)]
    assert list(unpinned([*manifest, *lock])) == []
