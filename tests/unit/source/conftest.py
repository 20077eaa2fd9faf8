"""A git server, a repository on it, and a machine whose own git configuration is full of traps."""

import os

import pytest

from tests.unit.source.git_server import git_server
from tests.unit.source.repository import Repository
from threat_modeling.settings import Settings
from threat_modeling.source.address import address
from threat_modeling.source.clone import clone

APP = {"README.md": "# Shop\n", "app.py": "import os\n"}
TRAP = """\
[core]
    fsmonitor = "touch {canary}/fsmonitor; false"
    hooksPath = {hooks}
    sshCommand = touch {canary}/ssh
    pager = touch {canary}/pager
    editor = touch {canary}/editor
    attributesFile = {attributes}
    gitProxy = touch {canary}/proxy
[init]
    templateDir = {template}
[credential]
    helper = "!touch {canary}/credential"
[filter "evil"]
    smudge = touch {canary}/smudge
    clean = touch {canary}/clean
    process = touch {canary}/process
    required = true
[filter "lfs"]
    smudge = touch {canary}/lfs
    process = touch {canary}/lfs
    required = true
[diff]
    external = touch {canary}/diff
[diff "evil"]
    textconv = touch {canary}/textconv
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[submodule]
    recurse = true
[fetch]
    recurseSubmodules = true
[alias]
    fetch = "!touch {canary}/alias"
[url "ext::touch {canary}/insteadof "]
    insteadOf = http://127.0.0.1
"""


@pytest.fixture
def repository(tmp_path):
    (tmp_path / "served").mkdir()
    return Repository(tmp_path / "served")


@pytest.fixture
def server(repository):
    with git_server(repository.path.parent) as started:
        yield started


@pytest.fixture
def canary(tmp_path, monkeypatch):
    """A folder that stays empty unless something was run: the user's git configuration and the environment name commands for all occasions."""
    folder, home = tmp_path / "canary", tmp_path / "home"
    hooks, template = home / "hooks", home / "template"
    folder.mkdir()
    for place in (hooks, template / "hooks"):
        place.mkdir(parents=True)
        for name in ("post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
            (place / name).write_text(f"#!/bin/sh\ntouch {folder}/{name}\n")
            (place / name).chmod(0o755)
    (home / "attributes").write_text("* filter=evil diff=evil\n")
    trap = TRAP.format(canary=folder, hooks=hooks, template=template, attributes=home / "attributes")
    (home / ".gitconfig").write_text(trap)
    (home / ".netrc").write_text("machine 127.0.0.1 login leaked password leaked\n")
    (home / "bin").mkdir()
    (home / "bin" / "touch").write_text(f"#!/bin/sh\necho called > {folder}/called\n")
    (home / "bin" / "touch").chmod(0o755)
    monkeypatch.setenv("PATH", f"{home / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(home))
    for name in ("GIT_SSH_COMMAND", "GIT_EXTERNAL_DIFF", "GIT_ASKPASS", "GIT_PROXY_COMMAND", "GIT_EDITOR"):
        monkeypatch.setenv(name, f"touch {folder}/{name}")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", f"touch {folder}/count")
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "ext:file:git")
    monkeypatch.setenv("GIT_DIR", str(home / "nowhere"))
    return folder


@pytest.fixture
def cloned(server, canary, tmp_path):
    """Clone the repository below `sessions`, with limits; afterwards nothing was run and nothing else was touched."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("as it was")

    def call(ref=None, credentials=None, url=None, **limits):
        rules = Settings(**({"git_plain_http": True, "git_megabytes": 20, "git_files": 1000, "git_minutes": 1} | limits))
        place = address(url or f"{server.url}/shop.git", plain_http=True)
        return clone(place, ref, tmp_path / "sessions", rules, credentials)

    yield call
    assert list(canary.iterdir()) == []
    assert [(file.name, file.read_text()) for file in outside.iterdir()] == [("file", "as it was")]
    assert [path for path in (tmp_path / "sessions" / "clones").iterdir() if path.name.startswith(".")] == []
    assert {path.name for path in tmp_path.iterdir()} <= {"served", "canary", "home", "outside", "sessions"}
