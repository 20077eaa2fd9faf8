"""Kotlin: ast-grep's grammar lowered to the one syntax tree.

What the language has and the tree spells otherwise:
- annotations are decorators; those of a property stand before it as statements;
- the own package is a star import; an extension function is called by its own name;
- members of a companion are members of the class around it; parameters of a primary constructor that are fields are Assigns;
- a trailing lambda is the last argument; what a lambda's last expression gives is its Return; `a to b` is the call `a.to(b)`;
- `when` with a value is a switch like Java's, without one it is an `if`; `?:` is `??`; `x!!` and `x as T` are x;
- a branch or a `try` that gives a value is Other over what is in it.
"""

from __future__ import annotations

import gc
from typing import Final

from ast_grep_py import SgRoot

from threat_modeling.codebase.jvm.packages import locate
from threat_modeling.codebase.languages.java import imports_of, packaged
from threat_modeling.codebase.syntax import Module
from threat_modeling.codebase.tree import build, flat, statements

__all__ = ["EXTENSIONS", "locate", "lower"]

EXTENSIONS: Final = {".kt": "kotlin", ".kts": "kotlin"}


def lower(path: str, source: str) -> Module:
    """The syntax tree of one file; what does not parse is counted in `errors` and the rest is kept."""
    from threat_modeling.codebase.kotlin.grammar import GRAMMAR  # noqa: PLC0415 - only where such a file is read

    collecting = gc.isenabled()
    gc.disable()  # a tree has no cycles, and looking for some in the middle of building it costs as much as the parse
    try:
        kinds, values = build(SgRoot(source, "kotlin").root(), GRAMMAR)
    finally:
        if collecting:
            gc.enable()
    return Module(path, "kotlin", packaged(statements(flat([values[0]])), source), kinds.count("ERROR"), source.count("\n") + 1, imports_of(values))
