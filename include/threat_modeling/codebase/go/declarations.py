"""Functions, methods, types and imports of Go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Evaluate,
    Expression,
    Function,
    Import,
    Keyword,
    Literal,
    Name,
    Node,
    Other,
    Parameter,
    Sequence,
    Statement,
)
from threat_modeling.codebase.tree import block_of, flat, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

TAG = "tag"
"""What a field's tag is a call of: it stands before the field, as decorators do."""
_VERSION = re.compile(r"v\d+\Z")


@dataclass(frozen=True, slots=True)
class Method:
    """A method with the name of the type that has it."""

    type: str
    function: Function


def parameter(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Parameter]:
    """`a, b T`; of a variadic one the type is a list."""
    names = [value.id for kind, value in zip(kinds[:-1], values[:-1], strict=True) if kind == "identifier"]
    annotation = values[-1] if values and isinstance(values[-1], Node) else None
    return [Parameter(*place, name, None, annotation) for name in names or [""]]  # type: ignore[arg-type]


def parameters(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Parameter]:
    """The parameters of a function."""
    return [value for value in flat(values) if isinstance(value, Parameter)]


def function(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """A function, declared or in an expression."""
    name = values[0].id if kinds and kinds[0] == "identifier" else ""
    return _function(place, name, kinds, values)


def _function(place: Place, name: str, kinds: list[str], values: list[Any]) -> Function:
    found = [
        (kind, value) for kind, value in zip(kinds, values, strict=True) if kind not in {"identifier", "field_identifier", "type_parameter_list"}
    ]
    given = found[0][1] if found and found[0][0] == "parameter_list" else []
    body = block_of(found[-1][1]) if found and found[-1][0] == "block" else ()
    results = [value for kind, value in found[1:] if kind != "block"]
    result = results[0] if results else None
    returns = result[0].annotation if isinstance(result, list) and result else result
    return Function(*place, name, tuple(given), (), body, returns if isinstance(returns, Node) else None)  # type: ignore[arg-type]


def method(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """A method: its receiver's name is bound to `this` first, so that it reads as a method of other languages."""
    receiver = values[0][0] if kinds[:1] == ["parameter_list"] and values[0] else None
    name = next((value.id for kind, value in zip(kinds, values, strict=True) if kind == "field_identifier"), "")
    made = _function(place, name, kinds[1:], values[1:])
    if receiver is None:
        return made
    bound = (Assign(place[0], place[0], (Name(place[0], place[0], receiver.name),), Name(place[0], place[0], "this")),) if receiver.name else ()
    this = Function(*place, name, made.parameters, (), (*bound, *made.body), made.returns)
    return Method(type_name(receiver.annotation), this)


def type_name(annotation: Expression | None) -> str:
    """The last part of a type's name."""
    if isinstance(annotation, Attribute):
        return annotation.name
    return annotation.id if isinstance(annotation, Name) else ""


def field(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Any]:
    """`A, B T` of a struct: a declaration each, its tag before it.

    A type alone is embedded, which makes it a base (and a field too, where it has a tag).
    """
    found = list(zip(kinds, values, strict=True))
    names = [value for kind, value in found if kind == "field_identifier"]
    tag = next((value for kind, value in found if kind.endswith("string_literal")), None)
    annotation = next((value for kind, value in found if kind != "field_identifier" and not kind.endswith("string_literal")), None)
    before: list[Any] = [] if tag is None else [Evaluate(*place, Call(*place, Name(*place, TAG), (tag,)))]
    if not names:
        of = type_name(annotation)
        tagged = [*before, Assign(*place, (Name(*place, of),), None, "=", annotation)] if before else []
        return [*tagged, *([annotation] if annotation is not None else [])]
    return [statement for name in names for statement in (*before, Assign(*place, (name,), None, "=", annotation))]


def struct(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Other:
    """The fields of a struct, and the types it embeds."""
    return Other(*place, "struct_type", tuple(flat(values)))


def specification(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Class | None:
    """`type T ...`: a Class; of a struct with its fields, of anything else with that as its base and the keyword `alias`."""
    if len(values) < 2 or not isinstance(values[0], Name):
        return None
    name, of = values[0].id, values[-1]
    if isinstance(of, Other) and of.kind == "struct_type":
        bases = tuple(child for child in of.children if isinstance(child, Name | Attribute))
        return Class(*place, name, bases, (), (), tuple(child for child in of.children if isinstance(child, Assign | Evaluate)))
    if kinds[-1] == "interface_type":
        return Class(*place, name, (), (Keyword(*place, "interface", Literal(*place, value=True)),), (), ())
    return Class(*place, name, (of,) if isinstance(of, Name | Attribute) else (), (Keyword(*place, "alias", Literal(*place, value=True)),))


def imported(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Import | None:
    """`import alias "path"`; without an alias the name is the last part of the path that is no version."""
    source = next((str(value.value) for value in values if isinstance(value, Literal)), "")
    if not source:
        return None
    if kinds[0] == "dot":
        return Import(*place, source, "*", "")
    alias = values[0].id if isinstance(values[0], Name) else package_name(source)
    del node
    return Import(*place, source, "", "" if alias == "_" else alias)


def package_name(source: str) -> str:
    """How a package is called that is imported from a path: `github.com/go-chi/chi/v5` is chi, `gopkg.in/yaml.v3` is yaml."""
    parts = [part for part in source.split("/") if part]
    while len(parts) > 1 and _VERSION.match(parts[-1]):
        parts.pop()
    last = re.sub(r"\.v\d+\Z|[.-]go\Z|\Ago-", "", parts[-1]) if parts else ""
    return last.rpartition("-")[2] if "-" in last else last


def file(_node: Any, _place: Place, kinds: list[str], values: list[Any]) -> list[Statement]:
    """A whole file: the methods of a type stand in its class, which is a part of one where another file declares the type."""
    methods: dict[str, list[Function]] = {}
    for value in values:
        if isinstance(value, Method):
            methods.setdefault(value.type, []).append(value.function)
    body: list[Statement] = []
    for statement in statements(
        [value for kind, value in zip(kinds, values, strict=True) if kind != "package_clause" and not isinstance(value, Method)]
    ):
        if isinstance(statement, Class) and statement.name in methods:
            own = methods.pop(statement.name)
            first, last = min(statement.line, own[0].line), max(statement.end, own[-1].end)
            body.append(Class(first, last, statement.name, statement.bases, statement.keywords, (), (*statement.body, *own)))
        else:
            body.append(statement)
    for name, own in methods.items():
        first, last = own[0].line, own[-1].end
        body.append(Class(first, last, name, (), (Keyword(first, first, "partial", Literal(first, first, value=True)),), (), tuple(own)))
    return sorted(body, key=lambda node: node.line)


def several(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Sequence:
    """Types beside each other."""
    return Sequence(*place, tuple(flat(values)))
