"""Handlers of Java and Kotlin: what annotations put into parameters, properties behind getters and setters, methods of injected objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.facts import Read, Site
from threat_modeling.codebase.handlers.origins import NONE, REQUEST, Origin, Origins, identity
from threat_modeling.codebase.jvm.annotations import name_of
from threat_modeling.codebase.jvm.classes import Types, simple
from threat_modeling.codebase.jvm.methods import Methods
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Operation, text

if TYPE_CHECKING:
    from threat_modeling.codebase.handlers.flow import Flow
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Function, Module, Parameter

LANGUAGES: Final = frozenset({"java", "kotlin"})
_SOURCES: Final = {
    **dict.fromkeys(("PathVariable", "PathParam", "RestPath", "DestinationVariable"), "path"),
    **dict.fromkeys(("RequestParam", "QueryParam", "QueryValue", "RestQuery"), "query"),
    **dict.fromkeys(("RequestBody", "Body", "ModelAttribute", "BeanParam", "FormParam", "RestForm", "Argument", "Payload"), "body"),
    **dict.fromkeys(("RequestHeader", "HeaderParam", "Header"), "header"),
    **dict.fromkeys(("CookieValue", "CookieParam"), "cookie"),
    **dict.fromkeys(("RequestPart", "Part"), "file"),
}
_CALLERS: Final = frozenset({"Principal", "Authentication", "AuthenticationPrincipal", "SecurityContext", "Auth", "OAuth2User", "Jwt", "CurrentUser"})
_REQUESTS: Final = frozenset(
    {"HttpServletRequest", "ServletRequest", "ServerRequest", "ServerHttpRequest", "Context", "RoutingContext", "HttpRequest"}
)
_KEYED: Final = {
    **dict.fromkeys(("getParameter", "getParameterValues", "queryParam", "getParam"), "query"),
    **dict.fromkeys(("getHeader", "header", "getHeaders"), "header"),
    **dict.fromkeys(("formParam",), "body"),
    **dict.fromkeys(("pathParam", "pathVariable"), "path"),
    **dict.fromkeys(("cookie",), "cookie"),
}


def bound(module: Module, function: Function, route: Route, flow: Flow) -> dict[str, Origins]:
    """The origins of each parameter's value; the fields of a body that is read into an object are read with it."""
    names: dict[str, Origins] = {}
    declared = {parameter.name: parameter.source for parameter in route.parameters}
    for parameter in function.parameters:
        origins = _origins(parameter, declared.get(parameter.name, ""))
        names[parameter.name] = origins
        site = Site(module.path, parameter.line, parameter.line, 0, function.name)
        flow.facts.identities += [(origin.source, site) for origin in sorted(origins) if origin.kind == "identity"]
        flow.facts.reads += [Read(o.source, o.field, site) for o in sorted(origins) if o.kind == "request" and o.field not in {"", "*"}]
    site = Site(module.path, function.line, function.line, 0, function.name)
    flow.facts.reads += [Read(parameter.source, parameter.name, site) for parameter in route.parameters if parameter.source in {"body", "file"}]
    return names


def _origins(parameter: Parameter, declared: str) -> Origins:
    kind = simple(parameter.annotation)
    marks = {name_of(decorator): decorator for decorator in parameter.decorators}
    if kind in _CALLERS or _CALLERS & marks.keys():
        return frozenset({identity("token")})
    for name, decorator in marks.items():
        if name in _SOURCES:
            source = declared if name == "RequestParam" and declared else _SOURCES[name]
            given = text(decorator.arguments[0]) if isinstance(decorator, Call) and decorator.arguments else None
            plain = source != "body" or name in {"FormParam", "RestForm", "Argument", "RequestParam"}
            return frozenset({Origin("request", source, (given or parameter.name) if plain else "*")})
    return frozenset({REQUEST}) if kind in _REQUESTS else NONE


def property_of(node: Call) -> Attribute | None:
    """`a.getName()` and `a.isOpen()` as `a.name`; None for any other call."""
    if not isinstance(node.callee, Attribute) or node.arguments:
        return None
    name = node.callee.name
    for prefix in ("get", "is"):
        rest = name.removeprefix(prefix)
        if rest != name and rest[:1].isupper():
            return Attribute(node.line, node.end, node.callee.object, rest[:1].lower() + rest[1:])
    return None


def assigned(node: Call) -> Assign | None:
    """`a.setName(x)` as `a.name = x`; None for any other call."""
    if not isinstance(node.callee, Attribute) or len(node.arguments) != 1:
        return None
    rest = node.callee.name.removeprefix("set")
    if rest == node.callee.name or not rest[:1].isupper():
        return None
    field = Attribute(node.line, node.end, node.callee.object, rest[:1].lower() + rest[1:])
    return Assign(node.line, node.end, (field,), node.arguments[0])


def compared(node: Call) -> Operation | None:
    """`a.equals(b)` and `Objects.equals(a, b)` as `a == b`; None for any other call."""
    if not isinstance(node.callee, Attribute) or node.callee.name not in {"equals", "equalsIgnoreCase"}:
        return None
    sides = node.arguments if len(node.arguments) == 2 else (node.callee.object, *node.arguments)
    return Operation(node.line, node.end, "==", sides) if len(sides) == 2 else None


def keyed(node: Call, receiver: Origins, key: str) -> Origins | None:
    """What a request object gives for a name; the caller's token is an identity."""
    source = _KEYED.get(node.callee.name) if isinstance(node.callee, Attribute) and REQUEST in receiver else None
    if source is None:
        return None
    if source == "header" and key.lower() == "authorization":
        return frozenset({identity("header")})
    return frozenset({Origin("request", source, key)})


def shows(node: Call, name: str) -> bool:
    """Whether a call puts its arguments into what goes back: a new object, an answer's body."""
    return node.new or name.rpartition(".")[2] in {"body", "ok", "of", "just", "status", "map", "entity", "toList", "get", "orElse", "orElseThrow"}


class Targets:
    """Which methods of the target calls run."""

    def __init__(self, project: Project) -> None:
        self._methods = Methods(Types(project))

    def find(self, module: Module, node: Call) -> tuple[Module, Function] | None:
        """The method with its file."""
        found = self._methods.running(node.callee, self._methods.at(module, node.line))
        return (found[0].module, found[1]) if found is not None and found[1].body else None
