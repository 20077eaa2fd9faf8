"""Statements of Go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.syntax import Assign, Block, Call, Evaluate, Expression, Function, Literal, Name, Node, Return, Sequence, Statement
from threat_modeling.codebase.tree import STATEMENTS, block_of, branched, flat, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

SIMPLE: Final = frozenset(
    {"short_var_declaration", "assignment_statement", "inc_statement", "dec_statement", "expression_statement", "send_statement", "var_declaration"}
)
LISTS: Final = frozenset({"expression_list", "plain_list"})
_CASES: Final = frozenset({"expression_case", "type_case", "communication_case", "default_case"})
DEFAULT: Final = "default"
"""The head of a case without a value, so that heads and bodies of a switch stay side by side."""


def is_node(value: object) -> bool:
    """Tell a node of the tree from what is none."""
    return isinstance(value, Node)


def block(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """`{ ... }`: its statements."""
    return list(statements(values))


def evaluated(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Evaluate | None:
    """An expression as a statement; `go f()` and `defer f()` call f too."""
    value: Any = values[0] if values else None
    return Evaluate(*place, value) if is_node(value) else None


def assignment(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> list[Assign]:
    """`a, b = 1, 2` is two assignments, `a, err := f()` one to a Sequence."""
    operator = node.field("operator")
    sign = operator.kind() if operator is not None else "="
    if len(values) != 2:
        return []
    targets: list[Any]
    given: list[Any]
    targets, given = (value if isinstance(value, list) else [value] for value in values)
    return assigned(place, targets, given, "=" if sign == ":=" else sign)


def assigned(place: Place, targets: list[Any], given: list[Any], sign: str = "=", annotation: Expression | None = None) -> list[Assign]:
    """Assignments of values to targets, one each where they are as many."""
    if len(targets) == len(given):
        pairs = zip(targets, given, strict=True)
        return [Assign(*place, (target,), _named(value, target), sign, annotation) for target, value in pairs]
    if len(given) == 1 and targets:
        return [Assign(*place, (Sequence(*place, tuple(targets)),), given[0], sign, annotation)]
    return [Assign(*place, (target,), None, sign, annotation) for target in targets]


def _named(value: Any, target: Any) -> Any:
    """A function is called by what it is assigned to."""
    if isinstance(value, Function) and not value.name and isinstance(target, Name):
        return Function(value.line, value.end, target.id, value.parameters, (), value.body, value.returns)
    return value


def step(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Assign | None:
    """`i++` and `i--`."""
    sign = "+=" if node.kind() == "inc_statement" else "-="
    return Assign(*place, (values[0],), Literal(*place, 1), sign) if values else None


def specification(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Assign]:
    """`var a, b T = 1, 2` and the same of `const`."""
    found = list(zip(kinds, values, strict=True))
    count = next((position for position, kind in enumerate(kinds) if kind != "identifier"), len(kinds))
    given: list[Any] = next((value for kind, value in found if kind in LISTS), [])
    annotation = next((value for kind, value in found[count:] if kind not in LISTS), None)
    return assigned(place, values[:count], given, "=", annotation if is_node(annotation) else None)


def declaration(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """What a `var`, `const`, `type` or `import` declares."""
    return flat(values)


def returned(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Return:
    """`return a, err`: several values are a Sequence."""
    given = values[0] if values and isinstance(values[0], list) else []
    return Return(*place, given[0] if len(given) == 1 else Sequence(*place, tuple(given)) if given else None)


def conditional(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """`if x := f(); x {...} else {...}`: the statement before the condition stands before the Block; `else if` adds to it."""
    before = list(statements(values[:1])) if kinds and kinds[0] in SIMPLE else []
    rest = values[1:] if before or (kinds and kinds[0] in SIMPLE) else values
    if len(rest) < 2:
        return before
    head, then, *otherwise = rest
    return [*before, branched(place, (head,), block_of(then), otherwise)]


def loop(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`for`: over a range, by count, on a condition, or for ever."""
    body = block_of(values[-1]) if values and isinstance(values[-1], list) else ()
    clause: Any = values[0] if len(values) > 1 else None
    if isinstance(clause, tuple):
        before, heads, after = clause
        return Block(*place, "for", heads, ((*before, *body, *after),))
    return Block(*place, "for", (clause,) if is_node(clause) else (), (body,))


def counted(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Any, ...]:
    """`a; b; c` of a loop: (statements before, heads, statements after)."""
    parts = flat(values)
    heads = tuple(part for part in parts if not isinstance(part, STATEMENTS))
    first = isinstance(values[0], list) if values else False
    done = [part for part in parts if isinstance(part, STATEMENTS)]
    return (tuple(done[:1]), heads, tuple(done[1:])) if first else ((), heads, tuple(done))


def ranged(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> tuple[Any, ...]:
    """`i, v := range list`: the element that is bound is v."""
    if len(values) < 2 or not isinstance(values[0], list):
        return (), tuple(flat(values)), ()
    targets, iterated = values[0], values[1]
    return (Assign(*place, (targets[-1],), iterated),), (iterated,), ()


def switch(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """`switch`: the value, then for each case its value (several are a Sequence) as heads; one body a case."""
    found = list(zip(kinds, values, strict=True))
    before = list(statements([value for kind, value in found if kind in SIMPLE]))
    tags: list[Any] = [value for kind, value in found if kind not in SIMPLE and kind not in _CASES and kind not in LISTS and is_node(value)]
    bound = next((value[0] for kind, value in found if kind in LISTS and value), None)
    cases = [value for kind, value in found if kind in _CASES and isinstance(value, tuple)]
    tag = tags[-1] if tags else Literal(*place, value=True)
    if isinstance(bound, Name) and tags:
        before.append(Assign(place[0], place[0], (bound,), tag))
    heads = tuple(head for head, _ in cases)
    return [*before, Block(*place, "switch", (tag, *heads), tuple(body for _, body in cases))]


def case(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> tuple[Expression, tuple[Statement, ...]]:
    """`case a, b: ...`."""
    body = [value for kind, value in zip(kinds, values, strict=True) if kind == "statement_list"]
    heads = flat([value for kind, value in zip(kinds, values, strict=True) if kind != "statement_list"])
    said = [head for head in heads if not isinstance(head, STATEMENTS)]
    done = statements([head for head in heads if isinstance(head, STATEMENTS)])
    head = said[0] if len(said) == 1 else Sequence(*place, tuple(said)) if said else Name(*place, DEFAULT)
    return head, (*done, *statements(body))


def received(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`m := <-channel` of a select."""
    targets = values[0] if len(values) == 2 and isinstance(values[0], list) else []
    return assigned(place, targets[:1], [values[-1]]) if targets else values[-1] if values else None


def sent(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Evaluate:
    """`channel <- x`: a call of what takes it."""
    return Evaluate(*place, Call(*place, values[0], tuple(values[1:]))) if values else Evaluate(*place, Literal(*place, None))


def labeled(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """A statement behind a label."""
    return list(statements(values[1:]))
