"""What Java and Kotlin say that other languages leave open: declared types, collections by position and key, methods of texts.

A value is known by the type that it was declared with, so that rules can tell a request from anything else that has the method.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from threat_modeling.codebase.syntax import Attribute, Call, Literal, Name, Subscript, dotted
from threat_modeling.codebase.taint.folding import fold_method
from threat_modeling.codebase.taint.values import NOTHING, UNKNOWN, Value, merge_taints, tainted

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Expression, Module
    from threat_modeling.codebase.taint.calls import Calls
    from threat_modeling.codebase.taint.site import Site

LANGUAGES: Final = frozenset({"java", "kotlin"})
NUMBERS: Final = frozenset(
    {
        *("int", "long", "short", "byte", "double", "float", "boolean", "Integer", "Long", "Short", "Byte", "Double", "Float", "Boolean", "UUID"),
        *("Int", "BigInteger", "BigDecimal", "LocalDate", "LocalDateTime", "Instant", "Date", "Pageable"),
    }
)
"""Types of values that hold no text of an attacker's making."""
_PLAIN: Final = frozenset({"", "var", "val", "Object", "String", "CharSequence", "char", "Character", "Any", "T", "void"})
"""Types whose name says less than how a value was made."""
_LIBRARY: Final = ("java.", "javax.", "jakarta.", "kotlin.")
_MAPS: Final = ("HashMap", "LinkedHashMap", "TreeMap", "Hashtable", "ConcurrentHashMap", "Properties")
_LISTS: Final = ("ArrayList", "LinkedList", "Vector")
_RESOURCES: Final = frozenset({"getResourceAsStream", "getResource"})
_LISTED: Final = frozenset(
    {"List.of", "Set.of", "Arrays.asList", "listOf", "setOf", "java.util.List.of", "java.util.Set.of", "java.util.Arrays.asList"}
)
_STORING: Final = frozenset({"put", "putAll", "putIfAbsent", "setProperty", "compute", "computeIfAbsent", "merge", "load"})
_MAX_ELEMENTS: Final = 100


def type_name(module: Module, annotation: Expression | None) -> str:
    """The dotted name of a declared type, its imports resolved, its arguments left out."""
    while isinstance(annotation, Subscript):
        annotation = annotation.object
    written = dotted(annotation)
    head, _, rest = written.partition(".")
    if head not in module.imports:
        return written
    source, name = module.imports[head]
    return f"{source}.{name}" + (f".{rest}" if rest else "")


def declared(module: Module, annotation: Expression | None, value: Value) -> Value:
    """A value with the name of the type that it is declared as; one of a number's type carries no text."""
    name = type_name(module, annotation)
    last = name.rpartition(".")[2]
    if last in NUMBERS and value.taints:
        value = replace(value, taints=tuple(replace(taint, clean=taint.clean | {"number"}) for taint in value.taints))
    if last in _PLAIN or last in NUMBERS or value.name.startswith(_LIBRARY) or value.klass is not None or value.function is not None:
        return value
    return replace(value, name=name)


def made(node: Call, name: str) -> Value | None:
    """A new collection, empty or a copy of another one; None for any other call."""
    last = name.rpartition(".")[2]
    if not (node.new or last in {"mutableMapOf", "mutableListOf", "arrayListOf", "hashMapOf"}) or node.arguments:
        return None
    if last.endswith(_MAPS) or last in {"mutableMapOf", "hashMapOf"}:
        return Value(name=name, fields={}, node=node)
    return Value(name=name, elements=(), node=node) if last.endswith(_LISTS) or last in {"mutableListOf", "arrayListOf"} else None


def called(frame: Calls, node: Call, site: Site, owner: Value | None) -> Value | None:
    """What a method of a collection or a constant text gives back, the collection changed; None where it is any other."""
    if owner is None or not isinstance(node.callee, Attribute):
        return None
    method = node.callee.name
    given = [value for _, value in site.arguments]
    if method in _RESOURCES and given and isinstance(given[-1].constant, str):
        return Value(name=site.name, text=given[-1].constant, node=node)
    if isinstance(owner.constant, str):
        folded = fold_method(method, owner.constant, [value.constant for value in given])
        return None if folded is UNKNOWN else Value(constant=folded, text=folded if isinstance(folded, str) else None, node=node)
    holder = node.callee.object.id if isinstance(node.callee.object, Name) else ""
    if owner.fields is not None:
        return _of_map(frame, holder, method, owner, given)
    if owner.elements is not None and (owner.name or owner.elements == ()):
        return _of_list(frame, holder, method, owner, given)
    return None


def _of_map(frame: Calls, holder: str, method: str, owner: Value, given: list[Value]) -> Value | None:
    fields = dict(owner.fields or {})
    key = given[0].constant if given else UNKNOWN
    if method in {"get", "getProperty", "getOrDefault", "remove"} and isinstance(key, str):
        return fields.get(key, given[1] if len(given) > 1 else Value(taints=owner.taints if owner.constant is not UNKNOWN else ()))
    if method == "load" and given and given[0].text:
        fields.update({name: Value(constant=value, text=value) for name, value in frame.engine.settings(given[0].text).items()})
    elif method in {"put", "setProperty", "putIfAbsent"} and len(given) > 1 and isinstance(key, str) and len(fields) < _MAX_ELEMENTS:
        fields[key] = given[1]
    elif method in _STORING:
        added = tainted(given)
        _keep(frame, holder, replace(owner, fields=None, taints=merge_taints([owner.taints, added]), constant=UNKNOWN))
        return NOTHING
    else:
        return None
    _keep(frame, holder, replace(owner, fields=fields, taints=tainted(list(fields.values()))))
    return NOTHING


def _of_list(frame: Calls, holder: str, method: str, owner: Value, given: list[Value]) -> Value | None:
    elements = list(owner.elements or ())
    index = given[0].constant if given else UNKNOWN
    inside = isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(elements)
    if method == "get" and inside and isinstance(index, int):
        return elements[index]
    if frame.loop or len(elements) >= _MAX_ELEMENTS:
        return None
    if method == "add" and len(given) == 1:
        elements.append(given[0])
    elif method == "remove" and inside and isinstance(index, int):
        del elements[index]
    else:
        return None
    _keep(frame, holder, replace(owner, elements=tuple(elements), taints=tainted(elements)))
    return NOTHING


def _keep(frame: Calls, holder: str, value: Value) -> None:
    if holder:
        frame.scope.names[holder] = value


def compared(node: Call) -> Expression | None:
    """What `a.equals("constant")` or `"constant".equals(a)` compares with the constant; None for any other call."""
    if not isinstance(node.callee, Attribute) or node.callee.name not in {"equals", "equalsIgnoreCase", "contentEquals"} or len(node.arguments) != 1:
        return None
    sides = (node.callee.object, node.arguments[0])
    constants = [isinstance(side, Literal) and isinstance(side.value, str) and bool(side.value) for side in sides]
    return sides[constants.index(False)] if any(constants) and not all(constants) else None


def is_list(node: object) -> bool:
    """Tell a list of constants: `List.of("a", "b")`, `listOf("a")`."""
    made = dotted(node.callee) if isinstance(node, Call) else ""
    return isinstance(node, Call) and made in _LISTED and bool(node.arguments) and all(isinstance(a, Literal) for a in node.arguments)


def appended(frame: Calls, node: Call, site: Site) -> None:
    """Keep in a builder what a chain of `append`s on it is given: `b.append(x).append(y)`."""
    start: object = node.callee.object if isinstance(node.callee, Attribute) else None
    while isinstance(start, Call) and isinstance(start.callee, Attribute):
        start = start.callee.object
    added = tainted([value for _, value in site.arguments], joined=True)
    known = frame.scope.get(start.id) if isinstance(start, Name) and added else None
    if known is not None and isinstance(start, Name):
        frame.scope.names[start.id] = replace(known, taints=merge_taints([known.taints, added]), constant=UNKNOWN, elements=None)
