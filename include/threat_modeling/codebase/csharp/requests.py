"""Which values a handler takes from the request: by attributes and types of its parameters, and by what its body reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, get_args

from threat_modeling.codebase.csharp.scope import attributes, short
from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Function, Name, Subscript, dotted, text, walk
from threat_modeling.codebase.syntax import Parameter as Taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.csharp.scope import Code, Declared
    from threat_modeling.codebase.syntax import Class, Module

Source = Literal["path", "query", "body", "header", "cookie", "file"]
_FROM: Final[dict[str, Source]] = {
    "FromRoute": "path",
    "FromUri": "query",
    "FromQuery": "query",
    "FromBody": "body",
    "FromForm": "body",
    "FromHeader": "header",
    "FromCookie": "cookie",
}
_INJECTED: Final = re.compile(
    r"(?:CancellationToken|HttpContext|HttpRequest|HttpResponse|HttpListenerContext|ClaimsPrincipal|LinkGenerator|Stream|PipeReader"
    r"|I(?!Form)[A-Z]\w*|\w*(?:DbContext|Context|Service|Repository|Manager|Logger|Mediator|Factory|Options|Client|Store|Sender))\Z"
)
_FILES: Final = frozenset({"IFormFile", "IFormFileCollection", "HttpPostedFileBase", "HttpPostedFile"})
_SIMPLE: Final = frozenset(
    {"string", "int", "long", "short", "byte", "bool", "decimal", "double", "float", "char", "uint", "ulong", "object", "String", "Int32", "Int64"}
    | {"Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Uri", "StringValues", "Boolean", "Decimal"}
)
_HOLDERS: Final[dict[str, Source]] = {
    "Query": "query",
    "QueryString": "query",
    "Headers": "header",
    "Cookies": "cookie",
    "Form": "body",
    "RouteValues": "path",
    "Params": "query",
    "Files": "file",
}
_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH", "QUERY"})
_ORDER: Final = {source: position for position, source in enumerate(get_args(Source))}


class Requests:
    """Reads the parameters of handlers of one target."""

    def __init__(self, code: Code, *, forms: bool) -> None:
        """`forms` tells that plain values of a request with a body come from its form, not from the query."""
        self._code, self._forms = code, forms

    def of(self, module: Module, function: Function | None, method: str, path_names: tuple[str, ...]) -> tuple[Parameter, ...]:
        """The parameters of a route: those in its path, then what its handler takes and reads."""
        found: dict[tuple[Source, str], None] = {("path", name): None for name in path_names}
        known = {name.lower() for name in path_names}
        for parameter in function.parameters if function is not None else ():
            for source, name in self._declared(module, parameter, method, known):
                if source != "path" or name.lower() not in known:
                    found[(source, name)] = None
        for source, name in reads(function):
            if source != "path" or name.lower() not in known:
                found[(source, name)] = None
        ordered = sorted(found, key=lambda read: (_ORDER[read[0]], path_names.index(read[1]) if read[1] in path_names else len(path_names), read[1]))
        return tuple(Parameter(name=name, source=source) for source, name in ordered)

    def _declared(self, module: Module, parameter: Taken, method: str, known: set[str]) -> Iterator[tuple[Source, str]]:
        given = dict(attributes(parameter.decorators))
        source = next((_FROM[name] for name in given if name in _FROM), None)
        of = short(parameter.annotation)
        if any(name.startswith("FromServices") or name == "FromKeyedServices" for name in given) or not parameter.name:
            return
        if of in _FILES:
            yield "file", parameter.name
            return
        name = next(
            (named for node in given.values() if isinstance(node, Call) and (named := text(node.keyword("Name")) or _first(node))), parameter.name
        )
        plain = of in _SIMPLE
        if source is None and (_INJECTED.match(of) or not of or (of.startswith("I") and of[1:2].isupper())):
            return
        if source is None:
            source = "path" if parameter.name.lower() in known else "body" if (self._forms and method in _WITH_BODY) or not plain else "query"
        fields = [] if plain else self.fields(self._code.declared(module, parameter.annotation))
        yield from ((source, field) for field in fields or [name])

    def fields(self, declared: Declared | None) -> list[str]:
        """The properties of a type of the target that a request fills."""
        return [name for each in self._code.lineage(declared) for name in _fields(each.node)] if declared is not None else []


def _fields(node: Class) -> Iterator[str]:
    for statement in node.body:
        if (
            isinstance(statement, Assign)
            and isinstance(statement.targets[0], Name)
            and statement.annotation is not None
            and statement.targets[0].id[:1].isupper()
        ):
            yield statement.targets[0].id


def _first(node: Call) -> str | None:
    return text(node.arguments[0]) if node.arguments else None


def reads(function: Function | None) -> Iterator[tuple[Source, str]]:
    """What a body takes from the request by name: `Request.Query["page"]`, `Request.Headers.Get("X")`."""
    parts: dict[str, Source] = {}
    for node in walk(function.body) if function is not None else ():
        if isinstance(node, Assign) and isinstance(node.targets[0], Name) and isinstance(node.value, Attribute) and node.value.name in _HOLDERS:
            parts[node.targets[0].id] = _HOLDERS[node.value.name]
        elif isinstance(node, Subscript):
            yield from _read(node.object, text(node.index), parts)
        elif (
            isinstance(node, Call)
            and isinstance(node.callee, Attribute)
            and node.callee.name in {"Get", "TryGetValue", "GetValues", "GetCommaSeparatedValues"}
        ):
            yield from _read(node.callee.object, _first(node), parts)


def _read(holder: object, name: str | None, parts: dict[str, Source]) -> Iterator[tuple[Source, str]]:
    source = _HOLDERS.get(holder.name) if isinstance(holder, Attribute) and "equest" in dotted(holder.object) else None
    if isinstance(holder, Name):
        source = parts.get(holder.id)
    if source is not None and name:
        yield source, name
