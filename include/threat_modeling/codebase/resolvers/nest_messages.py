"""NestJS beyond controllers: GraphQL resolvers, messages and events, gRPC methods, socket gateways, scheduled methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.evaluation import Evaluation
from threat_modeling.codebase.javascript.nest_guards import NestGuards, decorators
from threat_modeling.codebase.javascript.routing import is_test
from threat_modeling.codebase.javascript.verbs import LANGUAGES, Verbs
from threat_modeling.codebase.observations import EntryPointType, Handler, Parameter, Route
from threat_modeling.codebase.resolvers.nestjs import classes
from threat_modeling.codebase.syntax import Call, Class, Function, Literal, Mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.javascript.values import Frame
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("@nestjs/graphql", "@nestjs/microservices", "@nestjs/websockets", "@nestjs/schedule", "@nestjs/bull", "type-graphql")
_GRAPHQL: Final = {f"{package}.{name}": name for package in ("@nestjs/graphql", "type-graphql") for name in ("Query", "Mutation", "Subscription")}
_OTHERS: Final[dict[str, tuple[EntryPointType, str]]] = {
    "@nestjs/microservices.MessagePattern": ("queue", "MESSAGE"),
    "@nestjs/microservices.EventPattern": ("queue", "EVENT"),
    "@nestjs/microservices.GrpcMethod": ("grpc", "POST"),
    "@nestjs/microservices.GrpcStreamMethod": ("grpc", "POST"),
    "@nestjs/websockets.SubscribeMessage": ("websocket", "GET"),
    "@nestjs/schedule.Cron": ("scheduled", "CRON"),
    "@nestjs/schedule.Interval": ("scheduled", "CRON"),
    "@nestjs/schedule.Timeout": ("scheduled", "CRON"),
    "@nestjs/bull.Process": ("queue", "JOB"),
}


def routes(project: Project) -> Iterator[Route]:
    """What the methods of decorated classes answer besides HTTP requests."""
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    if not modules:
        return
    evaluation = Evaluation(project, Verbs())
    guards = NestGuards(evaluation, modules)
    for module in modules:
        frame = evaluation.frame(module.path)
        for class_ in classes(module) if frame is not None else ():
            for method in (member for member in class_.body if isinstance(member, Function)):
                for name, call in decorators(project, module, method):
                    if frame is not None and (name in _GRAPHQL or name in _OTHERS):
                        yield _route(project, guards, frame, (class_, method), (name, call))


def _route(project: Project, guards: NestGuards, frame: Frame, code: tuple[Class, Function], mark: tuple[str, Call]) -> Route:
    class_, method = code
    name, call = mark
    kind: EntryPointType = "graphql" if name in _GRAPHQL else _OTHERS[name][0]
    verb = "POST" if name in _GRAPHQL else _OTHERS[name][1]
    file = frame.module.path
    line = min([method.line, *(decorator.line for decorator in method.decorators)])
    return Route(
        type=kind,
        method=verb,
        path=_path(project, frame, code, mark),
        framework="type-graphql" if name.startswith("type-graphql") else "nestjs",
        handler=Handler(file=file, line=line, end=method.end, function=f"{class_.name}.{method.name}"),
        registration=project.evidence(file, call.line, call.line),
        parameters=tuple(_parameters(method)),
        guards=guards.of(frame, class_, method),
    )


def _path(project: Project, frame: Frame, code: tuple[Class, Function], mark: tuple[str, Call]) -> str:
    class_, method = code
    name, call = mark
    texts = [given for given in map(text, call.arguments) if given is not None]
    if name in _GRAPHQL:
        options = next((argument for argument in call.arguments if isinstance(argument, Mapping)), None)
        named = text(options.get("name")) if options is not None else None
        return f"/graphql#{_GRAPHQL[name]}.{named or (texts[0] if texts else method.name)}"
    if "Grpc" in name:
        return f"/{texts[0] if texts else class_.name}/{texts[1] if len(texts) > 1 else method.name[:1].upper() + method.name[1:]}"
    if _OTHERS[name][0] == "websocket":
        gateway = next((c for n, c in decorators(project, frame.module, class_) if n == "@nestjs/websockets.WebSocketGateway"), None)
        options = next((argument for argument in gateway.arguments if isinstance(argument, Mapping)), None) if gateway is not None else None
        space = text(options.get("namespace") or options.get("path")) if options is not None else None
        return f"/{(space or 'socket.io').strip('/')}#{texts[0] if texts else method.name}"
    return f"{class_.name}.{method.name}" if _OTHERS[name][0] == "scheduled" or not texts else texts[0]


def _parameters(method: Function) -> Iterator[Parameter]:
    """`@Args("name")`, `@Arg("name")`, `@MessageBody()`, `@Payload()`."""
    for declared in method.parameters:
        for decorator in declared.decorators:
            callee = getattr(decorator.callee, "id", "") if isinstance(decorator, Call) else ""
            if isinstance(decorator, Call) and callee in {"Args", "Arg", "MessageBody", "Payload"}:
                first = decorator.arguments[0] if decorator.arguments else None
                name = str(first.value) if isinstance(first, Literal) else declared.name
                yield Parameter(name=(name or "body")[:200], source="body")
