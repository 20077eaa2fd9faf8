"""AWS CloudFormation and SAM: events of functions, methods of REST APIs with their resources, routes of HTTP APIs, function URLs."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.documents import Value
from threat_modeling.codebase.stated import Document, documents, function_of, strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Handler, Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("AWS::Serverless", "AWS::ApiGateway", "AWS::Lambda::Url", "AWS::AppSync", "AWS::ElasticLoadBalancingV2")
_OPERATIONS: Final = {method: method.upper() for method in ("get", "put", "post", "delete", "options", "head", "patch")} | {
    "x-amazon-apigateway-any-method": "ANY"
}
_MAX_DEPTH: Final = 30


def routes(project: Project) -> Iterator[Route]:
    """The routes of all templates of a project."""
    for path, root in documents(project, KEYWORDS):
        resources = root.get("Resources")
        if resources is not None:
            yield from _Template(Document(project, path, "cloudformation"), resources.entries, root).routes()


class _Template:
    def __init__(self, document: Document, resources: dict[str, Value], root: Value) -> None:
        self._document = document
        self._resources = resources
        self._globals = root.get("Globals", "Function", "Properties") or root.get("Globals", "Function")

    def routes(self) -> Iterator[Route]:
        for resource in self._resources.values():
            kind = resource.string("Type")
            properties = resource.get("Properties") or Value(resource.line, resource.end)
            if kind in {"AWS::Serverless::Function", "AWS::Serverless::StateMachine"}:
                yield from self._events(properties)
            elif kind == "AWS::ElasticLoadBalancingV2::ListenerRule":
                yield from self._rule(properties)
            elif kind == "AWS::AppSync::Resolver" and properties.string("TypeName") in {"Query", "Mutation", "Subscription"}:
                name = f"{properties.string('TypeName')}.{properties.string('FieldName')}"
                yield self._document.route("POST", f"/graphql#{name}", properties, type="graphql")
            elif kind in {"AWS::Serverless::Api", "AWS::Serverless::HttpApi", "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"}:
                yield from self._written(properties)
            elif kind == "AWS::ApiGateway::Method":
                yield from self._method(properties)
            elif kind == "AWS::ApiGatewayV2::Route":
                yield from self._route(properties)
            elif kind == "AWS::Lambda::Url":
                yield self._document.route("ANY", "/", resource, guards=self._authorized(properties, "AuthType"))

    def _events(self, function: Value) -> Iterator[Route]:
        """The events of a function of SAM."""
        served = self._handler(function)
        events = function.get("Events")
        for event in events.entries.values() if events is not None else ():
            properties = event.get("Properties")
            if event.string("Type") not in {"Api", "HttpApi"} or properties is None:
                continue
            path, method = properties.string("Path"), properties.string("Method")
            if event.string("Type") == "HttpApi" and not path:
                path = "/{proxy}"
            if path and "$default" not in path:
                auth = properties.get("Auth")
                guards = self._authorized(auth, "Authorizer", "AuthorizationType", "ApiKeyRequired") if auth is not None else ()
                yield self._document.route(_any(method), path, properties, handler=served, guards=guards)
        url = function.get("FunctionUrlConfig")
        if url is not None:
            yield self._document.route("ANY", "/", url, handler=served, guards=self._authorized(url, "AuthType"))

    def _rule(self, properties: Value) -> Iterator[Route]:
        """The paths that a rule of a load balancer takes."""
        conditions = properties.get("Conditions")
        for condition in conditions.elements if conditions is not None else ():
            if condition.string("Field") == "path-pattern":
                for path in strings(condition.get("Values") or condition.get("PathPatternConfig", "Values")):
                    yield self._document.route("ANY", path, condition)

    def _written(self, properties: Value) -> Iterator[Route]:
        """The paths of an OpenAPI document inside a template."""
        paths = properties.get("DefinitionBody", "paths") or properties.get("Body", "paths")
        for path, item in paths.entries.items() if paths is not None else ():
            for method in item.entries:
                if method in _OPERATIONS:
                    yield self._document.route(_OPERATIONS[method], path, item)

    def _method(self, properties: Value) -> Iterator[Route]:
        """A method of a REST API: its resource says where it stands."""
        path = self._path(properties.get("ResourceId"), 0)
        if path is not None:
            guards = self._authorized(properties, "AuthorizationType", "ApiKeyRequired")
            yield self._document.route(_any(properties.string("HttpMethod")), path, properties, guards=guards)

    def _route(self, properties: Value) -> Iterator[Route]:
        """A route of an HTTP API (`GET /users`) or of a WebSocket API (`$connect`)."""
        method, _, path = properties.string("RouteKey").partition(" ")
        guards = self._authorized(properties, "AuthorizationType", "ApiKeyRequired")
        if path.startswith("/"):
            yield self._document.route(_any(method), path, properties, guards=guards)

    def _path(self, resource: Value | None, depth: int) -> str | None:
        """The path of a resource by its parents; the root of an API is ""."""
        name = _referred(resource)
        if name is None or depth > _MAX_DEPTH:
            return None
        found = self._resources.get(name.partition(".")[0])
        properties = found.get("Properties") if found is not None else None
        if found is None or properties is None or found.string("Type") != "AWS::ApiGateway::Resource":
            return ""
        above = self._path(properties.get("ParentId"), depth + 1) or ""
        return f"{above}/{properties.string('PathPart')}"

    def _authorized(self, holder: Value, *keys: str) -> Iterator[Guard]:
        for key in keys:
            value = holder.string(key)
            if value and value.upper() not in {"NONE", "FALSE"}:
                yield self._document.guard(holder.get(key) or holder, value)

    def _handler(self, function: Value) -> Handler | None:
        """The code behind `CodeUri: src/` and `Handler: app.lambda_handler`."""
        written = function.string("Handler") or (self._globals.string("Handler") if self._globals is not None else "")
        folder = function.string("CodeUri") or (self._globals.string("CodeUri") if self._globals is not None else "")
        module, _, name = written.rpartition(".")
        if not module:
            return None
        base = posixpath.join(posixpath.dirname(self._document.path), folder if "://" not in folder else "")
        candidates = (posixpath.join(base, module), posixpath.join(base, module.replace(".", "/")))
        found = (function_of(self._document.project, posixpath.normpath(candidate), name) for candidate in candidates)
        return next((handler for handler in found if handler is not None), None)


def _any(method: str) -> str:
    return "ANY" if method.upper() in {"", "*", "X-AMAZON-APIGATEWAY-ANY-METHOD"} else method


def _referred(value: Value | None) -> str | None:
    """The resource that `!Ref x`, `{Ref: x}`, `!GetAtt x.y` and `{Fn::GetAtt: [x, y]}` name."""
    if value is None:
        return None
    if value.text:
        return value.text
    for inner in (value.get("Ref"), value.get("Fn::GetAtt"), value):
        if inner is not None and inner.text:
            return inner.text
        if inner is not None and inner.elements:
            return inner.elements[0].text
    return None
