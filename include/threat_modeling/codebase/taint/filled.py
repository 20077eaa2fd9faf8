"""What Go, C# and Rust say by types and by what a call fills: parameters known by their types, `Decode(&body)` and the like.

Go hands over what it reads in an argument: after `json.Unmarshal(data, &body)` the body holds what the data held. A struct takes
texts and numbers only; a map takes whatever is sent, operators of a query too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from threat_modeling.codebase.syntax import Attribute, Call, Name, Subscript, dotted
from threat_modeling.codebase.taint.values import UNKNOWN, Value, merge_taints, tainted

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Expression, Module
    from threat_modeling.codebase.taint.calls import Calls
    from threat_modeling.codebase.taint.site import Site

LANGUAGES: Final = frozenset({"go", "csharp", "rust"})
FILLING: Final = frozenset(
    {
        *("Unmarshal", "Decode", "Bind", "BindJSON", "BindBody", "BindQuery", "BindUri", "BindHeader", "BindXML", "MustBindWith", "BindAndValidate"),
        *("ShouldBind", "ShouldBindJSON", "ShouldBindQuery", "ShouldBindUri", "ShouldBindWith", "ShouldBindBodyWith", "ShouldBindHeader"),
        *("BodyParser", "QueryParser", "ParamsParser", "ReadJSON", "ReadForm", "ReadQuery", "ReadBody", "ReadEntity", "Parse", "ParseJsonBody"),
        *("Sscanf", "Sscan", "ReadFull", "Read", "DecodeJSON"),
    }
)
"""Functions that put what they read into an argument."""
_ERROR: Final = re.compile(r"(?:\w*[eE]rr(?:or)?|er|ok)\d*\Z")
_NUMBERS: Final = frozenset(
    {"int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "bool"}
    | {"i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize", "f32", "f64", "Uuid"}
    | {"long", "short", "byte", "decimal", "double", "float", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeSpan", "CancellationToken"}
)
_WRAPPERS: Final = frozenset({"State", "Data", "Extension", "Arc", "Rc", "Box", "Option", "Result", "Mutex", "RwLock"})
_SAME: Final = frozenset({"as_bytes", "as_str", "as_ref", "to_string", "to_owned", "into_bytes", "into"})


def converted(node: Call, owner: Value | None) -> Value | None:
    """What a method that changes the type of a constant text alone gives back (Rust); None for any other call."""
    same = owner is not None and isinstance(owner.constant, str) and isinstance(node.callee, Attribute) and node.callee.name in _SAME
    return owner if same else None


def is_error(frame: Calls, target: object) -> bool:
    """Tell the error that a call of Go gives back beside its result: it says what went wrong, not what was sent."""
    return frame.module.language == "go" and isinstance(target, Name) and _ERROR.match(target.id) is not None


def type_name(module: Module, annotation: Expression | None) -> str:
    """The dotted name of a declared type, its imports resolved; what Rust wraps around a type is left out."""
    while isinstance(annotation, Subscript):
        wraps = module.language == "rust" and dotted(annotation.object).rpartition(".")[2] in _WRAPPERS
        annotation = annotation.index if wraps else annotation.object
    written = dotted(annotation)
    head, _, rest = written.partition(".")
    if head not in module.imports:
        return written
    source, name = module.imports[head]
    return ".".join(part for part in (source.strip("./").replace("::", ".").replace("/", "."), name, rest) if part)


def declared(module: Module, annotation: Expression | None, value: Value) -> Value:
    """A value with the name of the type that it is declared as; one of a number's type carries no text."""
    name = type_name(module, annotation)
    held = dotted(annotation.index) if isinstance(annotation, Subscript) and module.language == "rust" else name
    if held in _NUMBERS and value.taints:
        return replace(value, taints=tuple(replace(taint, clean=taint.clean | {"number"}) for taint in value.taints))
    return replace(value, name=name) if "." in name or name[:1].isupper() else value


def fill(frame: Calls, node: Call, site: Site, callee: Value, owner: Value | None) -> None:
    """Keep in the variables that a call fills what it reads."""
    if not isinstance(node.callee, Attribute) or node.callee.name not in FILLING:
        return
    taints = merge_taints([callee.taints, owner.taints if owner is not None else (), tainted([value for _, value in site.arguments])])
    for argument, value in site.arguments:
        if taints and isinstance(argument, Name):
            clean = frozenset({"nosql-injection"}) if value.instance is not None else frozenset()
            given = tuple(replace(taint, clean=taint.clean | clean) for taint in taints)
            frame.scope.names[argument.id] = replace(value, taints=merge_taints([value.taints, given]), constant=UNKNOWN, elements=None, fields=None)
