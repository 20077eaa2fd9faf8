"""Classes, interfaces, enums, records, methods and parameters of Java."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Expression,
    Function,
    Keyword,
    Literal,
    Name,
    Node,
    Other,
    Parameter,
    Statement,
)
from threat_modeling.codebase.tree import flat, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_KEYWORDS: Final = {
    "interface_declaration": "interface",
    "enum_declaration": "enum",
    "record_declaration": "record",
    "annotation_type_declaration": "annotation",
}
_HERITAGE: Final = frozenset({"superclass", "super_interfaces", "extends_interfaces"})
_BODIES: Final = frozenset({"class_body", "interface_body", "enum_body", "annotation_type_body"})


def class_(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Class:
    """A class, interface, enum, record or annotation; all but a class say so with a keyword, an abstract class too."""
    kind = node.kind()
    name, bases, decorators, body, parameters = "", list[Any](), (), list[Statement](), ()
    keywords = [Keyword(*place, _KEYWORDS[kind], Literal(*place, value=True))] if kind in _KEYWORDS else []
    for below, value in zip(kinds, values, strict=True):
        if below == "identifier":
            name = value.id
        elif below in _HERITAGE:
            bases += flat(value)
        elif below == "modifiers":
            decorators = value
        elif below in _BODIES:
            body = value
        elif below == "formal_parameters":
            parameters = value
    if kind == "class_declaration" and _is_abstract(node):
        keywords.append(Keyword(*place, "abstract", Literal(*place, value=True)))
    members = (*_components(parameters), *_constants(name, body))
    return Class(_line(node, place), place[1], name, tuple(bases), tuple(keywords), decorators, members)


def _line(node: Any, place: Place) -> int:
    """The line that names the class: its annotations may stand above it."""
    named = node.field("name")
    return place[0] if place[0] == place[1] or named is None else named.range().start.line + 1


def _is_abstract(node: Any) -> bool:
    first = node.child(0)
    return first is not None and first.kind() == "modifiers" and "abstract" in first.text().rpartition(")")[2].split()


def _components(parameters: tuple[Parameter, ...]) -> list[Statement]:
    """The components of a record: fields, and what its constructor takes."""
    if not parameters:
        return []
    fields = [Assign(p.line, p.end, (Name(p.line, p.end, p.name),), None, "=", p.annotation) for p in parameters]
    stored = tuple(_stored(p) for p in parameters)
    return [*fields, Function(parameters[0].line, parameters[-1].end, "constructor", parameters, (), stored)]


def _stored(parameter: Parameter) -> Assign:
    line, end = parameter.line, parameter.end
    return Assign(line, end, (Attribute(line, end, Name(line, end, "this"), parameter.name),), Name(line, end, parameter.name))


def _constants(name: str, body: list[Statement]) -> list[Any]:
    """The members; a constant of an enum is a new object of it."""
    return [
        Assign(m.line, m.end, m.targets, Call(m.line, m.end, Name(m.line, m.end, name), m.value.children, (), new=True))  # type: ignore[arg-type]
        if isinstance(m, Assign) and isinstance(m.value, Other) and m.value.kind == "enum_constant"
        else m
        for m in body
    ]


def enum_constant(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Assign:
    """`A("x") { ... }` of an enum."""
    name = next((value for value in values if isinstance(value, Name)), Name(*place, ""))
    given = next((value for kind, value in zip(kinds, values, strict=True) if kind == "argument_list"), ())
    return Assign(*place, (name,), Other(*place, "enum_constant", given))


def heritage(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Expression]:
    """What follows `extends` or `implements`."""
    return flat(values)


def body(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """The members of a class in order."""
    return list(statements(values))


def method(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """A method, with or without a body; a constructor is called "constructor"."""
    name, decorators, parameters, inside, returns = "", (), (), (), None
    for kind, value in zip(kinds, values, strict=True):
        if kind == "identifier":
            name = value.id
        elif kind == "modifiers":
            decorators = value
        elif kind == "formal_parameters":
            parameters = value
        elif kind in {"block", "constructor_body"}:
            inside = tuple(value)
        elif isinstance(value, Node) and not name:
            returns = value
    if "constructor" in node.kind():
        name, returns = "constructor", None
    return Function(_line(node, place), place[1], name, parameters, decorators, inside, returns)  # type: ignore[arg-type]


def parameters(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Parameter, ...]:
    """The parameters of a method in order."""
    return tuple(value for value in values if isinstance(value, Parameter))


def parameter(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Parameter:
    """`@A final T x`, `T... x`."""
    name, declared, decorators = "", None, ()
    for kind, value in zip(kinds, values, strict=True):
        if kind == "identifier":
            name = value.id
        elif kind == "variable_declarator":
            name = value[0].id
        elif kind == "modifiers":
            decorators = value
        elif kind not in {"plain_modifiers", "dimensions"} and isinstance(value, Node):
            declared = value
    return Parameter(*place, name, None, declared, decorators)  # type: ignore[arg-type]


def element_of_annotation(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Assign:
    """`String value() default "x";` of an annotation."""
    name = next((value for kind, value in zip(kinds, values, strict=True) if kind == "identifier"), Name(*place, ""))
    rest = values[kinds.index("identifier") + 1 :] if "identifier" in kinds else []
    return Assign(*place, (name,), next(iter(flat(rest)), None))
