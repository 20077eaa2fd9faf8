"""The packages that manifests and lock files name; one file here per ecosystem, found by its FILES."""

from __future__ import annotations

import importlib
import pkgutil
from fnmatch import fnmatch
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from threat_modeling.codebase.findings import weakness
from threat_modeling.codebase.observations import Dependency, Weakness
from threat_modeling.codebase.rulebook import load
from threat_modeling.evidence import quote
from threat_modeling.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from threat_modeling.codebase.dependencies.package import Package

    Reader = Callable[[str], Iterable[Package]]

MAX_TEXT = 8_000_000
MAX_PACKAGES = 20_000


@cache
def readers() -> tuple[tuple[str, Reader], ...]:
    """File name pattern -> function that reads it, of every ecosystem."""
    found: list[tuple[str, Reader]] = []
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        files: dict[str, Reader] = getattr(importlib.import_module(f"{__name__}.{module.name}"), "FILES", {})
        found += files.items()
    return tuple(found)


def read_dependencies(path: str, text: str, cut_short: Callable[[str, str], None] | None = None) -> tuple[Dependency, ...]:
    """Read the packages that a file names, in the file's order; () for files that name none.

    `cut_short` is told path and reason where a manifest is malformed or too large: what it names is then unknown.
    """
    name = path.rpartition("/")[2]
    reader = next((read for pattern, read in readers() if fnmatch(name, pattern)), None)
    if reader is None:
        return ()
    rows = text.split("\n")
    reason = "too large: its packages are not listed"
    packages: list[Package] = []
    if len(text) <= MAX_TEXT:
        try:
            packages = list(islice(reader(text), MAX_PACKAGES + 1))
            reason = f"only the first {MAX_PACKAGES:,} of its packages are listed" if len(packages) > MAX_PACKAGES else ""
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            reason = "malformed: its packages are not listed"
    if reason and cut_short is not None:
        cut_short(path, reason)
    return tuple(_dependency(path, rows, package) for package in packages[:MAX_PACKAGES] if package.name)


def _dependency(path: str, rows: list[str], package: Package) -> Dependency:
    return Dependency(
        name=visible(package.name)[:200],
        version=visible(package.version)[:100],
        ecosystem=package.ecosystem,
        pinned=package.pinned,
        evidence=quote(path, rows, package.line, package.line),
    )


def unpinned(dependencies: Iterable[Dependency]) -> Iterator[Weakness]:
    """Yield a weakness for each manifest without a lock file beside it that leaves versions open, at its first open one."""
    every = list(dependencies)
    locked = {(_folder(d), d.ecosystem) for d in every if d.evidence.path.rpartition("/")[2] in LOCK_FILES}
    rule = next(rule for rule_id, rule in load("weaknesses") if rule_id == "any/unpinned-dependency")
    seen: set[str] = set()
    for dependency in every:
        path = dependency.evidence.path
        if not dependency.pinned and path not in seen and (_folder(dependency), dependency.ecosystem) not in locked:
            seen.add(path)
            yield weakness("any/unpinned-dependency", rule, dependency.evidence)


LOCK_FILES = frozenset(
    {
        "poetry.lock",
        "Pipfile.lock",
        "uv.lock",
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "Cargo.lock",
        "Gemfile.lock",
        "composer.lock",
        "pdm.lock",
    },
)


def _folder(dependency: Dependency) -> str:
    return dependency.evidence.path.rpartition("/")[0]
