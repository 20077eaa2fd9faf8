"""Routers whose routes are calls: chains of words on a class or a variable, groups as closures, middleware before and after."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.observations import Guard, Handler, Route
from threat_modeling.codebase.php.classes import Classes, Served
from threat_modeling.codebase.php.guards import in_handler, of_body, usual
from threat_modeling.codebase.php.paths import joined, template, text_of, texts_of
from threat_modeling.codebase.php.requests import parameters
from threat_modeling.codebase.syntax import Assign, Attribute, Block, Call, Class, Evaluate, Expression, Function, Name, Return, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module, Node, Statement
    from threat_modeling.model import ControlCategory

Reach = Literal["application", "router", "route", "handler"]
MAX_DEPTH: Final = 20
MAX_FOLLOWED: Final = 8
_TYPES: Final = frozenset(
    {
        "App",
        "Application",
        "Router",
        "RouteCollectorProxy",
        "RouteCollectorProxyInterface",
        "RouteBuilder",
        "RouteCollection",
        "RouteCollector",
        "Group",
    }
)
"""Types of parameters that hold a router."""


@dataclass(frozen=True, slots=True)
class Link:
    """One word of a chain with its call."""

    name: str
    call: Call


@dataclass(frozen=True, slots=True)
class Place:
    """What holds where a route is declared."""

    module: Module
    prefix: str = ""
    middleware: tuple[tuple[Module, Expression], ...] = ()
    controller: Expression | None = None
    namespace: str = ""
    routers: frozenset[str] = frozenset()
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Registered:
    """One route as it is declared."""

    methods: tuple[str, ...]
    path: str
    handler: Expression | None
    call: Call
    place: Place


class Router:
    """Reads the chains of one framework; its words are in `registrars`."""

    framework: ClassVar[str] = ""
    classes: ClassVar[frozenset[str]] = frozenset()
    """Full names of classes whose static methods register."""
    variables: ClassVar[frozenset[str]] = frozenset()
    """Names of variables and properties that hold a router."""
    middleware_words: ClassVar[frozenset[str]] = frozenset({"middleware"})

    def __init__(self, project: Project) -> None:
        self.project = project
        self.known = Classes(project)
        self.registrars: dict[str, Callable[[Link, tuple[Link, ...], Place], Iterator[Registered]]] = {}

    def routes(self, modules: Iterable[Module]) -> Iterator[Route]:
        """The routes of files; tests are left out."""
        for module in modules:
            if not is_test(module.path):
                for registered in self.run(module.body, self.place(module), MAX_DEPTH):
                    yield from self.made(registered)

    def place(self, module: Module) -> Place:
        """What holds at the top of a file."""
        return Place(module)

    def run(self, body: tuple[Statement, ...], place: Place, depth: int) -> Iterator[Registered]:
        """Statements in order, all branches of them; closures that a file returns or assigns are read too."""
        if depth == 0:
            return
        for statement in body:
            if isinstance(statement, Block):
                for inner in statement.bodies:
                    yield from self.run(inner, place, depth - 1)
            elif isinstance(statement, Function | Class):
                yield from self.defined(statement, place, depth)
            elif isinstance(statement, Evaluate | Return | Assign) and statement.value is not None:
                if (
                    isinstance(statement, Assign)
                    and isinstance(statement.targets[0], Name)
                    and (text := text_of(statement.value, place.env)) is not None
                ):
                    place.env[statement.targets[0].id] = text
                yield from self.evaluated(statement.value, place, depth)

    def defined(self, statement: Function | Class, place: Place, depth: int) -> Iterator[Registered]:
        """Functions and methods that are given a router register on it; so does what calls the framework's own class."""
        for member in statement.body if isinstance(statement, Class) else (statement,):
            if isinstance(member, Function):
                given = {one.name for one in member.parameters if one.annotation is not None and dotted(one.annotation).rpartition(".")[2] in _TYPES}
                if given or self.classes:
                    yield from self.run(member.body, replace(place, routers=place.routers | given), depth - 1)

    @staticmethod
    def assigned(statement: Assign, place: Place) -> None:
        """Note a variable that holds text."""
        text = text_of(statement.value, place.env)
        if isinstance(statement.targets[0], Name) and text is not None:
            place.env[statement.targets[0].id] = text

    def evaluated(self, value: Expression, place: Place, depth: int) -> Iterator[Registered]:
        """One expression: a chain on a router, or a function that registers when it runs."""
        if isinstance(value, Function):
            routers = frozenset(parameter.name for parameter in value.parameters[:1])
            yield from self.run(value.body, replace(place, routers=place.routers | routers), depth - 1)
            return
        root, links = chain(value)
        if not links or not self.is_router(root, place):
            return
        for link in links:
            if link.name in self.registrars:
                rest = tuple(other for other in links if other is not link)
                yield from self.registrars[link.name](link, rest, self.modified(rest, place))
                return

    def is_router(self, root: Expression, place: Place) -> bool:
        """Whether a chain begins with a router."""
        if isinstance(root, Name) and root.id.startswith("$"):
            return root.id in place.routers or root.id[1:] in self.variables
        if isinstance(root, Attribute):
            return root.name in self.variables
        return isinstance(root, Name) and self.project.qualified(place.module, root) in self.classes

    def modified(self, links: tuple[Link, ...], place: Place) -> Place:
        """The place with what the other words of a chain say: middleware, and what a framework adds."""
        for link in links:
            if link.name in self.middleware_words:
                place = replace(place, middleware=(*place.middleware, *((place.module, argument) for argument in link.call.arguments)))
        return place

    def grouped(self, closure: Expression | None, place: Place, depth: int = MAX_DEPTH) -> Iterator[Registered]:
        """The body of a group."""
        if isinstance(closure, Function):
            routers = place.routers | frozenset(parameter.name for parameter in closure.parameters[:1])
            yield from self.run(closure.body, replace(place, routers=routers), depth - 1)

    # routes

    def made(self, registered: Registered) -> Iterator[Route]:
        """The routes of one declaration, with handler, parameters and guards."""
        place = registered.place
        served = self.served(registered)
        path = template(joined(place.prefix, registered.path))
        for method in registered.methods:
            yield self.route(method, path, place.module, registered.call, served, self.guards(place, method, path))

    def served(self, registered: Registered) -> Served | None:
        """The function that serves a route."""
        place = registered.place
        return self.known.handler(place.module, registered.handler, place.controller, place.namespace)

    def route(
        self, method: str, path: str, module: Module, node: Node, served: Served | None, guards: tuple[Guard, ...], declared: tuple[str, ...] = ()
    ) -> Route:
        """One route."""
        handler = None
        bodies: list[object] = []
        if served is not None:
            function = served.function
            first = min([function.line, *(decorator.line for decorator in function.decorators)])
            handler = Handler(file=served.module.path, line=first, end=function.end, function=served.name or f"{method} {path}")
            bodies = self.bodies(served)
            guards = (*guards, *self.own_guards(served))
        return Route(
            method=method,
            path=path,
            framework=self.framework,
            handler=handler,
            registration=self.project.evidence(module.path, node.line, min(node.end, node.line + 5)),
            parameters=parameters(bodies, method, path, declared),
            guards=tuple(dict.fromkeys(guards)),
        )

    def bodies(self, served: Served) -> list[object]:
        """The handler's body and those of methods of its class that it calls."""
        found: list[object] = [served.function.body]
        seen = {served.function.name.lower()}
        for body in found:
            for node in walk(body):
                name = dotted(node.callee).removeprefix("this.") if isinstance(node, Call) else ""
                if not name or "." in name or name.lower() in seen or served.definition is None or len(found) >= MAX_FOLLOWED:
                    continue
                seen.add(name.lower())
                called = self.known.method((served.module, served.definition), name)
                if called is not None:
                    found.append(called.function.body)
        return found

    # guards

    def guards(self, place: Place, method: str, path: str) -> tuple[Guard, ...]:
        """The guards of the middleware around a route."""
        del method, path
        return tuple(guard for module, expression in place.middleware for guard in self.of_middleware(module, expression))

    def of_middleware(self, module: Module, expression: Expression, reach: Reach = "router") -> Iterator[Guard]:
        """What middleware as it is written guards: by its code where that is found, else by its name."""
        names = texts_of(expression) if not isinstance(expression, Attribute | Function) else ()
        found = [(usual(name), name) for name in names] or list(self.categories(module, expression))
        for category, name in found:
            if category is not None:
                yield self.guard(module, expression, category, name, reach)

    def categories(self, module: Module, expression: Expression) -> Iterator[tuple[ControlCategory, str]]:
        """What a middleware class or closure guards."""
        served = self.known.handler(module, expression)
        target = expression.callee if isinstance(expression, Call) else expression.object if isinstance(expression, Attribute) else expression
        name = dotted(target) or "middleware"
        if served is not None:
            yield from ((category, name) for category in of_body(served.function.body))
        elif (category := usual(name)) is not None:
            yield category, name

    def own_guards(self, served: Served) -> Iterator[Guard]:
        """Checks in the handler itself."""
        for category, name, node in in_handler(served.function.body):
            yield self.guard(served.module, node, category, name, "handler")

    def guard(self, module: Module, node: Node, category: ControlCategory, name: str, reach: Reach) -> Guard:
        """A guard cited at a node."""
        evidence = self.project.evidence(module.path, node.line, min(node.end, node.line + 10))
        return Guard(category=category, name=name[:200], scope=reach, evidence=evidence)


def chain(value: Expression) -> tuple[Expression, tuple[Link, ...]]:
    """`A::b(1)->c(2)` as its root A and the links b and c."""
    links: list[Link] = []
    while isinstance(value, Call) and isinstance(value.callee, Attribute) and len(links) < 50:
        links.append(Link(value.callee.name, value))
        value = value.callee.object
    return value, tuple(reversed(links))


def argument(call: Call, position: int, *names: str) -> Expression | None:
    """An argument by position or name."""
    for name in names:
        if (found := call.keyword(name)) is not None:
            return found
    return call.arguments[position] if len(call.arguments) > position else None
