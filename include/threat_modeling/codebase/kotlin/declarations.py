"""Classes, objects, functions and parameters of Kotlin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from threat_modeling.codebase.java.expressions import valued
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Class,
    Evaluate,
    Expression,
    Function,
    Keyword,
    Literal,
    Name,
    Node,
    Other,
    Parameter,
    Return,
    Statement,
)
from threat_modeling.codebase.tree import flat, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_BODIES: Final = frozenset({"class_body", "enum_class_body"})
_WORDS: Final = frozenset({"interface", "enum", "object"})


def annotation(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """`@A(x)` -> a Call, `@A` -> a Name, `@get:A` likewise; `@[A B]` is both."""
    del place
    return [value for value in flat(values) if isinstance(value, Name | Attribute | Call)]


def construction(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`A(x)` of an annotation or a base class."""
    if len(values) < 2 or not isinstance(values[-1], tuple):
        return values[0] if values else Other(*place, "empty")
    keywords = tuple(value for value in values[-1] if isinstance(value, Keyword))
    return Call(*place, values[0], tuple(v for v in values[-1] if not isinstance(v, Keyword)), keywords)


def modifiers(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Expression, ...]:
    """The annotations among the modifiers."""
    return tuple(value for value in flat(values) if isinstance(value, Name | Attribute | Call))


def class_(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Class:
    """A class, interface, enum or object; all but a class say so with a keyword, an abstract or data class too."""
    name, bases, decorators, members = "", list[Any](), (), list[Any]()
    for kind, value in zip(kinds, values, strict=True):
        if kind == "type_identifier" and not name:
            name = value.id
        elif kind == "delegation_specifier":
            bases += flat([value])
        elif kind == "modifiers":
            decorators = value
        elif kind == "primary_constructor":
            members = [*value, *members]
        elif kind in _BODIES:
            members += value
    plain = tuple(base.callee if isinstance(base, Call) else base for base in bases)
    return Class(_line(node, place), place[1], name, plain, _keywords(node, place), decorators, tuple(_constants(name, members)))


def _line(node: Any, place: Place) -> int:
    """The line that names the class or function: its annotations may stand above it."""
    if place[0] == place[1]:
        return place[0]
    named = next((c for c in node.children() if c.kind() in {"class", "interface", "object", "fun", "type_identifier", "simple_identifier"}), None)
    return place[0] if named is None else named.range().start.line + 1


def _keywords(node: Any, place: Place) -> tuple[Keyword, ...]:
    words = {child.kind() for child in node.children() if not child.is_named()}
    first = node.child(0)
    if first is not None and first.kind() == "modifiers":
        words |= set(first.text().rpartition(")")[2].split()) & {"abstract", "data", "annotation", "enum", "sealed"}
    if node.kind() == "object_declaration":
        words.add("object")
    found = sorted(words & {*_WORDS, "abstract", "data", "annotation", "sealed"})
    return tuple(Keyword(*place, word, Literal(*place, value=True)) for word in found)


def _constants(name: str, members: list[Any]) -> list[Any]:
    """The members; a constant of an enum is a new object of it."""
    return [
        Assign(m.line, m.end, m.targets, Call(m.line, m.end, Name(m.line, m.end, name), m.value.children, (), new=True))  # type: ignore[arg-type]
        if isinstance(m, Assign) and isinstance(m.value, Other) and m.value.kind == "enum_entry"
        else m
        for m in members
    ]


def enum_entry(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Assign:
    """`A("x")` of an enum."""
    name = next((value for value in values if isinstance(value, Name)), Name(*place, ""))
    given = next((value for kind, value in zip(kinds, values, strict=True) if kind == "value_arguments"), ())
    return Assign(*place, (name,), Other(*place, "enum_entry", tuple(v for v in given if not isinstance(v, Keyword))))


def body(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """The members of a class in order, those of its companion among them."""
    return list(statements(values))


def companion(_node: Any, _place: Place, kinds: list[str], values: list[Any]) -> list[Statement]:
    """`companion object { ... }`: its members are reached by the name of the class around it."""
    return next((list(value) for kind, value in zip(kinds, values, strict=True) if kind == "class_body"), [])


def initializer(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`init { ... }`."""
    return Block(*place, "with", (), (statements(values),))


def primary_constructor(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """`class A(val b: B, c: C)`: fields with their annotations, then a Function "constructor"."""
    given = [value for value in values if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], Parameter)]
    found: list[Statement] = []
    stored: list[Statement] = []
    for parameter, is_field in given:
        if is_field:
            line, end = parameter.line, parameter.end
            found += [Evaluate(decorator.line, decorator.end, decorator) for decorator in parameter.decorators]
            found.append(Assign(line, end, (Name(line, end, parameter.name),), parameter.default, "=", parameter.annotation))
            stored.append(Assign(line, end, (Attribute(line, end, Name(line, end, "this"), parameter.name),), Name(line, end, parameter.name)))
    return [*found, Function(*place, "constructor", tuple(parameter for parameter, _ in given), (), tuple(stored))]


def class_parameter(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> tuple[Parameter, bool]:
    """A parameter of a primary constructor, and whether it is a field."""
    return _parameter(place, kinds, values), "binding_pattern_kind" in kinds


def parameter(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Parameter:
    """`name: Type`."""
    return _parameter(place, kinds, values)


def _parameter(place: Place, kinds: list[str], values: list[Any]) -> Parameter:
    decorators: tuple[Expression, ...] = ()
    used: list[Any] = []
    for kind, value in zip(kinds, values, strict=True):
        if kind in {"modifiers", "parameter_modifiers"}:
            decorators = value
        elif isinstance(value, Node):
            used.append(value)
    name = used[0].id if used and isinstance(used[0], Name) else ""
    default = valued(used[2]) if len(used) > 2 else None
    return Parameter(*place, name, default, used[1] if len(used) > 1 else None, decorators)


def parameters(_node: Any, _place: Place, kinds: list[str], values: list[Any]) -> tuple[Parameter, ...]:
    """Parameters in order; annotations stand before and defaults after them."""
    found: list[Parameter] = []
    decorators: tuple[Expression, ...] = ()
    for kind, value in zip(kinds, values, strict=True):
        if kind in {"parameter_modifiers", "modifiers"}:
            decorators = value
        elif isinstance(value, Parameter):
            given = (
                value if not decorators else Parameter(value.line, value.end, value.name, None, value.annotation, (*decorators, *value.decorators))
            )
            found.append(given)
            decorators = ()
        elif isinstance(value, Node) and found:
            found[-1] = replace(found[-1], default=valued(value))
    return tuple(found)


def function(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """A function; one that extends a type is called by its own name; `= x` is one Return."""
    name, decorators, given, inside, returns = "", (), (), (), None
    for kind, value in zip(kinds, values, strict=True):
        if kind == "simple_identifier" and not name:
            name = value.id
        elif kind == "modifiers":
            decorators = value
        elif kind == "function_value_parameters":
            given = value
        elif kind == "function_body":
            inside = tuple(value)
        elif kind != "receiver_type" and isinstance(value, Node) and name:
            returns = value
    return Function(_line(node, place), place[1], name, given, decorators, inside, returns)  # type: ignore[arg-type]


def function_body(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Statement]:
    """`{ ... }` or `= x`."""
    if not values:
        return []
    if kinds[-1] == "statements":
        return list(values[-1])
    value = valued(values[-1])
    return [value] if isinstance(value, Return) else [Return(*place, value)]


def constructor(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """`constructor(...) : this(...) { ... }`."""
    given = next((value for kind, value in zip(kinds, values, strict=True) if kind == "function_value_parameters"), ())
    inside = next((tuple(value) for kind, value in zip(kinds, values, strict=True) if kind == "statements"), ())
    decorators = next((value for kind, value in zip(kinds, values, strict=True) if kind == "modifiers"), ())
    return Function(*place, "constructor", given, decorators, inside)
