"""Rust: ast-grep's grammar lowered to the one syntax tree.

What the language has and the tree spells otherwise:
- attributes are decorators; those of a field stand before it as statements; what is compiled for tests alone is left out;
- `impl T for S {...}` is a class S with the keyword `partial` and the base T, a trait has the keyword `interface`;
- `mod a;` imports a file, `mod a {...}` is a class with the keyword `module`; paths (`a::b`) are Attributes;
- macros of expressions are calls of a name with `!`; `format!` is a Join, `vec!` a Sequence; any other macro is a call over its tokens;
- `T { a: b }` is a Call with `new`, `Vec<T>` a Subscript; references and `?` stand for what they are of;
- an expression at the end of a body is its Return; `match` is a Block "switch" with a head for each arm after the value.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from ast_grep_py import SgRoot

from threat_modeling.codebase.rust import modules
from threat_modeling.codebase.rust.macros import rewritten
from threat_modeling.codebase.syntax import Import, Module
from threat_modeling.codebase.tree import build, statements

if TYPE_CHECKING:
    from typing import Any

    from threat_modeling.codebase.languages import Files

EXTENSIONS: Final = {".rs": "rust"}


def lower(path: str, source: str) -> Module:
    """The syntax tree of one file; what does not parse is counted in `errors` and the rest is kept."""
    from threat_modeling.codebase.rust.grammar import GRAMMAR  # noqa: PLC0415 - only where such a file is read

    collecting = gc.isenabled()
    gc.disable()  # a tree has no cycles, and looking for some in the middle of building it costs as much as the parse
    try:
        kinds, values = build(SgRoot(rewritten(source), "rust").root(), GRAMMAR)
    finally:
        if collecting:
            gc.enable()
    imports = {found.alias: (found.module, found.name) for found in _imports(values) if found.alias}
    return Module(path, "rust", statements([values[0]]), kinds.count("ERROR"), source.count("\n") + 1, imports)


def _imports(values: list[Any]) -> list[Import]:
    found: list[Import] = []
    for value in values:
        if type(value) is Import:
            found.append(value)
        elif type(value) is list:
            found += [part for part in value if type(part) is Import]
    return found


def locate(files: Files, importer: str, module: str, name: str) -> tuple[str, str] | None:
    """The file of a module, and the dotted name in it: a module that is no file stands in the one around it."""
    found = modules.find(files.paths, importer, f"{module}::{name}" if name else module)
    if found is None:
        return None
    path, rest = found
    return None if path == importer and not rest else (path, ".".join(rest))
