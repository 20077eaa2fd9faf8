"""The languages that are lowered to the one syntax tree: one file each, found by being here.

A file defines `EXTENSIONS` (".py" -> "python"), `lower(path, source) -> Module`, and, where its imports name files,
`resolve(files, importer, module) -> path or None`. Where a module is many files, it defines
`locate(files, importer, module, name) -> (path, dotted name in it) or None` in its place.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import ModuleType


class Files(Protocol):
    """What resolving an import may look at: which paths there are, and the text of configuration files."""

    @property
    def paths(self) -> Collection[str]:
        """All paths of the target; asking whether one is there is quick."""

    def text(self, path: str) -> str | None:
        """The text of a file, None where it can't be read."""


@cache
def languages() -> dict[str, ModuleType]:
    """Name of a language -> the file that lowers it."""
    found: dict[str, ModuleType] = {}
    for entry in sorted(pkgutil.iter_modules(__path__), key=lambda entry: entry.name):
        module = importlib.import_module(f"{__name__}.{entry.name}")
        for language in sorted(set(module.EXTENSIONS.values())):
            if language in found:
                raise ValueError(f"{language} is lowered by {found[language].__name__} and by {module.__name__}: remove one")
            found[language] = module
    return found


@cache
def extensions() -> dict[str, str]:
    """Extension -> name of a language that is lowered."""
    return {extension: language for module in languages().values() for extension, language in module.EXTENSIONS.items()}
