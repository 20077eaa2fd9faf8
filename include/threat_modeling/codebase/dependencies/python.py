"""requirements.txt, pyproject.toml, setup.cfg-like lists, Pipfile and the lock files of poetry, uv, pdm and pipenv."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from threat_modeling.codebase.dependencies.package import Package, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(@\s*\S+|[(]?[=<>!~].*)?$")
_EXACT = re.compile(r"^\(?={2,3}\s*([^\s,;*]+)\s*\)?$")


MAX_PARTS = 100


def requirement(line: str, number: int) -> Package | None:
    """Read one requirement of PEP 508, or None where the line is none."""
    text = re.split(r";| --| #", line, maxsplit=1)[0].strip()
    match = _REQUIREMENT.match(text)
    if match is None:
        return None
    constraint = (match[2] or "").strip()
    exact = _EXACT.match(constraint)
    return Package(_normal(match[1]), exact[1] if exact else "", "pypi", number, exact is not None or constraint.startswith("@"))


def requirements(text: str) -> Iterator[Package]:
    """Read pip's requirements or constraints."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.lstrip().startswith(("#", "-")):
            package = requirement(line.rstrip("\\ \r"), number)
            if package is not None:
                yield package


def parsed(text: str) -> dict[str, Any]:
    """The values of a TOML text; ValueError where it is malformed, or a key has so many parts that the parser would swell."""
    for line in text.split("\n"):
        if line.partition("=")[0].count(".") > MAX_PARTS:
            raise ValueError(f"a key of more than {MAX_PARTS} parts")
    return tomllib.loads(text)


def pyproject(text: str) -> Iterator[Package]:
    """Read PEP 621's dependencies and poetry's tables."""
    document = parsed(text)
    project = document.get("project", {})
    groups = [project.get("dependencies", []), *project.get("optional-dependencies", {}).values()]
    for entry in (entry for group in groups for entry in group if isinstance(entry, str)):
        package = requirement(entry, line_of(text, entry)[0])
        if package is not None:
            yield package
    poetry = document.get("tool", {}).get("poetry", {})
    tables = [poetry.get("dependencies", {}), *(group.get("dependencies", {}) for group in poetry.get("group", {}).values())]
    for table in tables:
        yield from _table(text, table)


def pipfile(text: str) -> Iterator[Package]:
    """Read pipenv's manifest."""
    document = parsed(text)
    for section in ("packages", "dev-packages"):
        yield from _table(text, document.get(section, {}))


def _table(text: str, table: dict[str, Any]) -> Iterator[Package]:
    """Read `name = "constraint"` and `name = {version = "constraint"}`."""
    for name, value in table.items():
        constraint = value if isinstance(value, str) else value.get("version", "") if isinstance(value, dict) else ""
        exact = re.fullmatch(r"={0,3}\s*(\d[\w.+!-]*)", constraint)
        if name != "python":
            place = re.search(rf"^\s*[\"']?{re.escape(name)}[\"']?\s*=", text, re.MULTILINE)
            line = text.count("\n", 0, place.start()) + 1 + place[0].count("\n") if place else 1
            yield Package(_normal(name), exact[1] if exact else "", "pypi", line, exact is not None)


def toml_lock(text: str) -> Iterator[Package]:
    """Read the lock file of poetry, uv or pdm."""
    yield from _blocks(text, "pypi")


def _blocks(text: str, ecosystem: Any) -> Iterator[Package]:
    """Read `[[package]]` tables by line: these files are large and regular."""
    name, line = "", 0
    for number, row in enumerate(text.split("\n"), 1):
        if row.startswith("["):
            name = ""
        elif row.startswith("name = "):
            name, line = row[7:].strip().strip('"'), number
        elif row.startswith("version = ") and name:
            yield Package(name, row[10:].strip().strip('"'), ecosystem, line, pinned=True)
            name = ""


def cargo_lock(text: str) -> Iterator[Package]:
    """Read cargo's lock file, which is written alike."""
    yield from _blocks(text, "cargo")


def pipfile_lock(text: str) -> Iterator[Package]:
    """Read pipenv's lock file."""
    document = json.loads(text)
    offset = 0
    for section in ("default", "develop"):
        for name, entry in document.get(section, {}).items():
            line, offset = line_of(text, f'"{name}": {{', offset)
            version = entry.get("version", "")
            yield Package(_normal(name), version.removeprefix("=="), "pypi", line, version.startswith("=="))


def _normal(name: str) -> str:
    """PEP 503's normal form."""
    return re.sub(r"[-_.]+", "-", name).lower()


FILES = {
    "requirements*.txt": requirements,
    "*requirements.txt": requirements,
    "constraints*.txt": requirements,
    "pyproject.toml": pyproject,
    "Pipfile": pipfile,
    "poetry.lock": toml_lock,
    "uv.lock": toml_lock,
    "pdm.lock": toml_lock,
    "Cargo.lock": cargo_lock,
    "Pipfile.lock": pipfile_lock,
}
