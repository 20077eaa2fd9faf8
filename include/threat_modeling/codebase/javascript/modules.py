"""Imports and exports of JavaScript: ECMAScript modules, CommonJS, dynamic imports, TypeScript's own forms.

A name that is exported from elsewhere is imported first: `export {a as b} from "./k"` -> Import("./k", "a", "b"), Export("b", Name b).
`export * from "./k"` is Import("./k", "*", "*"), which nothing else in the language makes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.codebase.javascript.expressions import named
from threat_modeling.codebase.javascript.patterns import bound_names
from threat_modeling.codebase.javascript.tree import IMPORT_TEXT
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Evaluate,
    Export,
    Expression,
    Function,
    Import,
    Literal,
    Mapping,
    Name,
    Operation,
    Other,
    dotted,
)
from threat_modeling.codebase.tree import flat

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_EXPORTS = {"module.exports", "exports"}


def loaded(value: object) -> str | None:
    """The module that `require("m")`, `import("m")` or `await import("m")` loads, or None."""
    while isinstance(value, Operation) and value.operator == "await" and value.operands:
        value = value.operands[0]
    if not isinstance(value, Call) or value.new or len(value.arguments) < 1:
        return None
    path = value.arguments[0]
    if dotted(value.callee) not in {"require", "import"} or not isinstance(path, Literal):
        return None
    return path.value if isinstance(path.value, str) else None


def _entries(place: Place, module: str, pattern: Mapping) -> list[Import] | None:
    found = []
    for key, value in pattern.entries:
        target = value.operands[0] if isinstance(value, Operation) and value.operator == "=" else value
        if not isinstance(target, Name) or (key is not None and not isinstance(key, Literal)):
            return None
        found.append(Import(*place, module, str(key.value) if isinstance(key, Literal) else "", target.id))
    return found


def imported(place: Place, target: object, value: object) -> list[Import] | None:
    """The imports that a declaration makes, or None where it is no import.

    A default in the pattern is lost: what the module exports nearly always wins over it.
    """
    name = ""
    module = loaded(value)
    if module is None and isinstance(value, Attribute):
        module, name = loaded(value.object), value.name
    if module is None:
        return None
    if isinstance(target, Name):
        return [Import(*place, module, name, target.id)]
    return _entries(place, module, target) if isinstance(target, Mapping) and not name else None


def exported(place: Place, targets: list[Expression], value: Expression) -> list[Any] | None:
    """`module.exports = x`, `exports.a = x` and chains of them, or None where no target is an export."""
    names = [_export_name(target) for target in targets]
    if not any(names):
        return None
    found: list[Any] = [Export(*place, name, named(value, Name(*place, name)) if name != "default" else value) for name in names if name]
    others = tuple(target for target, name in zip(targets, names, strict=True) if not name)
    return [Assign(*place, others, value), *found] if others else found


def _export_name(target: Expression) -> str:
    if dotted(target) in _EXPORTS:
        return "default"
    if isinstance(target, Attribute) and dotted(target.object) in _EXPORTS:
        return target.name
    return ""


def specifier(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[str, str]:
    """`a as b` -> ("a", "b"); `a` -> ("a", "a")."""
    names = [str(getattr(value, "id", None) or getattr(value, "value", "")) for value in values if value is not None]
    return (names[0], names[-1]) if names else ("", "")


def namespace(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[str, str]:
    """`* as ns`."""
    return "", str(getattr(values[-1], "id", "")) if values else ""


def clause(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[tuple[str, str]]:
    """What an import or export names, as (name there, name here)."""
    found: list[tuple[str, str]] = []
    for value in values:
        if isinstance(value, Name):
            found.append(("default", value.id))
        elif isinstance(value, tuple):
            found.append((value[0], value[1]))
        elif isinstance(value, list):
            found.extend(value)
    return found


def import_statement(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Import]:
    """`import ... from "m"`, `import "m"`, `import x = require("m")`."""
    required = next((value for value in values if isinstance(value, Import)), None)
    if required is not None:
        return [required]
    module = next((str(v.value) for kind, v in zip(kinds, values, strict=True) if kind == "string" and isinstance(v, Literal)), "")
    names = next((value for value in values if isinstance(value, list)), [])
    return [Import(*place, module, name, alias) for name, alias in names] or [Import(*place, module, "", "")]


def plain_import(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> list[Import]:
    """An import statement from its text."""
    match = IMPORT_TEXT.match(node.text())
    if match is None:
        return []
    module = match["module"]
    found = [Import(*place, module, "default", match["default"])] if match["default"] else []
    if match["all"]:
        found.append(Import(*place, module, "", match["all"]))
    for name in filter(None, map(str.split, (match["names"] or "").split(","))):
        words = name[1:] if name[0] == "type" and len(name) in {2, 4} else name
        found.append(Import(*place, module, words[0], words[-1]))
    return found or [Import(*place, module, "", "")]


def import_require(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Import | None:
    """`x = require("m")` of an import statement."""
    if len(values) < 2 or not isinstance(values[-1], Literal):
        return None
    return Import(*place, str(values[-1].value), "", str(getattr(values[0], "id", "")))


def export_statement(node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Any]:
    """Every form of `export`, one Export a name."""
    tokens = {child.kind() for child in node.children()}
    decorators = tuple(value for kind, value in zip(kinds, values, strict=True) if kind == "decorator")
    source = node.field("source")
    if source is not None:
        return _from_elsewhere(place, kinds, values, tokens)
    if "export_clause" in kinds:
        pairs = values[kinds.index("export_clause")]
        return [Export(*place, alias, Name(*place, name)) for name, alias in pairs]
    rest = [value for kind, value in zip(kinds, values, strict=True) if kind != "decorator" and value is not None]
    if not rest:
        return []
    if decorators and isinstance(rest[0], Class):
        rest[0] = _with_decorators(rest[0], decorators)
    if tokens & {"default", "="}:
        return [Export(*place, "default", flat([rest[0]])[0])]
    return [found for value in flat([rest[0]]) for found in _declared(value)]


def _with_decorators(value: Class, decorators: tuple[Expression, ...]) -> Class:
    return Class(value.line, value.end, value.name, value.bases, value.keywords, (*decorators, *value.decorators), value.body)


def _declared(value: Any) -> list[Any]:
    if isinstance(value, Function | Class):
        return [Export(value.line, value.end, value.name, value)]
    if isinstance(value, Import):
        return [value, Export(value.line, value.end, value.alias, Name(value.line, value.end, value.alias))]
    if isinstance(value, Assign):
        names = [name for target in value.targets for name in bound_names(target)]
        if len(names) == 1:
            return [Export(value.line, value.end, names[0], value)]
        return [value, *(Export(value.line, value.end, name, Name(value.line, value.end, name)) for name in names)]
    return [value if isinstance(value, Evaluate | Other) else Other(value.line, value.end, "export", (value,))]


def _from_elsewhere(place: Place, kinds: list[str], values: list[Any], tokens: set[str]) -> list[Any]:
    module = next((str(v.value) for kind, v in zip(kinds, values, strict=True) if kind == "string" and isinstance(v, Literal)), "")
    pairs: list[tuple[str, str]] = []
    if "namespace_export" in kinds:
        pairs = [values[kinds.index("namespace_export")]]
    elif "export_clause" in kinds:
        pairs = values[kinds.index("export_clause")]
    elif "*" in tokens:
        return [Import(*place, module, "*", "*")]
    return [node for name, alias in pairs for node in (Import(*place, module, name, alias), Export(*place, alias, Name(*place, alias)))]
