"""The few functions of the language and of Node.js that routes are put together with: arrays, `Object.values`, `path.join`."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from threat_modeling.codebase.javascript.values import Closure, Constant, Foreign, Frame, Listed, Record, Value

if TYPE_CHECKING:
    from threat_modeling.codebase.javascript.calling import Calling
    from threat_modeling.codebase.syntax import Call

_EACH = {"forEach", "map", "flatMap", "filter"}
_JOINS = {"path.join", "path.posix.join", "node:path.join", "node:path.posix.join", "path.resolve", "node:path.resolve", "url-join", "urljoin"}
_MAX_EACH = 200


def call_method(calling: Calling, receiver: Value, method: str, call: Call, frame: Frame) -> tuple[bool, Value]:
    """Whether a method of an array or a text was called, and its value."""
    if isinstance(receiver, Listed):
        return _on_list(calling, receiver, method, call, frame)
    if isinstance(receiver, Constant) and isinstance(receiver.value, str):
        return _on_text(calling, receiver.value, method, call, frame)
    return False, None


def _on_list(calling: Calling, receiver: Listed, method: str, call: Call, frame: Frame) -> tuple[bool, Value]:
    values = list(calling.spread(call.arguments, frame))
    if method in _EACH and values and isinstance(values[0], Closure):
        calling.cut_short = calling.cut_short or len(receiver.items) > _MAX_EACH
        results = [calling.invoke(values[0], (item, Constant(position))) for position, item in enumerate(receiver.items[:_MAX_EACH])]
        return True, Listed(results) if method == "map" else receiver
    if method == "push":
        receiver.items += values
        return True, Constant(len(receiver.items))
    if method == "concat":
        more = [item for value in values for item in (value.items if isinstance(value, Listed) else [value])]
        return True, Listed([*receiver.items, *more])
    if method == "join":
        separator = values[0].value if values and isinstance(values[0], Constant) else ","
        return True, Constant(str(separator).join(str(item.value) if isinstance(item, Constant) else "{value}" for item in receiver.items))
    return method in {"flat", "reverse", "sort", "slice"}, receiver


def _on_text(calling: Calling, text: str, method: str, call: Call, frame: Frame) -> tuple[bool, Value]:
    if method == "concat":
        values = calling.spread(call.arguments, frame)
        return True, Constant(text + "".join(str(value.value) if isinstance(value, Constant) else "{value}" for value in values))
    if method in {"split", "replace"}:
        given = [str(value.value) for value in calling.spread(call.arguments, frame) if isinstance(value, Constant)]
        if not given or not given[0]:
            return True, Constant(text) if method == "replace" else None
        if method == "split":
            return True, Listed([Constant(part) for part in text.split(given[0])])
        return True, Constant(text.replace(given[0], "".join(given[1:]), 1))
    changed = {"toLowerCase": text.lower(), "toUpperCase": text.upper(), "trim": text.strip(), "toString": text}.get(method)
    return changed is not None, Constant(changed) if changed is not None else None


def call_builtin(calling: Calling, foreign: Foreign, call: Call, frame: Frame) -> Value:
    """The value of a known function, or None."""
    if foreign.name in {"Object.values", "Object.keys", "Object.entries", "Object.assign", "Object.freeze"} and call.arguments:
        return _on_object(foreign.name, calling.settled(calling.value(call.arguments[0], frame)))
    if foreign.name in _JOINS:
        values = list(calling.spread(call.arguments, frame))
        texts = [str(value.value) for value in values if isinstance(value, Constant)]
        return Constant(normpath("/".join(filter(None, texts)))) if texts and len(texts) == len(values) else None
    if foreign.name.rpartition(".")[2] == "readdirSync" and call.arguments:
        folder = calling.value(call.arguments[0], frame)
        return Listed([Constant(name) for name in calling.listing(str(folder.value))]) if isinstance(folder, Constant) else None
    return None


def _on_object(name: str, value: Value) -> Value:
    if not isinstance(value, Record):
        return value if name == "Object.freeze" else None
    if name == "Object.values":
        return Listed(list(value.fields.values()))
    if name == "Object.keys":
        return Listed([Constant(key) for key in value.fields])
    if name == "Object.entries":
        return Listed([Listed([Constant(key), item]) for key, item in value.fields.items()])
    return value
