"""Java: ast-grep's grammar lowered to the one syntax tree.

What the language has and the tree spells otherwise:
- annotations are decorators; those of a field stand before it as statements; `@A(x, k = y)` is a Call, `@A` a Name;
- the own package is a star import: its classes are seen without one; `import static a.B.f` is (a.B, f);
- a constructor is a Function "constructor"; interfaces, enums, records, annotations and abstract classes have that word as a keyword;
- `new C() { ... }` is a Call of a Class without a name; `A::f` is Attribute(A, f); a cast is what it casts;
- each body of a switch has its own head, Operation "case" or "default", after the value.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from ast_grep_py import SgRoot

from threat_modeling.codebase.jvm.packages import PACKAGE, locate
from threat_modeling.codebase.syntax import Import, Module
from threat_modeling.codebase.tree import build, statements

if TYPE_CHECKING:
    from typing import Any

    from threat_modeling.codebase.syntax import Statement

__all__ = ["EXTENSIONS", "locate", "lower"]

EXTENSIONS: Final = {".java": "java"}


def lower(path: str, source: str) -> Module:
    """The syntax tree of one file; what does not parse is counted in `errors` and the rest is kept."""
    from threat_modeling.codebase.java.grammar import GRAMMAR  # noqa: PLC0415 - only where such a file is read

    collecting = gc.isenabled()
    gc.disable()  # a tree has no cycles, and looking for some in the middle of building it costs as much as the parse
    try:
        kinds, values = build(SgRoot(source, "java").root(), GRAMMAR)
    finally:
        if collecting:
            gc.enable()
    return Module(path, "java", packaged(statements([values[0]]), source), kinds.count("ERROR"), source.count("\n") + 1, imports_of(values))


def packaged(body: tuple[Statement, ...], source: str) -> tuple[Statement, ...]:
    """A file that names no package is in the one without a name, whose classes it sees."""
    return body if PACKAGE.search(source) else (Import(1, 1, "", "*", ""), *body)


def imports_of(values: list[Any]) -> dict[str, tuple[str, str]]:
    """Every name that a file's imports bind."""
    return {found.alias: (found.module, found.name) for found in values if type(found) is Import and found.alias}
