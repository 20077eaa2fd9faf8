"""NestJS: controllers and their decorated methods, global prefix, versions, guards of method, class and application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript import nest_static
from threat_modeling.codebase.javascript.evaluation import Evaluation
from threat_modeling.codebase.javascript.nest_guards import NestGuards, decorators
from threat_modeling.codebase.javascript.paths import joined, names
from threat_modeling.codebase.javascript.requests import reads
from threat_modeling.codebase.javascript.routing import is_test
from threat_modeling.codebase.javascript.values import Frame, Record, Value
from threat_modeling.codebase.javascript.verbs import LANGUAGES, Verbs, paths_of, texts_of
from threat_modeling.codebase.observations import Handler, Parameter, Route
from threat_modeling.codebase.syntax import Call, Class, Export, Function, Literal, Module, walk
from threat_modeling.codebase.syntax import Parameter as Declared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.javascript.requests import Source
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("@nestjs/",)

_PACKAGE: Final = "@nestjs/common."
_METHODS: Final = {f"{_PACKAGE}{name}": name.upper() for name in ("Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "Search")} | {
    f"{_PACKAGE}All": "ANY",
    f"{_PACKAGE}Sse": "GET",
    f"{_PACKAGE}QueryMethod": "QUERY",
}
_SOURCES: Final[dict[str, Source]] = {
    "Param": "path",
    "Query": "query",
    "Body": "body",
    "Headers": "header",
    "UploadedFile": "file",
    "UploadedFiles": "file",
}


def routes(project: Project) -> Iterator[Route]:
    """The routes of every controller of a target; where there are several applications, a sole global prefix counts for all."""
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    evaluation = Evaluation(project, Verbs())
    guards = NestGuards(evaluation, modules)
    prefix = _global_prefix(evaluation, modules)
    for module in modules:
        frame = evaluation.frame(module.path)
        if frame is not None:
            yield from nest_static.routes(evaluation, frame)
        for class_ in classes(module):
            if frame is not None:
                yield from _Controller(evaluation, guards, frame, class_).routes(prefix)


def classes(module: Module) -> Iterator[Class]:
    """The classes of a file, exported or not."""
    for statement in module.body:
        node = statement.value if isinstance(statement, Export) else statement
        if isinstance(node, Class):
            yield node


def _global_prefix(evaluation: Evaluation, modules: list[Module]) -> str:
    found: set[str] = set()
    for module in modules:
        frame = evaluation.frame(module.path)
        for node in walk(module.body):
            if isinstance(node, Call) and getattr(node.callee, "name", "") == "setGlobalPrefix" and node.arguments and frame is not None:
                found.update(paths_of(evaluation.value(node.arguments[0], frame)))
    return found.pop() if len(found) == 1 else ""


class _Controller:
    """One class; it serves nothing unless it is decorated as a controller."""

    def __init__(self, evaluation: Evaluation, guards: NestGuards, frame: Frame, class_: Class) -> None:
        self._evaluation, self._guards, self._frame, self._class = evaluation, guards, frame, class_
        self._project = evaluation.project

    def routes(self, prefix: str) -> Iterator[Route]:
        """The routes of the controller's methods."""
        own = self._decorator(self._class, f"{_PACKAGE}Controller")
        if own is None:
            return
        paths, versions = self._paths(own)
        for method in self._class.body:
            if isinstance(method, Function):
                for name, call in decorators(self._project, self._frame.module, method):
                    if name in _METHODS:
                        for path in self._places(method, call, paths, versions, prefix):
                            yield self._route(method, _METHODS[name], path)

    def _decorator(self, node: Class | Function, wanted: str) -> Call | None:
        return next((call for name, call in decorators(self._project, self._frame.module, node) if name == wanted), None)

    def _value(self, call: Call) -> Value:
        return self._evaluation.settled(self._evaluation.value(call.arguments[0], self._frame)) if call.arguments else None

    def _paths(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        options = self._value(call)
        if isinstance(options, Record):
            return paths_of(options.fields.get("path")) or ("",), texts_of(options.fields.get("version"))
        return paths_of(options) or ("",), ()

    def _places(self, method: Function, call: Call, paths: tuple[str, ...], versions: tuple[str, ...], prefix: str) -> Iterator[str]:
        version = self._decorator(method, f"{_PACKAGE}Version") or self._decorator(self._class, f"{_PACKAGE}Version")
        chosen = texts_of(self._value(version)) if version is not None else versions
        for start in paths:
            for own in paths_of(self._value(call)) or ("",):
                for number in chosen or ("",):
                    yield joined(joined(prefix, f"v{number}" if number else ""), joined(start, own))

    def _route(self, method: Function, verb: str, path: str) -> Route:
        line = min([method.line, *(decorator.line for decorator in method.decorators)])
        file = self._frame.module.path
        return Route(
            method=verb,
            path=path,
            framework="nestjs",
            handler=Handler(file=file, line=line, end=method.end, function=f"{self._class.name}.{method.name}"),
            registration=self._project.evidence(file, line, method.line),
            parameters=self._parameters(method, path),
            guards=self._guards.of(self._frame, self._class, method),
        )

    def _parameters(self, method: Function, path: str) -> tuple[Parameter, ...]:
        found: dict[tuple[Source, str], Parameter] = {("path", name): Parameter(name=name, source="path") for name in names(path)}
        for declared in method.parameters:
            for decorator in declared.decorators:
                found.update(self._declared(declared, decorator))
            if any(
                getattr(d, "callee", None) and getattr(d.callee, "id", "") in {"Req", "Request"} for d in declared.decorators if isinstance(d, Call)
            ):
                for source, name in reads(method.body, declared.name, declared.binds):
                    found.setdefault((source, name), Parameter(name=name, source=source))
        return tuple(found.values())

    def _declared(self, declared: Declared, decorator: object) -> dict[tuple[Source, str], Parameter]:
        name = self._project.qualified(self._frame.module, decorator.callee).removeprefix(_PACKAGE) if isinstance(decorator, Call) else ""
        source = _SOURCES.get(name)
        if source is None or not isinstance(decorator, Call):
            return {}
        first = decorator.arguments[0] if decorator.arguments else None
        field = str(first.value) if isinstance(first, Literal) else ""
        if source == "path" and not field:
            return {}
        kind = getattr(declared.annotation, "id", None)
        name = field or declared.name or source
        return {(source, name): Parameter(name=name, source=source, type=kind if isinstance(kind, str) else None)}
