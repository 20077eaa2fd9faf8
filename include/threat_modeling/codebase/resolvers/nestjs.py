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
from threat_modeling.codebase.syntax import Call, Class, Export, Function, Literal, Mapping, Module, Sequence, dotted, text, walk
from threat_modeling.codebase.syntax import Parameter as Declared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.javascript.requests import Source
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("@nestjs/",)

_MAX_BASES: Final = 5
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
    outside = {path.strip("/") for module in modules for path in _outside_prefix(module)}
    for module in modules:
        frame = evaluation.frame(module.path)
        if frame is not None:
            yield from nest_static.routes(evaluation, frame)
        for class_ in classes(module):
            if frame is not None:
                for route in _Controller(evaluation, guards, frame, class_).routes(prefix):
                    plain = route.path.removeprefix(joined("", prefix)) or "/"
                    yield route.model_copy(update={"path": plain}) if prefix and plain.lstrip("/") in outside else route


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


def _outside_prefix(module: Module) -> Iterator[str]:
    """`setGlobalPrefix("api", {exclude: ["health", {path: "status"}]})`."""
    for node in walk(module.body):
        if isinstance(node, Call) and getattr(node.callee, "name", "") == "setGlobalPrefix" and len(node.arguments) > 1:
            options = node.arguments[1]
            listed = options.get("exclude") if isinstance(options, Mapping) else None
            for element in listed.elements if isinstance(listed, Sequence) else ():
                path = text(element.get("path") if isinstance(element, Mapping) else element)
                if path is not None:
                    yield path


class _Controller:
    """One class; it serves nothing unless it is decorated as a controller."""

    def __init__(self, evaluation: Evaluation, guards: NestGuards, frame: Frame, class_: Class) -> None:
        self._evaluation, self._guards, self.frame, self.class_ = evaluation, guards, frame, class_
        self._project = evaluation.project

    def routes(self, prefix: str) -> Iterator[Route]:
        """The routes of the controller's methods."""
        own = self._decorator(self.class_, f"{_PACKAGE}Controller")
        if own is None:
            return
        paths, versions = self._paths(own)
        seen: set[str] = set()
        for owner in self._lineage():
            for method in owner.class_.body:
                if isinstance(method, Function) and method.name not in seen:
                    seen.add(method.name)
                    for name, call in decorators(self._project, owner.frame.module, method):
                        if name in _METHODS:
                            for path in owner.places(method, call, paths, versions, prefix):
                                yield owner.route(method, _METHODS[name], path)

    def _lineage(self) -> Iterator[_Controller]:
        """The controller, and the classes of the target that it extends."""
        current: _Controller | None = self
        for _ in range(_MAX_BASES):
            if current is None:
                return
            yield current
            base = current.class_.bases[0] if current.class_.bases else None
            found = self._project.definition(current.frame.module.path, dotted(base)) if base is not None and dotted(base) else None
            frame = self._evaluation.frame(found[0].path) if found is not None else None
            is_class = found is not None and frame is not None and isinstance(found[1], Class)
            current = _Controller(self._evaluation, self._guards, frame, found[1]) if is_class else None  # type: ignore[arg-type,index]

    def _decorator(self, node: Class | Function, wanted: str) -> Call | None:
        return next((call for name, call in decorators(self._project, self.frame.module, node) if name == wanted), None)

    def _value(self, call: Call) -> Value:
        return self._evaluation.settled(self._evaluation.value(call.arguments[0], self.frame)) if call.arguments else None

    def _paths(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        options = self._value(call)
        if isinstance(options, Record):
            return paths_of(options.fields.get("path")) or ("",), texts_of(options.fields.get("version"))
        return paths_of(options) or ("",), ()

    def places(self, method: Function, call: Call, paths: tuple[str, ...], versions: tuple[str, ...], prefix: str) -> Iterator[str]:
        """The absolute paths of one decorated method."""
        version = self._decorator(method, f"{_PACKAGE}Version") or self._decorator(self.class_, f"{_PACKAGE}Version")
        chosen = texts_of(self._value(version)) if version is not None else versions
        for start in paths:
            for own in paths_of(self._value(call)) or ("",):
                for number in chosen or ("",):
                    yield joined(joined(prefix, f"v{number}" if number else ""), joined(start, own))

    def route(self, method: Function, verb: str, path: str) -> Route:
        """The route of one method of the class."""
        line = min([method.line, *(decorator.line for decorator in method.decorators)])
        file = self.frame.module.path
        return Route(
            method=verb,
            path=path,
            framework="nestjs",
            handler=Handler(file=file, line=line, end=method.end, function=f"{self.class_.name}.{method.name}"),
            registration=self._project.evidence(file, line, method.line),
            parameters=self._parameters(method, path),
            guards=self._guards.of(self.frame, self.class_, method),
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
        name = self._project.qualified(self.frame.module, decorator.callee).removeprefix(_PACKAGE) if isinstance(decorator, Call) else ""
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
