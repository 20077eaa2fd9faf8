"""One pass over a grammar's tree that calls a builder for every node, children before parents, without recursion.

Breadth first keeps the children of a node side by side, so that a builder gets them as one slice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Class,
    Evaluate,
    Export,
    Expression,
    Function,
    Import,
    Join,
    Literal,
    Name,
    Node,
    Operation,
    Other,
    Return,
    Statement,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

STATEMENTS: Final = (Import, Assign, Return, Evaluate, Block, Function, Class, Export, Other)

MAX_DEPTH: Final = 180
"""Levels of the grammar's tree that are read; real code stays below 100, what nests deeper is meant to exhaust a reader."""

Place: TypeAlias = tuple[int, int]
"""First and last line, 1-based."""
Builder: TypeAlias = Callable[[Any, Place, list[str], list[Any]], Any]
"""(grammar node, its place, kinds of its named children, what those were built into) -> what it becomes."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language's nodes are built: a builder a kind, `other` for the rest; nothing below a kind of `leaves` is asked for."""

    builders: Mapping[str, Builder]
    leaves: Collection[str]
    other: Builder
    short: Mapping[str, tuple[re.Pattern[str], str]] = field(default_factory=dict)
    """Kind -> (pattern, stand-in): a node whose text matches is a leaf of the kind `stand-in`, for reading one text is cheaper than many nodes."""
    comments: frozenset[str] = frozenset({"comment"})


def _place(node: Any, parent: Place) -> Place:
    """The node's place; what stands inside one line is not asked, for each question to the parser costs more than the answer."""
    if parent[0] == parent[1]:
        return parent
    span = node.range()
    return span.start.line + 1, span.end.line + 1


def build(root: Any, grammar: Grammar) -> tuple[list[str], list[Any]]:
    """Kinds and built values of all named nodes, the root first; comments become None and are hidden from builders."""
    leaves, short, comments = grammar.leaves, grammar.short, grammar.comments
    nodes, kinds, places, firsts = [root], list[str](), [_place(root, (0, 1))], list[int]()
    keep, begin = kinds.append, firsts.append
    depth = start = 0
    while start < len(nodes):
        depth += 1
        level, level_places = nodes[start:], places[start:]
        start = len(nodes)
        for node, place in zip(level, level_places, strict=True):
            kind = node.kind()
            begin(len(nodes))
            if kind in leaves:
                keep(kind)
                continue
            if kind in short and short[kind][0].match(node.text()):
                keep(short[kind][1])
                continue
            keep(kind)
            if depth < MAX_DEPTH:
                found = node.named_children()
                nodes += found
                places += [place] * len(found) if place[0] == place[1] else [_place(child, place) for child in found]
    values: list[Any] = [None] * len(nodes)
    get, other = grammar.builders.get, grammar.other
    none: list[Any] = []
    last = len(nodes)
    for index in range(len(nodes) - 1, -1, -1):
        kind = kinds[index]
        first = firsts[index]
        if first == last:
            values[index] = get(kind, other)(nodes[index], places[index], none, none)
            continue
        below, built = kinds[first:last], values[first:last]
        last = first
        if not comments.isdisjoint(below):
            built = [value for value, name in zip(built, below, strict=True) if name not in comments]
            below = [name for name in below if name not in comments]
        values[index] = get(kind, other)(nodes[index], places[index], below, built)
    return kinds, values


def unknown(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Other:
    """A node without a builder: Other over what is below it."""
    del kinds
    return Other(*place, node.kind(), tuple(flat(values)))


def flat(values: Iterable[Any]) -> list[Any]:
    """Built values with lists and pairs opened and what was built into nothing left out."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, Node):
            found.append(value)
        elif isinstance(value, list | tuple):
            found.extend(flat(value))
    return found


def inner(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """A node that adds nothing to its first child: parentheses, `x as T`, `x!`."""
    return values[0] if values else Other(*place, "empty")


def last(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """A node that adds nothing to its last child: `<T>x`."""
    return values[-1] if values else Other(*place, "empty")


def chain(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Expression:
    """`a.b.c` from its text."""
    first, *rest = node.text().split(".")
    line, end = place
    result: Expression = Name(line, end, first)
    for name in rest:
        result = Attribute(line, end, result, name)
    return result


def is_text(value: object) -> bool:
    """Tell text, or what is joined to one."""
    return isinstance(value, Join) or (isinstance(value, Literal) and isinstance(value.value, str))


def statements(values: Iterable[Any]) -> tuple[Statement, ...]:
    """Built values as statements: lists opened, expressions evaluated, nothing left out."""
    return tuple(value if isinstance(value, STATEMENTS) else Evaluate(value.line, value.end, value) for value in flat(values))


def block_of(value: Any) -> tuple[Statement, ...]:
    """The statements of a branch, which may be one statement without braces."""
    return tuple(value) if type(value) is list else statements((value,))


def operated(place: Place, sign: str, left: Any, right: Any) -> Expression:
    """A binary operator; `+` with a text operand is a Join, which is flattened to the left."""
    if sign == "+" and (is_text(left) or is_text(right)):
        return Join(*place, (*(left.parts if isinstance(left, Join) else (left,)), right))
    return Operation(*place, sign, (left, right))


def branched(place: Place, heads: tuple[Any, ...], then: tuple[Statement, ...], otherwise: list[Any]) -> Block:
    """`if` with at most one else in `otherwise`: an `else if` adds its heads and bodies to the same Block."""
    if not otherwise:
        return Block(*place, "if", heads, (then,))
    branch = block_of(otherwise[0])
    if len(branch) == 1 and isinstance(branch[0], Block) and branch[0].kind == "if":
        return Block(*place, "if", (*heads, *branch[0].heads), (then, *branch[0].bodies))
    return Block(*place, "if", heads, (then, branch))
