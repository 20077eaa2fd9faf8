"""The one syntax tree that resolvers, taint and controls read, whatever the language.

A file in languages/ lowers its grammar to these few nodes once per source file; everything after it is written once.
Lines are 1-based and inclusive. A node that a grammar has and this tree lacks becomes Other: its children stay reachable.
"""

from __future__ import annotations

from inspect import get_annotations
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PLAIN = frozenset({"str", "bool", "int", "str | None", "tuple[str, ...]", "str | int | float | bool | None", "dict[str, tuple[str, str]]"})
"""Types of fields that hold no node."""


class Node(Struct, frozen=True, gc=False, array_like=True, tag=True):
    """A piece of source from line `line` to line `end`."""

    line: int
    end: int


class Literal(Node, frozen=True):
    """A constant: text (escapes resolved), number, boolean or None (also null and undefined)."""

    value: str | int | float | bool | None


class Symbol(Literal, frozen=True):
    """A name that stands for itself, `:name` in Ruby: a literal of its text, told from a string where that matters."""


class Name(Node, frozen=True):
    """A bare identifier; `this` and `self` are names too."""

    id: str


class Attribute(Node, frozen=True):
    """`object.name`, also `object?.name` and `object::name`."""

    object: Expression
    name: str


class Keyword(Node, frozen=True):
    """A named argument; name None is a `**` splat."""

    name: str | None
    value: Expression


class Call(Node, frozen=True):
    """A call, a constructor (`new` True) or a tagged template (arguments: one Join)."""

    callee: Expression
    arguments: tuple[Expression, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    new: bool = False

    def keyword(self, name: str) -> Expression | None:
        """The value given for the named argument, or None."""
        return next((k.value for k in self.keywords if k.name == name), None)


class Join(Node, frozen=True):
    """Text built from parts: f-string, template literal, `+` with a text operand, `%` and adjacent literals."""

    parts: tuple[Expression, ...]


class Operation(Node, frozen=True):
    """Any other operator: binary, comparison, boolean, unary (`not`, `!`), conditional (`?:`), await, spread."""

    operator: str
    operands: tuple[Expression, ...]


class Subscript(Node, frozen=True):
    """`object[index]`."""

    object: Expression
    index: Expression


class Sequence(Node, frozen=True):
    """A list, tuple, set or array."""

    elements: tuple[Expression, ...]


class Mapping(Node, frozen=True):
    """A dict or object literal; key None is a spread. A shorthand `{a}` is (Literal "a", Name a)."""

    entries: tuple[tuple[Expression | None, Expression], ...]

    def get(self, key: str) -> Expression | None:
        """The value of a literal or bare key, or None."""
        for name, value in self.entries:
            if isinstance(name, Literal) and name.value == key:
                return value
        return None


class Other(Node, frozen=True):
    """What this tree has no node for; `kind` is the grammar's name of it."""

    kind: str
    children: tuple[Expression | Statement, ...] = ()


class Parameter(Node, frozen=True):
    """A parameter of a function; a destructured one has the names it binds in `binds`."""

    name: str
    default: Expression | None = None
    annotation: Expression | None = None
    decorators: tuple[Expression, ...] = ()
    binds: tuple[str, ...] = ()


class Function(Node, frozen=True):
    """A function, method, lambda or arrow; `name` is "" where it has none. An arrow's expression body is one Return."""

    name: str
    parameters: tuple[Parameter, ...] = ()
    decorators: tuple[Expression, ...] = ()
    body: tuple[Statement, ...] = ()
    returns: Expression | None = None
    is_async: bool = False


class Class(Node, frozen=True):
    """A class with its bases and body (fields are Assign, methods are Function)."""

    name: str
    bases: tuple[Expression, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    decorators: tuple[Expression, ...] = ()
    body: tuple[Statement, ...] = ()


class Import(Node, frozen=True):
    """`from module import name as alias` -> (module, name, alias); name "" is the module itself, "*" is everything.

    `module` is as written ("./routes/user", "..models", "flask"); JavaScript's default import has the name "default".
    """

    module: str
    name: str
    alias: str


class Assign(Node, frozen=True):
    """`targets = value`; operator is "=", "+=" ...; a declaration without a value has value None.

    A destructuring target is a Sequence or a Mapping. `annotation` is the declared type.
    """

    targets: tuple[Expression, ...]
    value: Expression | None
    operator: str = "="
    annotation: Expression | None = None


class Return(Node, frozen=True):
    """`return value`, also `yield` (operator "yield") and `throw`/`raise` (operator "raise")."""

    value: Expression | None
    operator: str = "return"


class Evaluate(Node, frozen=True):
    """An expression standing as a statement."""

    value: Expression


class Block(Node, frozen=True):
    """if, for, while, try, with, switch: `heads` are its conditions or iterated values, `bodies` its branches in order.

    `for x in y` and `with y as x` carry an Assign(x, y) as the first statement of their first body.
    """

    kind: str
    heads: tuple[Expression, ...] = ()
    bodies: tuple[tuple[Statement, ...], ...] = ()


class Export(Node, frozen=True):
    """`export ...`, `module.exports = ...`, `exports.name = ...`; name "default" for a default export."""

    name: str
    value: Expression | Statement


Expression: TypeAlias = (
    Literal | Symbol | Name | Attribute | Call | Join | Operation | Subscript | Sequence | Mapping | Other | Function | Class | Return
)
"""Return is one where a language jumps out of an expression: `x ?: return`."""
Statement: TypeAlias = Import | Assign | Return | Evaluate | Block | Function | Class | Export | Other


class Module(Struct, frozen=True, array_like=True):
    """One lowered source file; `path` is relative to the target, with forward slashes."""

    path: str
    language: str
    body: tuple[Statement, ...] = ()
    errors: int = 0
    lines: int = 0
    imports: dict[str, tuple[str, str]] = {}
    """Every name the file's imports bind, anywhere in it: local name -> (module as written, name in it or "")."""


def children(node: object) -> list[Node]:
    """The nodes directly below a node, in source order."""
    found: list[Node] = []
    for read in _HELD[node.__class__]:
        value = read(node)
        if value.__class__ is tuple:
            if value:
                _gather(value, found)
        elif value is not None:
            found.append(value)
    return found


class _Holders(dict[type, tuple["Callable[[object], Any]", ...]]):
    """Class -> readers of its fields that hold neither text nor a constant: a node, None, or a tuple of them; none where it is no node."""

    def __missing__(self, kind: type) -> tuple[Callable[[object], Any], ...]:
        types = {name: of for base in reversed(kind.__mro__) for name, of in get_annotations(base).items()}
        self[kind] = tuple(attrgetter(name) for name in getattr(kind, "__struct_fields__", ()) if types[name] not in _PLAIN)
        return self[kind]


_HELD = _Holders()


def _gather(values: tuple[Any, ...], found: list[Node]) -> None:
    for value in values:
        if value.__class__ is tuple:
            _gather(value, found)
        elif value is not None:
            found.append(value)


def walk(node: object) -> Iterator[Node]:
    """The node and everything below it, depth first, without recursion (nesting in a target is the attacker's)."""
    stack: list[Node] = [node] if isinstance(node, Node) else []
    if isinstance(node, tuple):
        _gather(node, stack)
        stack.reverse()
    while stack:
        current = stack.pop()
        yield current
        if _HELD[current.__class__]:
            below = children(current)
            below.reverse()
            stack += below


def between(body: tuple[Node, ...], first: int, last: int) -> Iterator[Node]:
    """What `walk` yields, without what touches no line of these: asked for each of many places, a whole file is too much."""
    stack = [node for node in reversed(body) if node.end >= first and _begins(node, last)]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(node for node in reversed(children(current)) if node.end >= first and _begins(node, last))


def _begins(node: Node, last: int) -> bool:
    """Tell a node that begins at a line or above it; the decorators of a definition stand above its line."""
    return node.line <= last or (isinstance(node, Function | Class) and any(decorator.line <= last for decorator in node.decorators))


def dotted(node: object) -> str:
    """`a.b.c` for a chain of names and attributes, with `()` after a call and `[]` after a subscript; "" for the rest."""
    parts: list[str] = []
    suffix = ""
    while True:
        if isinstance(node, Name):
            return ".".join([node.id + suffix, *reversed(parts)])
        if isinstance(node, Attribute):
            parts.append(node.name + suffix)
            node, suffix = node.object, ""
        elif isinstance(node, Call):
            node, suffix = node.callee, "()" + suffix
        elif isinstance(node, Subscript):
            node, suffix = node.object, "[]" + suffix
        else:
            return ""


def text(node: object) -> str | None:
    """The value of a text literal, or of a Join of text literals; None for anything else."""
    if isinstance(node, Literal) and isinstance(node.value, str):
        return node.value
    if isinstance(node, Join):
        parts = [text(part) for part in node.parts]
        return None if None in parts else "".join(p for p in parts if p is not None)
    return None
