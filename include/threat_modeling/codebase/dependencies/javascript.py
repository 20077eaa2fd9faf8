"""package.json and the lock files of npm, yarn and pnpm."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from threat_modeling.codebase.dependencies.package import Package, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXACT = re.compile(r"^=?v?\d+\.\d+\.\d+[\w.+-]*$")
_YARN = re.compile(r'^"?(@?[^@"\s]+)@')
_PNPM = re.compile(r"^  '?/?(@?[^@'\s(]+)[@/](\d[^:('\s]*)")


def package_json(text: str) -> Iterator[Package]:
    """Read what package.json asks for."""
    document = json.loads(text)
    for section in ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies"):
        entries = document.get(section)
        if not isinstance(entries, dict):
            continue
        _, offset = line_of(text, f'"{section}"')
        for name, constraint in entries.items():
            line, offset = line_of(text, f'"{name}"', offset)
            exact = isinstance(constraint, str) and bool(_EXACT.match(constraint))
            yield Package(name, constraint.lstrip("=v") if exact else "", "npm", line, exact or section == "peerDependencies")


def package_lock(text: str) -> Iterator[Package]:
    """Read npm's lock file, of any version."""
    document = json.loads(text)
    offset = 0
    for place, entry in (document.get("packages") or {}).items():
        name = place.rpartition("node_modules/")[2]
        if name and isinstance(entry, dict) and "version" in entry:
            line, offset = line_of(text, f'"{place}": {{', offset)
            yield Package(entry.get("name", name), entry["version"], "npm", line, pinned=True)
    if "packages" not in document:
        for name, entry in (document.get("dependencies") or {}).items():
            line, offset = line_of(text, f'"{name}": {{', offset)
            yield Package(name, entry.get("version", ""), "npm", line, pinned=True)


def yarn_lock(text: str) -> Iterator[Package]:
    """Read yarn's lock file, of any version."""
    name, line = "", 0
    for number, row in enumerate(text.split("\n"), 1):
        start = _YARN.match(row)
        version = re.match(r'^\s+version:? "?([^"\s]+)"?', row)
        if start:
            name, line = start[1], number
        elif version and name and version[1] != "0.0.0-use.local":
            yield Package(name, version[1], "npm", line, pinned=True)
            name = ""


def pnpm_lock(text: str) -> Iterator[Package]:
    """Read pnpm's lock file."""
    inside = False
    for number, row in enumerate(text.split("\n"), 1):
        if row and not row.startswith(" "):
            inside = row.startswith("packages:")
        match = _PNPM.match(row) if inside else None
        if match:
            yield Package(match[1], match[2], "npm", number, pinned=True)


FILES = {
    "package.json": package_json,
    "package-lock.json": package_lock,
    "npm-shrinkwrap.json": package_lock,
    "yarn.lock": yarn_lock,
    "pnpm-lock.yaml": pnpm_lock,
}
