"""Functions, methods and classes of JavaScript, with decorators; interfaces and enumerations of TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.codebase.syntax import Assign, Class, Evaluate, Expression, Function, Keyword, Literal, Mapping, Name, Parameter, Return
from threat_modeling.codebase.tree import block_of, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.tree import Place

_NAMES = {"identifier", "property_identifier", "private_property_identifier", "type_identifier", "computed_property_name", "string", "number"}


def _text_of(value: object) -> str:
    text = getattr(value, "id", None) or getattr(value, "value", None)
    return text if isinstance(text, str) else ""


def _function(node: Any, place: Place, kinds: list[str], values: list[Any], name: str) -> Function:
    found = dict(zip(kinds, values, strict=True))
    parameters: tuple[Parameter, ...] = found.get("formal_parameters", ())
    if "formal_parameters" not in found and values and isinstance(values[0], Name):
        parameters = (Parameter(values[0].line, values[0].end, values[0].id),)
    body: tuple[Any, ...]
    if kinds and kinds[-1] == "statement_block":
        body = tuple(block_of(values[-1]))
    else:
        body = (Return(values[-1].line, values[-1].end, values[-1]),) if values and hasattr(values[-1], "line") else ()
    decorators = tuple(value for kind, value in zip(kinds, values, strict=True) if kind == "decorator") if "decorator" in found else ()
    is_async = any(child.kind() == "async" for child in (node.children()[:4] if "property_identifier" in found else node.children()[:1]))
    return Function(place[0], place[1], name, parameters, decorators, body, found.get("type_annotation"), is_async)


def function(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """A function, declared or in an expression."""
    return _function(node, place, kinds, values, _text_of(values[0]) if kinds and kinds[0] == "identifier" else "")


def arrow(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """An arrow function; an expression body is one Return."""
    return _function(node, place, kinds, values, "")


def method(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """A method of a class or an object."""
    name = next((_text_of(value) for kind, value in zip(kinds, values, strict=True) if kind in _NAMES), "")
    return _function(node, place, kinds, values, name)


def field(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Any]:
    """A field of a class: an Assign; its decorators stand before it as statements."""
    found = list(zip(kinds, values, strict=True))
    decorators = [Evaluate(value.line, value.end, value) for kind, value in found if kind == "decorator" and hasattr(value, "line")]
    annotation = next((value for kind, value in found if kind == "type_annotation"), None)
    plain = [value for kind, value in found if kind not in {"decorator", "type_annotation", "accessibility_modifier"} and value is not None]
    if not plain:
        return list(decorators)
    target = plain[0]
    name = Name(target.line, target.end, str(target.value)) if isinstance(target, Literal) else target
    value = plain[1] if len(plain) > 1 else None
    if isinstance(value, Function) and not value.name:
        value = _renamed(value, _text_of(target))
    return [*decorators, Assign(*place, (name,), value, "=", annotation)]


def _renamed(function_: Function, name: str) -> Function:
    return Function(
        function_.line,
        function_.end,
        name,
        function_.parameters,
        function_.decorators,
        function_.body,
        function_.returns,
        function_.is_async,
    )


def class_body(_node: Any, _place: Place, kinds: list[str], values: list[Any]) -> list[Any]:
    """The members of a class; a decorator written before a member belongs to it."""
    pending: list[Any] = []
    members: list[Any] = []
    for kind, value in zip(kinds, values, strict=True):
        if kind == "decorator":
            pending.append(value)
        elif isinstance(value, Function):
            members.append(decorated(value, tuple(pending)))
            pending = []
        elif value is not None:
            members.extend(Evaluate(p.line, p.end, p) for p in pending)
            members.extend(value if isinstance(value, list) else [value])
            pending = []
    return members


def decorated(value: Any, decorators: tuple[Expression, ...]) -> Any:
    """A function or class with decorators written before it; its lines begin with them."""
    if not decorators:
        return value
    line = value.line
    every = (*decorators, *value.decorators)
    if isinstance(value, Class):
        return Class(line, value.end, value.name, value.bases, value.keywords, every, value.body)
    return Function(line, value.end, value.name, value.parameters, every, value.body, value.returns, value.is_async)


def heritage(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """The bases of a class or an interface, extended ones first."""
    return [value for value in _leaves(values) if value is not None]


def _leaves(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value


def class_(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Class:
    """A class, declared or in an expression."""
    found = dict(zip(kinds, values, strict=True))
    name = _text_of(found.get("type_identifier") or found.get("identifier"))
    decorators = tuple(value for kind, value in zip(kinds, values, strict=True) if kind == "decorator")
    members = statements(found.get("class_body") or [])
    return Class(*place, name, tuple(found.get("class_heritage") or ()), (), decorators, members)


def interface(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Class | None:
    """An interface or an object type under a name: a Class with the keyword `interface` and its properties as fields."""
    found = dict(zip(kinds, values, strict=True))
    properties = found.get("interface_body") or found.get("object_type")
    if not isinstance(properties, list):
        return None
    marker = Keyword(*place, "interface", Literal(*place, value=True))
    bases = found.get("extends_type_clause") or ()
    return Class(*place, _text_of(found.get("type_identifier")), tuple(bases), (marker,), (), statements(properties))


def members(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """The properties of an interface or an object type."""
    return [value for value in values if isinstance(value, Assign)]


def property_signature(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Assign | None:
    """A property of an interface."""
    name = next((value for value in values if isinstance(value, Literal)), None)
    if name is None:
        return None
    annotation = values[-1] if values[-1] is not name else None
    return Assign(*place, (Name(name.line, name.end, str(name.value)),), None, "=", annotation)


def enumeration(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Assign | None:
    """`enum E {A = 1}`: at run time an object under that name."""
    name = next((value for value in values if isinstance(value, Name)), None)
    members = next((value for value in values if isinstance(value, Mapping)), None)
    return Assign(*place, (name,), members) if name is not None and members is not None else None


def enumeration_body(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Mapping:
    """The members of an enumeration; one without a value counts on from zero."""
    entries: list[tuple[Expression | None, Expression]] = []
    for position, value in enumerate(values):
        if isinstance(value, tuple):
            entries.append(value)
        elif isinstance(value, Literal):
            entries.append((value, Literal(value.line, value.end, position)))
    return Mapping(*place, tuple(entries))
