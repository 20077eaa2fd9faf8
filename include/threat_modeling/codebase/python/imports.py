"""Which file a Python import names, without running anything: packages, relative imports, scripts' folders."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from threat_modeling.codebase.languages import Files


def resolve(files: Files, importer: str, module: str) -> str | None:
    """The file that `import module`, written in `importer`, names; None for what stands outside the target.

    Folders above the importer stand in for sys.path: first those that are no packages, nearest first, then packages (a script
    started inside one), and last the target itself taken as the package that the import's first name means.
    """
    paths = files.paths
    stem = module.lstrip(".")
    dots = len(module) - len(stem)
    parts = stem.split(".") if stem else []
    ancestors = _ancestors(importer.rpartition("/")[0])
    if dots:
        return _module(paths, ancestors[dots - 1], parts) if dots <= len(ancestors) else None
    for base in _bases(paths, ancestors, standard=parts[0] in sys.stdlib_module_names):
        found = _module(paths, base, parts)
        if found and found != importer:
            return found
    if "__init__.py" in paths and len(parts) > 1:
        return _module(paths, "", parts[1:])
    return None


@lru_cache(maxsize=4096)
def _ancestors(folder: str) -> tuple[str, ...]:
    """A folder and those around it, nearest first, each with a slash at its end; "" is the target itself."""
    parts = folder.split("/") if folder else []
    return tuple("".join(f"{part}/" for part in parts[:count]) for count in range(len(parts), -1, -1))


def _bases(paths: Collection[str], ancestors: tuple[str, ...], *, standard: bool) -> Iterator[str]:
    packages = [base for base in ancestors if f"{base}__init__.py" in paths]
    yield from (base for base in ancestors if base not in packages)
    yield from (base for base in ("src/", "lib/") if base not in ancestors)
    if not standard:
        yield from packages


def _module(paths: Collection[str], base: str, parts: list[str]) -> str | None:
    path = base + "/".join(parts)
    if parts and f"{path}.py" in paths:
        return f"{path}.py"
    package = f"{path}/__init__.py" if parts else f"{path}__init__.py"
    return package if package in paths else None
