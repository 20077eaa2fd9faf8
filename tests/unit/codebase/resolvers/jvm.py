"""Writes small applications of Java and Kotlin, and reads their routes as tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from threat_modeling.codebase.observations import Route


def written(root: Path, files: dict[str, str]) -> Project:
    """A project of these files; Java sources are put where their packages say."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return Project(root)


def routes_of(root: Path, resolver: ModuleType, *sources: str, **files: str) -> dict[str, Route]:
    """`METHOD path` -> route of sources (named by the first class in them) and files (`__` is `/`, `_dot_` is `.`)."""
    named = {f"src/main/java/{_name(source)}": source for source in sources}
    named |= {path.replace("__", "/").replace("_dot_", "."): text for path, text in files.items()}
    found = list(resolver.routes(written(root, named)))
    table = {f"{route.method} {route.path}": route for route in found}
    assert len(table) == len(found), sorted(f"{route.method} {route.path}" for route in found)
    return table


def _name(source: str) -> str:
    name = re.search(r"\b(?:class|interface|object|fun|val)\s+(?:[\w.]+\.)?(\w+)", source)
    extension = "java" if ";" in source or "void " in source else "kt"
    return f"{name[1] if name else 'file'}.{extension}"
