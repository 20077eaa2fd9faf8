"""C#: ast-grep's grammar lowered to the one syntax tree.

What the language has and the tree spells otherwise:
- attributes are decorators; those of a field or property stand before it as statements;
- what stands in a namespace stands in the file; every file begins with `from . import *`: it sees the types of the target;
- a constructor is a Function `constructor`, its `: base(x)` a call first in it; a primary constructor too, of a record also fields;
- a member that only its own class can call has the decorator `private`, a static one `static`;
- interfaces, structs, records, and abstract, static or partial classes have that word as a keyword;
- `new T(a) { B = c }` is a Call with B as a keyword, `new { a = 1 }` a Mapping, `List<T>` a Subscript;
- each body of a switch has its own head after the value; `x is T y` assigns y (Operation "=") where it is tested.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from ast_grep_py import SgRoot

from threat_modeling.codebase.csharp.types import Types
from threat_modeling.codebase.syntax import Import, Module
from threat_modeling.codebase.tree import build, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.languages import Files

EXTENSIONS: Final = {".cs": "csharp"}
OWN: Final = Import(1, 1, ".", "*", "")
"""Every file sees the types of the target: which of them its `using` lines name is not told by their folders."""

_TYPES: WeakKeyDictionary[Files, Types] = WeakKeyDictionary()
"""The types of a target are found once for all of its files."""


def lower(path: str, source: str) -> Module:
    """The syntax tree of one file; what does not parse is counted in `errors` and the rest is kept."""
    from threat_modeling.codebase.csharp.grammar import GRAMMAR  # noqa: PLC0415 - only where such a file is read

    collecting = gc.isenabled()
    gc.disable()  # a tree has no cycles, and looking for some in the middle of building it costs as much as the parse
    try:
        kinds, values = build(SgRoot(source, "csharp").root(), GRAMMAR)
    finally:
        if collecting:
            gc.enable()
    imports = {value.alias: (value.module, value.name) for value in values if type(value) is Import and value.alias}
    return Module(path, "csharp", (OWN, *statements([values[0]])), kinds.count("ERROR"), source.count("\n") + 1, imports)


def types(files: Files) -> Types:
    """The types of a target."""
    if files not in _TYPES:
        _TYPES[files] = Types(files.paths, files.text)
    return _TYPES[files]


def locate(files: Files, importer: str, module: str, name: str) -> tuple[str, str] | None:
    """The file that declares a type, and its name; every type is asked of the target itself."""
    head = name.partition(".")[0]
    path = types(files).declaring(importer, head) if module == "." and head else None
    return None if path is None else (path, name)
