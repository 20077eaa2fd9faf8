"""JavaScript and TypeScript, with JSX: ast-grep's grammars lowered to the one syntax tree.

What the languages have and the tree spells otherwise:
- a function without a name is called by what it is assigned to, as the language itself names it;
- `const a = require("m")`, `const {a} = await import("m")` and the like are Imports, wherever they stand;
- `export {a} from "m"` is an Import and an Export of its name (javascript/modules.py);
- an assignment inside an expression is Operation "=", a default in a pattern too;
- decorators of a field stand before it as statements; an interface is a Class with the keyword `interface`;
- an element of JSX is a Call of Other "jsx" over its name, with attributes as keywords and content as arguments;
- a regular expression is Other "regex" over its source text.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from ast_grep_py import SgRoot

from threat_modeling.codebase.javascript.resolution import Resolution
from threat_modeling.codebase.syntax import Import, Module
from threat_modeling.codebase.tree import build, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.languages import Files

EXTENSIONS: Final = {
    ".js": "javascript",
    ".cjs": "javascript",
    ".mjs": "javascript",
    ".jsx": "javascript",
    ".ts": "typescript",
    ".cts": "typescript",
    ".mts": "typescript",
    ".tsx": "tsx",
}


_RESOLUTIONS: WeakKeyDictionary[Files, Resolution] = WeakKeyDictionary()
"""Configurations and packages of a target are read once for all of its imports."""


def lower(path: str, source: str) -> Module:
    """The syntax tree of one file; what does not parse is counted in `errors` and the rest is kept."""
    from threat_modeling.codebase.javascript.grammar import GRAMMAR  # noqa: PLC0415 - only where such a file is read

    language = next((name for suffix, name in EXTENSIONS.items() if path.endswith(suffix)), "javascript")
    collecting = gc.isenabled()
    gc.disable()  # a tree has no cycles, and looking for some in the middle of building it costs as much as the parse
    try:
        kinds, values = build(SgRoot(source, language).root(), GRAMMAR)
    finally:
        if collecting:
            gc.enable()
    imports = {found.alias: (found.module, found.name) for found in _imports(values) if found.alias}
    return Module(path, language, statements([values[0]]), kinds.count("ERROR"), source.count("\n") + 1, imports)


def resolve(files: Files, importer: str, module: str) -> str | None:
    """The file of the target that an import as written in `importer` names; None for what is installed."""
    if files not in _RESOLUTIONS:
        _RESOLUTIONS[files] = Resolution(files.paths, files.text)
    return _RESOLUTIONS[files].resolve(importer, module)


def _imports(values: list[Any]) -> Iterator[Import]:
    for value in values:
        if type(value) is Import:
            yield value
        elif type(value) is list:
            yield from (found for found in value if type(found) is Import)
