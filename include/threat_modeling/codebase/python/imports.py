"""Which file a Python import names, without running anything: packages, relative imports, scripts' folders."""

from __future__ import annotations

import sys
from pathlib import PurePosixPath
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
    folder = PurePosixPath(importer).parent
    if dots:
        ancestors = [folder, *folder.parents]
        return _module(paths, ancestors[dots - 1], parts) if dots <= len(ancestors) else None
    for base in _bases(paths, folder, standard=parts[0] in sys.stdlib_module_names):
        found = _module(paths, base, parts)
        if found and found != importer:
            return found
    if "__init__.py" in paths and len(parts) > 1:
        return _module(paths, PurePosixPath(), parts[1:])
    return None


def _bases(paths: Collection[str], folder: PurePosixPath, *, standard: bool) -> Iterator[PurePosixPath]:
    ancestors = [folder, *folder.parents]
    packages = {base for base in ancestors if str(base / "__init__.py") in paths}
    yield from (base for base in ancestors if base not in packages)
    yield from (PurePosixPath(name) for name in ("src", "lib") if PurePosixPath(name) not in ancestors)
    if not standard:
        yield from (base for base in ancestors if base in packages)


def _module(paths: Collection[str], base: PurePosixPath, parts: list[str]) -> str | None:
    path = base.joinpath(*parts)
    file, package = f"{path}.py", str(path / "__init__.py")
    if parts and file in paths:
        return file
    return package if package in paths else None
