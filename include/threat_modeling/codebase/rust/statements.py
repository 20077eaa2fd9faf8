"""Statements of Rust: bindings, branches, loops; most of them are expressions, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.syntax import Assign, Block, Evaluate, Expression, Function, Name, Operation, Other, Return, Sequence, Statement
from threat_modeling.codebase.tree import STATEMENTS, block_of, branched, flat, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_ITEMS: Final = frozenset(
    {
        "expression_statement",
        "let_declaration",
        "function_item",
        "struct_item",
        "use_declaration",
        "const_item",
        "static_item",
        "impl_item",
        "mod_item",
    }
    | {
        "macro_definition",
        "enum_item",
        "trait_item",
        "type_item",
        "attribute_item",
        "inner_attribute_item",
        "empty_statement",
        "extern_crate_declaration",
    }
)
_BRANCHES: Final = frozenset({"if_expression", "match_expression", "for_expression", "while_expression", "loop_expression", "unsafe_block", "block"})


def block(_node: Any, _place: Place, kinds: list[str], values: list[Any]) -> list[Statement]:
    """`{ ... }`: its statements; an expression at its end is what it returns."""
    if not kinds or kinds[-1] in _ITEMS or kinds[-1] in _BRANCHES or not hasattr(values[-1], "line") or isinstance(values[-1], STATEMENTS):
        return list(statements(values))
    return [*statements(values[:-1]), Return(values[-1].line, values[-1].end, values[-1])]


def as_value(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """A block that is a value: Other "block" over its statements."""
    inner = values[-1] if values else []
    return Other(*place, "block", tuple(flat([inner])))


def expression(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """An expression as a statement: assignments become Assign."""
    value: Any = values[0] if values else None
    if isinstance(value, (list, *STATEMENTS)):
        return value
    if isinstance(value, Operation) and value.operator.endswith("=") and value.operator not in {"==", "!=", "<=", ">="} and len(value.operands) == 2:
        return Assign(*place, (value.operands[0],), value.operands[1], value.operator)
    return Evaluate(*place, value) if hasattr(value, "line") else None


def let(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Statement]:
    """`let a: T = b else { c };`."""
    found = [(kind, value) for kind, value in zip(kinds, values, strict=True) if kind != "mutable_specifier" and value is not None]
    if not found:
        return []
    target = found[0][1]
    rest = found[1:]
    otherwise = block_of(rest.pop()[1]) if rest and rest[-1][0] == "block" and len(rest) > 1 else ()
    typed = [value for kind, value in rest if kind.endswith(("_type", "type_identifier")) or kind == "unit_type"]
    given = [value for kind, value in rest if not (kind.endswith(("_type", "type_identifier")) or kind == "unit_type")]
    value = named(as_expression(given[-1], place), target) if given else None
    targets = (target,) if isinstance(target, Name | Sequence) else (Other(*place, "pattern", tuple(flat([target]))),)
    declared = Assign(*place, targets, value, "=", typed[0] if typed else None)
    return [declared, Block(*place, "if", (), (otherwise,))] if otherwise else [declared]


def as_expression(value: Any, place: Place) -> Any:
    """A statement or a block where a value stands."""
    if isinstance(value, list):
        return Other(*place, "block", tuple(statements(value)))
    return Other(value.line, value.end, "block", (value,)) if isinstance(value, Block | Return | Assign | Evaluate) else value


def named(value: Any, target: Any) -> Any:
    """A closure is called by what it is bound to."""
    if isinstance(value, Function) and not value.name and isinstance(target, Name):
        return Function(value.line, value.end, target.id, value.parameters, (), value.body, value.returns, value.is_async)
    return value


def constant(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Assign | None:
    """`const A: T = b;`."""
    found = [(k, v) for k, v in zip(kinds, values, strict=True) if v is not None and k not in {"visibility_modifier", "mutable_specifier"}]
    if len(found) < 2:
        return None
    return Assign(*place, (found[0][1],), as_expression(found[-1][1], place) if len(found) > 2 else None, "=", found[1][1])


def returned(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Return:
    """`return x`."""
    found = [as_expression(value, place) for value in values if value is not None]
    return Return(*place, found[0] if found else None)


def _condition(head: Any) -> tuple[Any, tuple[Statement, ...]]:
    """(what is tested, what it binds): `let Some(x) = y` binds x where it holds."""
    if isinstance(head, Assign):
        return head.value, (head,)
    if isinstance(head, Operation) and head.operator == "let":
        parts: list[Any] = list(head.operands)
        bound = [part for part in parts if isinstance(part, Assign)]
        tested: list[Any] = [part.value if isinstance(part, Assign) else part for part in parts]
        return Operation(head.line, head.end, "&&", tuple(tested)), tuple(bound)
    return head, ()


def let_condition(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Assign | None:
    """`let Some(x) = y` of an `if`."""
    if not values:
        return None
    target = values[0] if isinstance(values[0], Name | Sequence) else Other(*place, "pattern", tuple(flat(values[:1])))
    return Assign(*place, (target,), as_expression(values[-1], place) if len(values) > 1 else None)


def let_chain(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`let a = b && c`."""
    return Operation(*place, "let", tuple(flat(values)))


def conditional(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block | None:
    """`if`: an `else if` adds its head and bodies to the same Block."""
    if len(values) < 2:
        return None
    (tested, binds), then, *otherwise = _condition(values[0]), values[1], *values[2:]
    return branched(place, (tested,) if tested is not None else (), (*binds, *block_of(then)), otherwise)


def match(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`match`: the value, then each arm's pattern as heads; one body an arm."""
    arms = values[-1] if values and isinstance(values[-1], list) else []
    pairs = [arm for arm in arms if isinstance(arm, tuple)]
    tested = flat([as_expression(value, place) for value in values[:-1]])
    return Block(*place, "switch", (*tested[:1], *(head for head, _ in pairs)), tuple(body for _, body in pairs))


def arms(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """The arms of a match."""
    return list(values)


def arm(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> tuple[Expression, tuple[Statement, ...]]:
    """`pattern if guard => body`."""
    pattern = values[0] if values and kinds[0] == "match_pattern" and values[0] is not None else Name(*place, "_")
    body = values[-1] if len(values) > 1 else None
    done = tuple(block_of(body)) if isinstance(body, (list, *STATEMENTS)) else (Return(body.line, body.end, body),) if hasattr(body, "line") else ()  # type: ignore[union-attr]
    return pattern, done


def pattern(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """The pattern of an arm; several behind `|` are a Sequence."""
    found = flat(values)
    return found[0] if len(found) == 1 else Sequence(*place, tuple(found)) if found else None


def each(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block:
    """`for x in y`: Assign(x, y) is the first statement of the body."""
    found = [(k, v) for k, v in zip(kinds, values, strict=True) if v is not None and k != "label"]
    if len(found) < 3:
        return Block(*place, "for")
    target, iterated, body = found[0][1], as_expression(found[1][1], place), block_of(found[2][1])
    targets = (target,) if isinstance(target, Name | Sequence) else (Other(*place, "pattern", tuple(flat([target]))),)
    return Block(*place, "for", (iterated,), ((Assign(place[0], place[0], targets, iterated), *body),))


def loop(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block:
    """`while` and `loop`."""
    found = [v for k, v in zip(kinds, values, strict=True) if v is not None and k != "label"]
    tested, binds = _condition(found[0]) if len(found) > 1 else (None, ())
    return Block(*place, "while", (tested,) if tested is not None else (), ((*binds, *(block_of(found[-1]) if found else ())),))


def last_branch(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`else ...`."""
    return values[-1] if values else []
