"""Types, members, attributes and imports of C#."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.csharp.expressions import made
from threat_modeling.codebase.syntax import (
    Assign,
    Call,
    Class,
    Evaluate,
    Expression,
    Function,
    Import,
    Keyword,
    Literal,
    Mapping,
    Name,
    Parameter,
    Return,
    Statement,
    dotted,
)
from threat_modeling.codebase.tree import STATEMENTS, block_of, flat, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

HIDDEN: Final = "private"
"""The decorator of a member that nothing outside can call, and of a static one `static`: C# has words, no attributes, for these."""
_OPEN: Final = frozenset({"public"})
_NAMED: Final = frozenset({"identifier", "qualified_name", "alias_qualified_name", "dotted_name"})


class Words(list[str]):
    """The modifiers of a declaration."""


def modifier(node: Any, _place: Place, _kinds: list[str], _values: list[Any]) -> Words:
    """`public`, `static`, `async` ..."""
    return Words([node.text()])


def attribute(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`[A]` is a Name, `[A(x, K = y)]` a Call; the ending `Attribute` may be written."""
    if not values:
        return None
    name = values[0]
    if isinstance(name, Name) and name.id.endswith("Attribute") and name.id != "Attribute":
        name = Name(name.line, name.end, name.id.removesuffix("Attribute"))
    return made(place, name, values[1]) if len(values) > 1 and isinstance(values[1], list) else name


def attribute_argument(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """`x`, `K = y`, `k: y`."""
    if len(values) == 2 and kinds[0] in {"identifier", "name_equals", "name_colon"} and isinstance(values[0], Name):
        return Keyword(*place, values[0].id, values[1])
    return values[-1] if values else None


def attributes(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """The attributes between one pair of brackets."""
    return flat(values)


def _parts(kinds: list[str], values: list[Any]) -> tuple[dict[str, Any], tuple[Expression, ...], set[str]]:
    """(values by kind, attributes, modifiers) of a declaration."""
    decorators = tuple(flat([value for kind, value in zip(kinds, values, strict=True) if kind == "attribute_list"]))
    words = {word for value in values if isinstance(value, Words) for word in value}
    return dict(zip(kinds, values, strict=True)), decorators, words


def _name(kinds: list[str], values: list[Any]) -> str:
    """The last identifier before parameters and bodies: types stand before it."""
    found = [value.id for kind, value in zip(kinds, values, strict=True) if kind == "identifier" and isinstance(value, Name)]
    return found[-1] if found else ""


def parameter(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Parameter:
    """`[A] T a = 1`; of a lambda the type may be missing."""
    decorators = tuple(flat([value for kind, value in zip(kinds, values, strict=True) if kind == "attribute_list"]))
    rest = [
        (kind, v) for kind, v in zip(kinds, values, strict=True) if kind not in {"attribute_list", "modifier", "parameter_modifier"} and v is not None
    ]
    if not rest:
        return Parameter(*place, "")
    if len(rest) == 1:
        return Parameter(*place, dotted(rest[0][1]), None, None, decorators)
    default = rest[2][1] if len(rest) > 2 else None
    return Parameter(*place, dotted(rest[1][1]), default, rest[0][1], decorators)


def implicit(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Parameter:
    """`x` of `x => y`."""
    return Parameter(*place, node.text())


def parameters(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Parameter]:
    """The parameters of a function; `params T[] rest` stands there without a node of its own."""
    found = [value for value in values if isinstance(value, Parameter)]
    rest = [(kind, value) for kind, value in zip(kinds, values, strict=True) if not isinstance(value, Parameter) and value is not None]
    if len(rest) >= 2 and isinstance(rest[-1][1], Name):
        found.append(Parameter(*place, rest[-1][1].id, None, rest[-2][1]))
    return found


def _body(kinds: list[str], values: list[Any]) -> tuple[Statement, ...]:
    found = dict(zip(kinds, values, strict=True))
    if "block" in found:
        return tuple(block_of(found["block"]))
    given = found.get("arrow_expression_clause")
    return (Return(given.line, given.end, given),) if given is not None and hasattr(given, "line") else ()


def method(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """A method, a constructor, an operator; a constructor's `: base(x)` is its first call."""
    found, decorators, words = _parts(kinds, values)
    stop = next((at for at, kind in enumerate(kinds) if kind == "parameter_list"), len(kinds))
    before = [(kind, value) for kind, value in zip(kinds[:stop], values[:stop], strict=True) if kind not in {"attribute_list", "modifier"}]
    name = before[-1][1].id if before and isinstance(before[-1][1], Name) else ""
    returns = before[0][1] if len(before) > 1 else None
    hidden = () if words & _OPEN or "interface" in words else (Name(*place, HIDDEN),)
    static = (Name(*place, "static"),) if "static" in words else ()
    body = (*flat([found.get("constructor_initializer")]), *_body(kinds, values))
    return Function(*place, name, tuple(found.get("parameter_list") or ()), (*decorators, *hidden, *static), body, returns, "async" in words)


def constructor(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """A constructor is called `constructor`, as in other languages."""
    made_ = method(node, place, kinds, values)
    return Function(*place, "constructor", made_.parameters, made_.decorators, made_.body)


def initializer(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Evaluate:
    """`: base(x)` and `: this(x)` of a constructor."""
    return Evaluate(*place, made(place, Name(*place, "base"), values[0] if values and isinstance(values[0], list) else []))


def local(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """A function inside of another."""
    made_ = method(node, place, kinds, values)
    return Function(*place, made_.name, made_.parameters, (), made_.body, made_.returns, made_.is_async)


def function(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """A lambda or an anonymous method; an expression is its Return."""
    found, decorators, words = _parts(kinds, values)
    single = found.get("implicit_parameter")
    given = (single,) if isinstance(single, Parameter) else tuple(found.get("parameter_list") or ())
    last = values[-1] if values else None
    if kinds and kinds[-1] == "block":
        body = tuple(block_of(last))
    else:
        body = (Return(last.line, last.end, last),) if hasattr(last, "line") and not isinstance(last, Parameter) else ()  # type: ignore[union-attr]
    return Function(*place, "", given, decorators, body, None, "async" in words)


def field(_node: Any, _place: Place, kinds: list[str], values: list[Any]) -> list[Any]:
    """Fields: their attributes stand before them as statements."""
    _, decorators, _ = _parts(kinds, values)
    declared = [value for kind, value in zip(kinds, values, strict=True) if kind == "variable_declaration"]
    return [*(Evaluate(d.line, d.end, d) for d in decorators), *flat(declared)]


def property_(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Any]:
    """A property is a field; what its accessors do are functions of its name."""
    found, decorators, _ = _parts(kinds, values)
    position = max((at for at, kind in enumerate(kinds) if kind == "identifier" and at < _end(kinds)), default=-1)
    if position < 0:
        return []
    name = values[position]
    before = [v for kind, v in zip(kinds[:position], values[:position], strict=True) if kind not in {"attribute_list", "modifier"}]
    after = [v for kind, v in zip(kinds[position + 1 :], values[position + 1 :], strict=True) if kind != "accessor_list" and hasattr(v, "line")]
    accessors = [Function(a.line, a.end, name.id, a.parameters, (Name(*place, HIDDEN),), a.body) for a in found.get("accessor_list") or [] if a.body]
    fields = [*(Evaluate(d.line, d.end, d) for d in decorators)]
    return [*fields, Assign(*place, (name,), after[0] if after else None, "=", before[0] if before else None), *accessors]


def _end(kinds: list[str]) -> int:
    return next((at for at, kind in enumerate(kinds) if kind in {"accessor_list", "arrow_expression_clause"}), len(kinds))


def accessors(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Function]:
    """`{ get {...} set {...} }`."""
    return [value for value in values if isinstance(value, Function)]


def accessor(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """One accessor."""
    return Function(*place, "", (), (), _body(kinds, values))


def class_(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Class:
    """A class, struct, record or interface; what its name is followed by in parentheses is a constructor, of a record also its fields."""
    found, decorators, words = _parts(kinds, values)
    kind = node.kind().removesuffix("_declaration")
    primary = found.get("parameter_list") or []
    members = list(statements(found.get("declaration_list") or []))
    if primary:
        fields = [Assign(p.line, p.end, (Name(p.line, p.end, p.name),), None, "=", p.annotation) for p in primary]
        members = [*(fields if kind.startswith("record") else []), Function(*place, "constructor", tuple(primary)), *members]
    marks = {word for word in ("abstract", "static", "partial") if word in words} | ({kind} if kind != "class" else set())
    keywords = tuple(Keyword(*place, mark, Literal(*place, value=True)) for mark in sorted(marks))
    return Class(*place, _first_name(kinds, values), tuple(found.get("base_list") or ()), keywords, decorators, tuple(members))


def _first_name(kinds: list[str], values: list[Any]) -> str:
    return next((value.id for kind, value in zip(kinds, values, strict=True) if kind == "identifier" and isinstance(value, Name)), "")


def bases(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Any]:
    """The bases of a type; `: Base(x)` is a Call."""
    found: list[Any] = []
    for kind, value in zip(kinds, values, strict=True):
        if kind == "argument_list" and found:
            found[-1] = made(place, found[-1], value)
        elif value is not None:
            found.extend(flat([value]))
    return found


def enumeration(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Assign:
    """`enum E {A = 1}`: an object under that name."""
    members = dict(zip(kinds, values, strict=True)).get("enum_member_declaration_list") or []
    return Assign(*place, (Name(*place, _first_name(kinds, values)),), Mapping(*place, tuple(members)))


def enumeration_body(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """The members of an enumeration."""
    pairs = [value for value in values if isinstance(value, list) and value]
    return [
        (Literal(*place, part[0].id), part[1] if len(part) > 1 else Literal(*place, at)) for at, part in enumerate(pairs) if isinstance(part[0], Name)
    ]


def enumeration_member(_node: Any, _place: Place, kinds: list[str], values: list[Any]) -> list[Any]:
    """`A = 1`."""
    return flat([value for kind, value in zip(kinds, values, strict=True) if kind != "attribute_list"])


def using(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Import | None:
    """`using A.B;` is everything of it, `using X = A.B;` a name."""
    del node
    names = [value for kind, value in zip(kinds, values, strict=True) if kind in _NAMED or kind == "name_equals"]
    if not names:
        return None
    path = dotted(names[-1])
    if len(names) > 1:
        module, _, last = path.rpartition(".")
        return Import(*place, module or path, last if module else "", dotted(names[0]))
    return Import(*place, path, "*", "")


def namespace(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """A namespace: what it declares."""
    return [part for value in values for part in (value if isinstance(value, list) else (value,)) if isinstance(part, STATEMENTS)]


def called(value: object) -> str:
    """The name of an attribute."""
    return dotted(value.callee if isinstance(value, Call) else value).rpartition(".")[2]
