"""Functions, types, implementations, modules and imports of Rust."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.rust.attributes import attribute
from threat_modeling.codebase.rust.expressions import bound
from threat_modeling.codebase.syntax import (
    Assign,
    Call,
    Class,
    Evaluate,
    Export,
    Expression,
    Function,
    Import,
    Keyword,
    Literal,
    Mapping,
    Name,
    Parameter,
    Sequence,
    Statement,
    dotted,
)
from threat_modeling.codebase.tree import block_of, flat, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.tree import Place

MAX_NESTED: Final = 12
_USE: Final = re.compile(r"^(?:pub(?:\([^)]*\))?\s+)?use\s+(.*?);?\s*$", re.DOTALL)
_CFG_TEST: Final = re.compile(r"#\[\s*(?:cfg\s*\(\s*(?:all\s*\(\s*)?test\b|test\b|\w+::test\b)")


class Said(list[Any]):
    """An attribute before what it belongs to; a list with the text alone where that is for tests."""

    tests = False


def attribute_item(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Said:
    """`#[...]`."""
    text = node.text()
    found = attribute(text, place)
    said = Said([found] if found is not None else [])
    said.tests = _CFG_TEST.match(text) is not None
    return said


def items(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """Items in order, each with the attributes before it; what is compiled for tests alone is left out."""
    found: list[Any] = []
    pending: list[Any] = []
    tests = False
    for value in values:
        if isinstance(value, Said):
            pending += value
            tests = tests or value.tests
            continue
        if value is None:
            continue
        if not tests:
            found += _decorated(value, tuple(pending))
        pending, tests = [], False
    return list(statements(found))


def _decorated(value: Any, decorators: tuple[Expression, ...]) -> list[Any]:
    """What a function or a type is with its attributes; those of a field stand before it as statements."""
    if not decorators:
        return [value]
    if isinstance(value, Function):
        return [Function(value.line, value.end, value.name, value.parameters, decorators, value.body, value.returns, value.is_async)]
    if isinstance(value, Class):
        return [Class(value.line, value.end, value.name, value.bases, value.keywords, decorators, value.body)]
    if isinstance(value, Assign):
        return [*(Evaluate(decorator.line, decorator.end, decorator) for decorator in decorators), value]
    return [value]


def function(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """A function; what its body ends with is what it returns."""
    found = dict(zip(kinds, values, strict=True))
    stop = next((at for at, kind in enumerate(kinds) if kind == "parameters"), len(kinds))
    name = next((value.id for kind, value in zip(kinds[:stop], values[:stop], strict=True) if kind == "identifier" and isinstance(value, Name)), "")
    after = [(kind, value) for kind, value in zip(kinds[stop + 1 :], values[stop + 1 :], strict=True) if kind not in {"block", "where_clause"}]
    body = tuple(block_of(found["block"])) if "block" in found else ()
    modifiers = node.text()[:80].partition("fn ")[0]
    return Function(*place, name, tuple(found.get("parameters") or ()), (), body, after[0][1] if after else None, "async" in modifiers)


def parameters(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Parameter]:
    """The parameters of a function."""
    return [value for value in values if isinstance(value, Parameter)]


def parameter(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Parameter:
    """`mut a: T`, `Path(id): Path<u64>`."""
    found = [v for k, v in zip(kinds, values, strict=True) if k not in {"mutable_specifier", "attribute_item"} and v is not None]
    if not found:
        return Parameter(*place, "")
    made = bound(found[0])
    return Parameter(*place, made.name, None, found[-1] if len(found) > 1 else None, (), made.binds)


def itself(_node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Parameter:
    """`&mut self`."""
    return Parameter(*place, "self")


def struct(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Class:
    """A struct with its fields."""
    body: list[Any] = next((value for kind, value in zip(kinds, values, strict=True) if kind == "field_declaration_list"), [])
    del node
    return Class(*place, _name(kinds, values), (), (), (), tuple(statements(body)))


def _name(kinds: list[str], values: list[Any]) -> str:
    return next((v.id for k, v in zip(kinds, values, strict=True) if k in {"type_identifier", "identifier"} and isinstance(v, Name)), "")


def field(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Assign | None:
    """`pub a: T`."""
    found = [v for k, v in zip(kinds, values, strict=True) if k != "visibility_modifier" and v is not None]
    return Assign(*place, (found[0],), None, "=", found[-1]) if len(found) > 1 else None


def enumeration(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Assign:
    """`enum E { A, B }`: an object under that name."""
    variants: list[Any] = next((value for kind, value in zip(kinds, values, strict=True) if kind == "enum_variant_list"), [])
    names = [value for value in flat(variants) if isinstance(value, Name)]
    return Assign(*place, (Name(*place, _name(kinds, values)),), Mapping(*place, tuple((Literal(n.line, n.end, n.id), n) for n in names)))


def variant(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """One variant: its name."""
    return next((value for value in values if isinstance(value, Name)), None)


def implementation(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Class:
    """`impl T for S {...}`: a part of the class S, with T as its base."""
    heads = [v for k, v in zip(kinds, values, strict=True) if k not in {"declaration_list", "type_parameters", "where_clause"} and v is not None]
    body: list[Any] = next((value for kind, value in zip(kinds, values, strict=True) if kind == "declaration_list"), [])
    name = dotted(heads[-1]).rpartition(".")[2].removesuffix("[]") if heads else ""
    marks = (Keyword(*place, "partial", Literal(*place, value=True)),)
    return Class(*place, name, tuple(heads[:1]) if len(heads) > 1 else (), marks, (), tuple(statements(body)))


def trait(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Class:
    """A trait: a class with the keyword `interface`."""
    body: list[Any] = next((value for kind, value in zip(kinds, values, strict=True) if kind == "declaration_list"), [])
    return Class(*place, _name(kinds, values), (), (Keyword(*place, "interface", Literal(*place, value=True)),), (), tuple(statements(body)))


def module(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """`mod a;` names a file, `mod a {...}` is a class with the keyword `module`."""
    name = _name(kinds, values)
    if "declaration_list" not in kinds:
        return Import(*place, f"self::{name}", "", name)
    body: list[Any] = next((value for kind, value in zip(kinds, values, strict=True) if kind == "declaration_list"), [])
    return Class(*place, name, (), (Keyword(*place, "module", Literal(*place, value=True)),), (), tuple(statements(body)))


def use(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> list[Any]:
    """`use a::{b, c as d, e::*};`: an Import a name; of a public one also an Export."""
    text = node.text()
    found = _USE.match(text)
    imports = [Import(*place, *parts) for parts in _used(re.sub(r"\s+", " ", found[1]), "", 0)] if found else []
    public = text.startswith("pub")
    return [part for imp in imports for part in ((imp, Export(*place, imp.alias, imp)) if public and imp.alias else (imp,))]


def _used(text: str, prefix: str, depth: int) -> Iterator[tuple[str, str, str]]:
    """(module, name, alias) of each name in one part of a `use`."""
    text = text.strip()
    head, brace, rest = text.partition("{")
    if brace and depth < MAX_NESTED:
        inner = rest.rpartition("}")[0]
        for part in _parts(inner):
            yield from _used(part, f"{prefix}{head.strip()}", depth + 1)
        return
    path, _, alias = text.partition(" as ")
    full = f"{prefix}{path}".replace(" ", "").removeprefix("::")
    owner, _, name = full.rpartition("::")
    if name == "*":
        yield owner, "*", ""
    elif name == "self":
        yield owner.rpartition("::")[0] or owner, owner.rpartition("::")[2] if "::" in owner else "", alias.strip() or owner.rpartition("::")[2]
    elif name:
        yield (owner, name, alias.strip() or name) if owner else (name, "", alias.strip() or name)


def _parts(text: str) -> Iterator[str]:
    depth = start = 0
    for at, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if sign == "," and not depth:
            yield text[start:at]
            start = at + 1
    if text[start:].strip():
        yield text[start:]


def several(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """Types behind `impl` and `dyn`: the first."""
    found = flat(values)
    return found[0] if found else Sequence(*place, ())


def is_call_of(decorator: Expression, name: str) -> bool:
    """Whether an attribute has this name, as its last part."""
    return dotted(decorator.callee if isinstance(decorator, Call) else decorator).rpartition(".")[2] == name
