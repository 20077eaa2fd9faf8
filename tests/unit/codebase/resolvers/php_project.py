"""Small PHP projects written where a test asks for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from threat_modeling.codebase.observations import Route


def found(folder: Path, resolver: ModuleType, files: dict[str, str], *packages: str) -> dict[str, Route]:
    """`METHOD path` -> route of a project of these files that requires these packages."""
    manifest = {"composer.json": json.dumps({"require": dict.fromkeys(packages, "*")})} if packages else {}
    for path, text in (manifest | files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return {f"{route.method} {route.path}": route for route in resolver.routes(Project(folder))}
