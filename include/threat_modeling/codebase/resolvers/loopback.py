"""LoopBack 4: decorated methods of controllers, controllers that it derives from models, authentication and authorization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.paths import joined, names
from threat_modeling.codebase.javascript.routing import is_test
from threat_modeling.codebase.javascript.verbs import LANGUAGES
from threat_modeling.codebase.observations import Guard, Handler, Parameter, Route
from threat_modeling.codebase.syntax import Attribute, Call, Class, Export, Expression, Function, Join, Mapping, Module, Name, dotted, text, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("@loopback/rest", "@loopback/openapi-v3")
_VERBS: Final = {"get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "del": "DELETE", "head": "HEAD"}
_SOURCES: Final = {"query": "query", "path": "path", "header": "header", "cookie": "cookie"}
_SKIPS: Final = {"authenticate.skip": ControlCategory.AUTHENTICATION, "authorize.skip": ControlCategory.AUTHORIZATION}
_MAX_DEPTH: Final = 6
_DERIVED: Final = (
    ("POST", ""),
    ("GET", ""),
    ("PATCH", ""),
    ("GET", "/count"),
    ("GET", "/{id}"),
    ("PUT", "/{id}"),
    ("PATCH", "/{id}"),
    ("DELETE", "/{id}"),
)


def routes(project: Project) -> Iterator[Route]:
    """The routes of all LoopBack applications of a project."""
    modules = [module for module in project.modules(LANGUAGES, (*KEYWORDS, "CrudRest")) if not is_test(module.path)]
    start = _base(modules)
    for module in modules:
        for statement in module.body:
            node = statement.value if isinstance(statement, Export) else statement
            if isinstance(node, Class):
                yield from _controller(project, module, node, start)
        for options in walk(module.body):
            if isinstance(options, Mapping) and text(options.get("pattern")) == "CrudRest":
                yield from _derived(project, module, options, start)


def _base(modules: list[Module]) -> str:
    """The one base path that the application sets."""
    calls = (node for module in modules for node in walk(module.body) if isinstance(node, Call))
    stated = {text(call.arguments[0]) for call in calls if dotted(call.callee).rpartition(".")[2] == "basePath" and call.arguments}
    found = [path for path in stated if path]
    return found[0] if len(found) == 1 else ""


def _controller(project: Project, module: Module, class_: Class, start: str) -> Iterator[Route]:
    api = next((call for name, call in _decorators(project, module, class_) if name == "api"), None)
    options = api.arguments[0] if api is not None and api.arguments else None
    base = joined(start, (text(options.get("basePath")) or "") if isinstance(options, Mapping) else "")
    above = [*_guards(project, module, class_)]
    for method in (member for member in class_.body if isinstance(member, Function)):
        for name, call in _decorators(project, module, method):
            arguments = [written for argument in call.arguments[:2] if (written := _constant(project, module, argument, 0)) is not None]
            verb, path = (_VERBS.get(name), arguments[0] if arguments else "")
            if name == "operation" and len(arguments) > 1:
                verb, path = arguments[0].upper(), arguments[1]
            if verb is not None:
                own = [*_guards(project, module, method)]
                stated = {guard.category for guard in own}
                stated |= {category for word, category in _SKIPS.items() if any(dotted(d).startswith(word) for d in method.decorators)}
                guards = [*(guard for guard in above if guard.category not in stated), *own]
                yield _route(project, module, (verb, joined(base, path)), (class_, method), guards)


def _constant(project: Project, module: Module, node: object, depth: int) -> str | None:
    """A text, also by its name and inside a template."""
    if isinstance(node, Join) and depth < _MAX_DEPTH:
        parts = [_constant(project, module, part, depth + 1) for part in node.parts]
        return None if None in parts else "".join(part for part in parts if part is not None)
    found = project.definition(module.path, dotted(node)) if isinstance(node, Name | Attribute) and depth < _MAX_DEPTH else None
    return _constant(project, found[0], found[1], depth + 1) if found is not None else text(node)


def _route(project: Project, module: Module, served: tuple[str, str], code: tuple[Class, Function], guards: list[Guard]) -> Route:
    class_, method = code
    line = min([method.line, *(decorator.line for decorator in method.decorators)])
    return Route(
        method=served[0],
        path=served[1],
        framework="loopback",
        handler=Handler(file=module.path, line=line, end=method.end, function=f"{class_.name}.{method.name}"),
        registration=project.evidence(module.path, line, line),
        parameters=_parameters(method, served[1]),
        guards=tuple(guards),
    )


def _parameters(method: Function, path: str) -> tuple[Parameter, ...]:
    """`@param.query.string("page")`, `@param.array("tags", "query")`, `@requestBody()`."""
    found = {name: Parameter(name=name, source="path") for name in names(path)}
    for declared in method.parameters:
        for decorator in declared.decorators:
            written = dotted(decorator).removesuffix("()").split(".")
            texts = [argument for argument in map(text, decorator.arguments if isinstance(decorator, Call) else ()) if argument is not None]
            if written[0] == "requestBody":
                found[declared.name] = Parameter(name=declared.name or "body", source="body")
            elif written[0] == "param" and texts:
                source = _SOURCES.get(texts[1] if len(texts) > 1 else written[1] if len(written) > 1 else "")
                if source is not None:
                    found[texts[0]] = Parameter.model_validate({"name": texts[0][:200], "source": source})
    return tuple(found.values())


def _decorators(project: Project, module: Module, node: Class | Function) -> Iterator[tuple[str, Call]]:
    for decorator in node.decorators:
        name = project.qualified(module, decorator.callee) if isinstance(decorator, Call) else ""
        if isinstance(decorator, Call) and name.startswith("@loopback/"):
            yield name.rpartition("/")[2].partition(".")[2], decorator


def _guards(project: Project, module: Module, node: Class | Function) -> Iterator[Guard]:
    for decorator in node.decorators:
        name = dotted(decorator).removesuffix("()")
        category = {"authenticate": ControlCategory.AUTHENTICATION, "authorize": ControlCategory.AUTHORIZATION}.get(name)
        if category is not None:
            scope = "route" if isinstance(node, Function) else "router"
            evidence = project.evidence(module.path, decorator.line, decorator.line)
            yield Guard.model_validate({"category": category, "name": name, "scope": scope, "evidence": evidence})


def _derived(project: Project, module: Module, options: Mapping, start: str) -> Iterator[Route]:
    """`{model, pattern: "CrudRest", basePath: "/products"}`."""
    base: Expression | None = options.get("basePath")
    path = text(base)
    for method, ending in _DERIVED if path is not None else ():
        yield Route(
            method=method,
            path=joined(start, f"{path}{ending}"),
            framework="loopback",
            handler=Handler(file=module.path, line=options.line, end=options.end, function="CrudRest"),
            registration=project.evidence(module.path, options.line, options.line),
            parameters=tuple(Parameter(name=name, source="path") for name in names(ending)),
        )
