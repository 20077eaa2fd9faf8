"""Packages that derive REST endpoints from a data model and register them on an application passed to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.values import Argument, ClassValue, Constant, Foreign, Listed, Record, Router, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

_MODEL_REST: Final = ("finale-rest", "finale", "epilogue")
_ACTIONS: Final = {"list": ("GET", 0), "create": ("POST", 0), "read": ("GET", 1), "update": ("PUT", 1), "delete": ("DELETE", 1)}
"""Action -> method and which of the two endpoints, collection or single record, serves it."""

Endpoints = list[tuple[tuple[str, ...], str]]


def resource(foreign: Foreign, arguments: tuple[Argument, ...], owners: dict[str, Router]) -> tuple[Router, Endpoints] | None:
    """The application and the endpoints that a call adds to it; `owners` remembers which application a package was given."""
    package, _, function = foreign.name.rpartition(".")
    options = arguments[0].value if arguments else None
    if package in _MODEL_REST and isinstance(options, Record):
        if function == "initialize":
            app = options.fields.get("app")
            if isinstance(app, Router):
                owners[package] = app
        elif function == "resource" and package in owners:
            return owners[package], _derived(options)
    if foreign.name == "express-restify-mongoose.serve" and len(arguments) > 1 and isinstance(options, Router):
        return options, _mongoose(arguments[1].value, arguments[2].value if len(arguments) > 2 else None)
    return None


def _derived(options: Record) -> Endpoints:
    endpoints = [str(item.value) for item in _items(options.fields.get("endpoints")) if isinstance(item, Constant)]
    if not endpoints:
        name = _model_name(options.fields.get("model"))
        endpoints = [f"/{name}s", f"/{name}s/:id"] if name else []
    chosen = [str(item.value) for item in _items(options.fields.get("actions")) if isinstance(item, Constant)] or list(_ACTIONS)
    found: Endpoints = []
    for action in chosen:
        if action in _ACTIONS and _ACTIONS[action][1] < len(endpoints):
            method, position = _ACTIONS[action]
            found.append(((method,), endpoints[position]))
    return found


def _mongoose(model: Value, options: Value) -> Endpoints:
    name = _model_name(model)
    if not name:
        return []
    fields = options.fields if isinstance(options, Record) else {}
    prefix, version = fields.get("prefix"), fields.get("version")
    start = f"{prefix.value if isinstance(prefix, Constant) else '/api'}{version.value if isinstance(version, Constant) else '/v1'}/{name}"
    return [(("GET", "POST", "DELETE"), start), (("GET", "POST", "PUT", "PATCH", "DELETE"), f"{start}/:id"), (("GET",), f"{start}/count")]


def _model_name(model: Value) -> str:
    if isinstance(model, ClassValue):
        return model.definition.name
    if isinstance(model, Foreign) and model.arguments and isinstance(model.arguments[0], Constant):
        return str(model.arguments[0].value)
    return ""


def _items(value: Value) -> Iterable[Value]:
    return value.items if isinstance(value, Listed) else ()
