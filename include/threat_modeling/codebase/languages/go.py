"""Go: ast-grep's grammar lowered to the one syntax tree.

What the language has and the tree spells otherwise:
- a struct is a Class, the types it embeds are its bases, a field's tag stands before it as a call of `tag`;
- a method stands in the class of its receiver, whose name is bound to `this` first; where another file of the package declares the
  type, the class has the keyword `partial`;
- `T{A: 1}` and `new(T)` are calls with `new`, `[]T{...}` is a Sequence, `map[K]V{...}` and `gin.H{"a": 1}` are Mappings;
- a pointer stands for what it points to; `a, err := f()` assigns to a Sequence; `[]byte(x)` and `string(x)` are x;
- `fmt.Sprintf` is a Join;
- every file begins with `from . import *`: it sees what the other files of its package declare;
- a case without a value has the head `default`.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from ast_grep_py import SgRoot

from threat_modeling.codebase.go.packages import Packages
from threat_modeling.codebase.syntax import Import, Module
from threat_modeling.codebase.tree import build

if TYPE_CHECKING:
    from threat_modeling.codebase.languages import Files

EXTENSIONS: Final = {".go": "go"}

OWN: Final = Import(1, 1, ".", "*", "")
"""Every file sees what the other files of its package declare."""

_PACKAGES: WeakKeyDictionary[Files, Packages] = WeakKeyDictionary()
"""The packages of a target are found once for all of its imports."""


def lower(path: str, source: str) -> Module:
    """The syntax tree of one file; what does not parse is counted in `errors` and the rest is kept."""
    from threat_modeling.codebase.go.grammar import GRAMMAR  # noqa: PLC0415 - only where such a file is read

    collecting = gc.isenabled()
    gc.disable()  # a tree has no cycles, and looking for some in the middle of building it costs as much as the parse
    try:
        kinds, values = build(SgRoot(source, "go").root(), GRAMMAR)
    finally:
        if collecting:
            gc.enable()
    body = (OWN, *values[0]) if isinstance(values[0], list) else (OWN,)
    imports = {node.alias: (node.module, node.name) for node in body if isinstance(node, Import) and node.alias}
    return Module(path, "go", body, kinds.count("ERROR"), source.count("\n") + 1, imports)


def packages(files: Files) -> Packages:
    """The packages of a target."""
    if files not in _PACKAGES:
        _PACKAGES[files] = Packages(files.paths, files.text)
    return _PACKAGES[files]


def resolve(files: Files, importer: str, module: str) -> str | None:
    """The first file of the package that an import names; None for what is installed."""
    return packages(files).first(importer, module)


def locate(files: Files, importer: str, module: str, name: str) -> tuple[str, str] | None:
    """The file of a package that declares a name (also `Type.Method`), and the name; of the package itself its first file."""
    path = packages(files).declaring(importer, module, name) if name else packages(files).first(importer, module)
    return None if path is None or path == importer else (path, name)
