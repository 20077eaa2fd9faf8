"""What a framework puts into the parameters of a handler: the request, parts of it, or what a dependency provides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from threat_modeling.codebase.handlers import go, typed
from threat_modeling.codebase.handlers.dialect import DIALECTS
from threat_modeling.codebase.handlers.facts import Read, Site
from threat_modeling.codebase.handlers.origins import (
    NONE,
    REQUEST,
    REQUEST_NAMES,
    Origin,
    Origins,
    identity,
    names_identity,
    narrow,
    requires_identity,
)
from threat_modeling.codebase.syntax import Call, Expression, Function, Module, Name, Node, Parameter, Subscript, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from threat_modeling.codebase.handlers.flow import Flow
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

_SCALARS: Final = frozenset({"str", "int", "float", "bool", "UUID", "date", "datetime", "Decimal", "bytes", "EmailStr"})
_RESPONSES: Final = frozenset({"Response", "BackgroundTasks", "NextFunction"})
_SOURCES: Final = {"Query": "query", "Path": "path", "Body": "body", "Form": "body", "Header": "header", "Cookie": "cookie", "File": "file"}


def bind_parameters(project: Project, module: Module, function: Function, route: Route, flow: Flow) -> dict[str, Origins]:
    """The origins of each parameter's value; what they tell of the request and the caller is noted."""
    if module.language in typed.LANGUAGES:
        return typed.bound(module, function, route, flow)
    if module.language == go.LANGUAGE:
        return go.bound(function)
    if module.language in DIALECTS:
        return DIALECTS[module.language].bound(project, module, function, route, flow)
    names: dict[str, Origins] = {}
    in_path = frozenset(parameter.name for parameter in route.parameters if parameter.source == "path")
    declared = {parameter.name: parameter.source for parameter in route.parameters}
    for index, parameter in enumerate(function.parameters):
        if parameter.binds and (index == 0 or parameter.name in REQUEST_NAMES):
            names.update({name: _bound(name) for name in parameter.binds})
        else:
            origins = _parameter(project, module, _aliased(project, module, parameter), index, in_path, declared)
            names[parameter.name] = origins
            _note(flow, module, function, parameter, origins)
    return names


def _aliased(project: Project, module: Module, parameter: Parameter) -> Parameter:
    """The parameter with its declared type spelled out where that is a name for `Annotated[...]`."""
    if isinstance(parameter.annotation, Name):
        found = project.definition(module.path, parameter.annotation.id)
        if found is not None and isinstance(found[1], Subscript):
            return replace(parameter, annotation=found[1])
    return parameter


def _bound(name: str) -> Origins:
    """One name of a destructured request: `({ body, params }) => ...`."""
    return narrow(frozenset({REQUEST}), name)


def _note(flow: Flow, module: Module, function: Function, parameter: Parameter, origins: Origins) -> None:
    site = Site(module.path, parameter.line, parameter.line, 0, function.name)
    for origin in sorted(origins):
        if origin.kind == "identity":
            flow.facts.identities.append((origin.source, site))
        elif origin.kind == "request" and origin.source != "*":
            flow.facts.reads.append(Read(origin.source, origin.field, site))


def _parameter(project: Project, module: Module, parameter: Parameter, index: int, in_path: frozenset[str], declared: Mapping[str, str]) -> Origins:
    annotation = _annotated(parameter)
    kind = dotted(annotation[0]).rpartition(".")[2] if annotation else ""
    injected = next((node for node in (parameter.default, *annotation[1:]) if isinstance(node, Call)), None)
    called = dotted(injected.callee).rpartition(".")[2] if injected is not None else ""
    first = index == 0 and module.language != "python"
    if called in {"Depends", "Security"} and injected is not None:
        return _dependency(project, module, injected, kind)
    if first or parameter.name in REQUEST_NAMES or kind in {"Request", "HttpRequest", "WebSocket"}:
        return frozenset({REQUEST})
    if parameter.name in {"self", "cls"} or kind in _RESPONSES or module.language != "python":
        return NONE
    if called in _SOURCES or parameter.name in in_path:
        return frozenset({Origin("request", _SOURCES.get(called, "path"), parameter.name)})
    return _plain(parameter, kind, declared)


def _plain(parameter: Parameter, kind: str, declared: Mapping[str, str]) -> Origins:
    """A Python parameter that says nothing of itself: a body model by its class, a query value by a scalar type, else the path."""
    if kind == "UploadFile":
        return frozenset({Origin("request", "file", parameter.name)})
    if parameter.name == "user" and not kind:
        return frozenset({identity("token")})
    if kind[:1].isupper() and kind not in _SCALARS and kind not in {"Optional", "List", "Union", "Any", "Annotated"}:
        return frozenset({Origin("request", "body", "*")})
    if parameter.name == "body":
        return frozenset({Origin("request", "body")})
    return frozenset({Origin("request", declared.get(parameter.name, "query" if kind else "path"), parameter.name)})


def _annotated(parameter: Parameter) -> tuple[Expression, ...]:
    """The declared type, then what `Annotated[...]` adds to it."""
    annotation = parameter.annotation
    if isinstance(annotation, Subscript) and dotted(annotation.object).rpartition(".")[2] == "Annotated":
        elements = getattr(annotation.index, "elements", None) or (annotation.index,)
        return tuple(elements)
    return (annotation,) if annotation is not None else ()


def _dependency(project: Project, module: Module, call: Call, kind: str) -> Origins:
    """What `Depends(provider)` gives: an identity where the provider's name or the things it depends on say so."""
    provider = dotted(call.arguments[0]) if call.arguments else ""
    if not call.arguments:
        return frozenset({Origin("request", "body", "*")}) if kind.endswith(("Form", "FormStrict")) else NONE
    if names_identity(provider) or requires_identity(provider) or kind in {"User", "CurrentUser"}:
        return frozenset({identity("token")})
    found = project.definition(module.path, provider) if provider and "(" not in provider else None
    if found is not None and isinstance(found[1], Function):
        named = {dotted(node) for node in _signature(found[1])}
        if any(names_identity(name) or "oauth2" in name.lower() or name.endswith(("HTTPBearer", "APIKeyHeader")) for name in named):
            return frozenset({identity("token")})
    return NONE


def _signature(function: Function) -> Iterator[Node]:
    for parameter in function.parameters:
        for part in (parameter.default, parameter.annotation):
            yield from (node for node in walk(part) if isinstance(node, (Name, Call)))
