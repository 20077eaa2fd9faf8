"""What parameters, declarations and assignments bind: names, defaults, destructuring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.codebase.syntax import Expression, Literal, Mapping, Name, Operation, Parameter, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.tree import Place

_MODIFIERS = {"accessibility_modifier", "override_modifier", "decorator", "type_annotation", "readonly"}


def bound_names(pattern: object) -> Iterator[str]:
    """The names that a pattern binds, in source order."""
    stack = [pattern]
    while stack:
        current = stack.pop()
        if isinstance(current, Name):
            yield current.id
        elif isinstance(current, Operation) and current.operands:
            stack.append(current.operands[0])
        elif isinstance(current, Sequence):
            stack.extend(current.elements[::-1])
        elif isinstance(current, Mapping):
            stack.extend([value for _, value in current.entries][::-1])


def with_default(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`a = 1` in a pattern: Operation "=" of the target and its default."""
    return Operation(*place, "=", tuple(values))


def shorthand(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> tuple[Literal, Name]:
    """`{a}`: the entry (Literal "a", Name a)."""
    text = node.text()
    return Literal(*place, text), Name(*place, text)


def shorthand_default(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> tuple[Expression, Expression]:
    """`{a = 1}`: the entry (Literal "a", Operation "=")."""
    entry, default = values[0], values[-1]
    if not isinstance(entry, tuple):
        return Literal(*place, None), entry
    return entry[0], Operation(*place, "=", (entry[1], default))


def rest(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`...a`: Operation "..."."""
    return Operation(*place, "...", tuple(values))


def _parameter(place: Place, pattern: Any, default: Expression | None, extra: tuple[Any, ...]) -> Parameter | None:
    annotation, decorators = extra
    if isinstance(pattern, Operation) and pattern.operator == "=":
        pattern, default = pattern.operands[0], pattern.operands[-1]
    if isinstance(pattern, Operation) and pattern.operator == "...":
        pattern = pattern.operands[0] if pattern.operands else None
    if isinstance(pattern, Name):
        return None if pattern.id == "this" else Parameter(*place, pattern.id, default, annotation, decorators)
    if isinstance(pattern, Sequence | Mapping):
        return Parameter(*place, "", default, annotation, decorators, tuple(bound_names(pattern)))
    return None


def typed_parameter(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Parameter | None:
    """A parameter of TypeScript; None for `this`, which no caller passes."""
    decorators = tuple(value for kind, value in zip(kinds, values, strict=True) if kind == "decorator")
    annotation = next((value for kind, value in zip(kinds, values, strict=True) if kind == "type_annotation"), None)
    rest_of_it = [value for kind, value in zip(kinds, values, strict=True) if kind not in _MODIFIERS and value is not None]
    if not rest_of_it:
        return None
    return _parameter(place, rest_of_it[0], rest_of_it[1] if len(rest_of_it) > 1 else None, (annotation, decorators))


def parameters(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Parameter, ...]:
    """The parameters of a function in order."""
    found = (v if isinstance(v, Parameter) else _parameter((v.line, v.end), v, None, (None, ())) for v in values if v is not None)
    return tuple(parameter for parameter in found if parameter is not None)
