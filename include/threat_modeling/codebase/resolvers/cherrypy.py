"""CherryPy: trees of exposed objects, method dispatchers, `popargs`, route dispatchers, tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.handlers import METHODS
from threat_modeling.codebase.python.routers import joined
from threat_modeling.codebase.python.views import Served, class_methods, lineage, options
from threat_modeling.codebase.python.wiring import Wiring, calls, places_of
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Expression, Function, Literal, Mapping, Name, Sequence, Statement, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("cherrypy",)
_MAX_DEPTH: Final = 10
_MOUNTS: Final = frozenset({"cherrypy.quickstart", "cherrypy.tree.mount", "cherrypy.tree.graft", "cherrypy.Application"})


@dataclass(frozen=True)
class _Node:
    """An object of a tree: its class, and where it is mounted."""

    scope: Scope
    class_: Class
    path: str
    place: Scope
    mount: Call


def routes(project: Project) -> Iterator[Route]:
    """The routes of all CherryPy trees in a project."""
    places = places_of(project, KEYWORDS, ("cherrypy",))
    if places:
        yield from _CherryPy(project, places).routes()


class _CherryPy:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._places = places
        self._endpoints = Endpoints(project, "cherrypy")
        self._wiring = Wiring(places, lambda _scope, _call: None)

    def routes(self) -> Iterator[Route]:
        for scope, statement in self._places:
            for call in calls(statement):
                if scope.qualified(call.callee) in _MOUNTS and call.arguments:
                    found = self._wiring.class_of(scope, call.arguments[0])
                    path = scope.constant(call.keyword("script_name") or (call.arguments[1] if len(call.arguments) > 1 else None)) or ""
                    if found is not None:
                        yield from self._tree(_Node(*found, path.rstrip("/"), scope, call), call.arguments[0], 0)
                elif isinstance(call.callee, Attribute) and call.callee.name == "connect" and call.keyword("controller") is not None:
                    yield from self._connected(scope, call)

    def _tree(self, node: _Node, instance: Expression | None, depth: int) -> Iterator[Route]:
        if depth > _MAX_DEPTH:
            return
        taken = _popped(node)
        node = _Node(node.scope, node.class_, node.path + "".join(f"/{{{name}}}" for name in taken), node.place, node.mount)
        by_method = _is_exposed(node.scope, node.class_)
        for scope, owner, function in class_methods(node.scope, node.class_):
            if by_method and function.name in METHODS:
                yield from self._verb(node, scope.within(owner), function)
            elif not by_method and _exposing(scope.within(owner), function) is not None:
                yield from self._page(node, scope.within(owner), function)
        for name, (where, value) in _children(node, instance, self._places).items():
            found = self._wiring.class_of(where, value)
            if found is not None and found[1] is not node.class_:
                yield from self._tree(_Node(*found, f"{node.path}/{name}", node.place, node.mount), None, depth + 1)

    def _verb(self, node: _Node, scope: Scope, function: Function) -> Iterator[Route]:
        """A method of a resource: what it must be given comes from the path."""
        required = [p.name for p in function.parameters[1:] if p.default is None and not p.name.startswith("*")]
        path = (node.path or "/") if not required else node.path + "".join(f"/{{{name}}}" for name in required)
        yield from self._emit(node, scope, function, path, (function.name,))

    def _page(self, node: _Node, scope: Scope, function: Function) -> Iterator[Route]:
        """An exposed method: its name is the path, `index` the object's own, `default` all that nothing else serves."""
        names = [*filter(None, _exposing(scope, function) or ()), function.name] if function.name != "index" else [""]
        names = names[:-1] if len(names) > 1 and not _is_listed(scope, function) else names
        if function.name == "default":
            names = ["{path}"]
        methods = tuple(_allowed(scope, function)) or ("ANY",)
        for name in names:
            yield from self._emit(node, scope, function, joined(node.path, name) if name else node.path or "/", methods)

    def _emit(self, node: _Node, scope: Scope, function: Function, path: str, methods: tuple[str, ...]) -> Iterator[Route]:
        read = tuple(
            Parameter(name=p.name[:200], source="query") for p in function.parameters[1:] if f"{{{p.name}}}" not in path and p.name.isidentifier()
        )
        own = tuple(self._endpoints.guards.of(scope, function.decorators, "route"))
        for method in methods:
            served = Served(method, scope, function, f"{node.class_.name}.{function.name}")
            yield from self._endpoints.served(Registration(node.place, node.mount, path), method, served, own=own, parameters=read)

    def _connected(self, scope: Scope, call: Call) -> Iterator[Route]:
        """`dispatcher.connect("name", "/path/{id}", controller=Users(), action="show", conditions={"method": ["GET"]})`."""
        path = scope.constant(call.keyword("route") or (call.arguments[1] if len(call.arguments) > 1 else None))
        found = self._wiring.class_of(scope, call.keyword("controller"))
        action = scope.constant(call.keyword("action")) or "index"
        conditions = call.keyword("conditions")
        given = (
            conditions.get("method") if isinstance(conditions, Mapping) else conditions.keyword("method") if isinstance(conditions, Call) else None
        )
        if path is None or found is None:
            return
        for inner, owner, function in class_methods(*found):
            if function.name == action:
                node = _Node(*found, "", scope, call)
                yield from self._emit(node, inner.within(owner), function, path, options(scope, given) or ("ANY",))


def _children(node: _Node, instance: Expression | None, places: list[tuple[Scope, Statement]]) -> dict[str, tuple[Scope, Expression]]:
    """Attribute -> the object below: class attributes, those that methods set on `self`, and those set on the instance by its name."""
    found: dict[str, tuple[Scope, Expression]] = {}
    for scope, owner in reversed([*lineage(node.scope, node.class_)]):
        found.update({target.id: (scope, value) for target, value in _assigned(owner.body) if isinstance(target, Name)})
        methods = [method for method in owner.body if isinstance(method, Function)]
        found.update({name: (scope, value) for method in methods for name, value in _attributes(walk(method.body), "self")})
    if isinstance(instance, Name):
        for scope, statement in places:
            if scope.module.path == node.place.module.path:
                found.update({name: (scope, value) for name, value in _attributes((statement,), instance.id)})
    return found


def _assigned(statements: Iterable[object]) -> Iterator[tuple[Expression, Expression]]:
    for statement in statements:
        if isinstance(statement, Assign) and statement.value is not None:
            yield from ((target, statement.value) for target in statement.targets)


def _attributes(statements: Iterable[object], owner: str) -> Iterator[tuple[str, Expression]]:
    for target, value in _assigned(statements):
        if isinstance(target, Attribute) and isinstance(target.object, Name) and target.object.id == owner:
            yield target.name, value


def _is_exposed(scope: Scope, class_: Class) -> bool:
    """Tell an object that a method dispatcher serves: exposed as a whole."""
    if any(scope.qualified(decorator).removesuffix("()") == "cherrypy.expose" for decorator in class_.decorators):
        return True
    return any(
        isinstance(node, Assign)
        and isinstance(node.value, Literal)
        and node.value.value is True
        and any(isinstance(target, Name) and target.id == "exposed" for target in node.targets)
        for _, owner in lineage(scope, class_)
        for node in owner.body
    )


def _is_listed(scope: Scope, function: Function) -> bool:
    """Tell `@cherrypy.expose(["alias"])`, which adds names; a single text stands in place of the method's own."""
    calls_ = [d for d in function.decorators if isinstance(d, Call) and scope.qualified(d.callee) == "cherrypy.expose"]
    return any(isinstance(argument, Sequence) for call in calls_ for argument in call.arguments[:1])


def _exposing(scope: Scope, function: Function) -> tuple[str, ...] | None:
    """The aliases that `@cherrypy.expose` gives; None for a method that is not exposed."""
    for decorator in function.decorators:
        if scope.qualified(decorator).removesuffix("()") == "cherrypy.expose":
            given = decorator.arguments[0] if isinstance(decorator, Call) and decorator.arguments else None
            elements = given.elements if isinstance(given, Sequence) else (given,)
            return tuple(name for element in elements if (name := scope.constant(element)) is not None)
    for owner in scope.classes[-1:]:
        for node in owner.body:
            on = isinstance(node, Assign) and isinstance(node.value, Literal) and node.value.value is True
            if (
                isinstance(node, Assign)
                and on
                and any(
                    isinstance(target, Attribute)
                    and target.name == "exposed"
                    and isinstance(target.object, Name)
                    and target.object.id == function.name
                    for target in node.targets
                )
            ):
                return ()
    return None


def _popped(node: _Node) -> list[str]:
    """The segments that `@cherrypy.popargs("id")` takes from the path."""
    names: list[str] = []
    for decorator in node.class_.decorators:
        if isinstance(decorator, Call) and node.scope.qualified(decorator.callee) == "cherrypy.popargs":
            names += [name for argument in decorator.arguments if (name := node.scope.constant(argument))]
    return names


def _allowed(scope: Scope, function: Function) -> Iterator[str]:
    """`@cherrypy.tools.allow(methods=["POST"])`."""
    for decorator in function.decorators:
        if isinstance(decorator, Call) and scope.qualified(decorator.callee) == "cherrypy.tools.allow":
            given = decorator.keyword("methods") or (decorator.arguments[0] if decorator.arguments else None)
            yield from options(scope, given) if isinstance(given, Sequence | Name) else filter(None, [scope.constant(given)])
