"""Rails: the table of routes.rb with engines and drawn files, controllers with what they inherit, callbacks as guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Guard, Handler, Route
from threat_modeling.codebase.ruby.callbacks import Callbacks
from threat_modeling.codebase.ruby.controllers import Controllers, Definition
from threat_modeling.codebase.ruby.requests import parameters
from threat_modeling.codebase.ruby.tables import Tables, tables
from threat_modeling.codebase.syntax import Call, Function, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import EntryPointType
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.ruby.scope import Mapped

LANGUAGES: Final = ("ruby",)
KEYWORDS: Final = ("routes.draw", "routes.prepend", "routes.append", "add_routes")
MAX_FOLLOWED: Final = 12


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Rails application and engine of a target."""
    found = tables(project)
    reader = _Reader(project, found)
    for mapped in found.routes:
        route = reader.route(mapped)
        if route is not None:
            yield route


class _Reader:
    """Makes routes of table entries."""

    def __init__(self, project: Project, found: Tables) -> None:
        self._project = project
        self._tables = found
        self._controllers = Controllers(project)
        self._callbacks = Callbacks(project, self._controllers)

    def route(self, mapped: Mapped) -> Route | None:
        """One entry with its handler, parameters and guards; None for an application of the target that other resolvers read."""
        if mapped.target is not None and self._tables.is_application(mapped):
            return None
        registration = self._project.evidence(mapped.module.path, mapped.node.line, mapped.node.line)
        definition = self._controllers.controller(mapped.module.path, mapped.controller) if mapped.controller else None
        served = self._controllers.action(definition, mapped.action) if definition is not None else None
        handler: Handler | None = None
        bodies: tuple[object, ...] = ()
        guards = self._scoped(mapped)
        unread: tuple[str, ...] = ()
        if definition is not None and served is not None:
            owner, function = served
            handler = Handler(
                file=owner.module.path, line=function.line, end=function.end, function=f"{definition.node.name.rpartition('::')[2]}.{mapped.action}"
            )
            bodies = self._followed(definition, function)
            own, unread = self._callbacks.of(definition, mapped.action, function, mapped.method)
            guards = (*guards, *own)
        elif mapped.target is not None:
            handler = Handler(file=mapped.module.path, line=mapped.node.line, end=mapped.node.end, function=mapped.action)
        return Route(
            type=_type(mapped),
            method=mapped.method,
            path=mapped.path,
            framework="rails",
            handler=handler,
            registration=registration,
            parameters=parameters(bodies, mapped.method, mapped.path),
            guards=tuple(dict.fromkeys(guards)),
            unread=unread,
        )

    def _scoped(self, mapped: Mapped) -> tuple[Guard, ...]:
        """`authenticate :admin do`: who is let through to a route at all."""
        found = []
        for call in mapped.guards:
            if dotted(call.callee) in {"authenticate", "authenticated"}:
                category = ControlCategory.AUTHORIZATION if len(call.arguments) > 1 else ControlCategory.AUTHENTICATION
                evidence = self._project.evidence(mapped.module.path, call.line, call.line)
                found += [
                    Guard(category=one, name=dotted(call.callee), scope="router", evidence=evidence)
                    for one in dict.fromkeys((ControlCategory.AUTHENTICATION, category))
                ]
        return tuple(found)

    def _followed(self, definition: Definition, function: Function) -> tuple[object, ...]:
        """The bodies of an action and of the methods of its class that it calls."""
        pending, seen = [function], {function.name}
        bodies: list[object] = []
        while pending and len(bodies) < MAX_FOLLOWED:
            current = pending.pop(0)
            bodies.append(current.body)
            for node in walk(current.body):
                name = dotted(node.callee).removeprefix("self.") if isinstance(node, Call) else ""
                if name and "." not in name and name not in seen:
                    seen.add(name)
                    found = self._controllers.action(definition, name)
                    if found is not None:
                        pending.append(found[1])
        return tuple(bodies)


def _type(mapped: Mapped) -> EntryPointType:
    target = mapped.action.lower() if mapped.target is not None else ""
    if target.startswith("actioncable"):
        return "websocket"
    return "graphql" if mapped.controller.endswith("graphql") else "http"
