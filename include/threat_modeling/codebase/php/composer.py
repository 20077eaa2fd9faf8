"""Which packages a target requires, by its composer.json files: what tells one framework's `$app` from another's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from threat_modeling.codebase.project import Project

MAX_MANIFESTS = 200
_REQUIRED: WeakKeyDictionary[Project, dict[str, frozenset[str]]] = WeakKeyDictionary()


def required(project: Project) -> dict[str, frozenset[str]]:
    """Folder of each composer.json ("" is the target's own) -> the packages that it requires."""
    if project not in _REQUIRED:
        manifests = sorted(path for path in project.paths if path.rpartition("/")[2] == "composer.json")[:MAX_MANIFESTS]
        _REQUIRED[project] = {path.rpartition("/")[0]: _packages(project.text(path) or "") for path in manifests}
    return _REQUIRED[project]


def uses(project: Project, path: str, *prefixes: str) -> bool | None:
    """Whether the nearest composer.json above a file requires a package that begins so; None where there is no such file."""
    found = required(project)
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in found:
            return any(package.startswith(prefixes) for package in found[folder])
    return None


def _packages(text: str) -> frozenset[str]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return frozenset()
    sections = [content.get(key) for key in ("require", "require-dev")] if isinstance(content, dict) else []
    return frozenset(str(name).lower() for section in sections if isinstance(section, dict) for name in section)
