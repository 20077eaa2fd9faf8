"""Koa with its routers: prefixes, named routes, nested routers, koa-mount."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.javascript.paths import template
from threat_modeling.codebase.javascript.values import Argument, Constant, Foreign, Frame, Registration, Router, Value, site_of
from threat_modeling.codebase.javascript.verbs import METHODS, Verbs, paths_of, routes_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Call

KEYWORDS: Final = ("koa",)


class Koa(Verbs):
    """What Koa's packages call their routers and what their methods register."""

    creators: ClassVar[frozenset[str]] = frozenset(
        ["koa", "koa-router", "@koa/router", "koa-better-router", "koa-joi-router", "koa-tree-router", "koa-router.Router", "@koa/router.Router"]
    )

    def create(self, foreign: Foreign, call: Call, frame: Frame) -> Router | None:
        """Also `mount("/path", app)`, which is a router with that prefix."""
        if foreign.name == "koa-mount" and self.evaluation is not None and len(call.arguments) > 1:
            path, mounted = (self.evaluation.settled(self.evaluation.value(argument, frame)) for argument in call.arguments[:2])
            site = site_of(frame, call)
            argument = Argument(mounted, site, "")
            return Router(site, registrations=[Registration((), paths_of(path), (argument,), site, "use")])
        package, _, verb = foreign.name.rpartition(".")
        if package == "koa-route" and verb in METHODS and self.evaluation is not None and len(call.arguments) > 1:
            given = self.evaluation.arguments(call, frame)
            site = site_of(frame, call)
            return Router(site, registrations=[Registration((verb.upper(),), paths_of(given[0].value), given[1:], site)])
        return super().create(foreign, call, frame)

    def special(self, owner: Router, name: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """`prefix(path)`, also after routes were registered; `register(path, methods, ...)`, `redirect(from, to)`."""
        first = arguments[0].value if arguments else None
        if name == "prefix" and isinstance(first, Constant):
            owner.prefix = template(str(first.value)) + owner.prefix
            return owner
        if name == "register" and len(arguments) > 2:
            methods = tuple(method.upper() for method in texts_of(arguments[1].value))
            owner.registrations.append(Registration(methods, paths_of(first), arguments[2:], site_of(frame, call)))
            return owner
        if name == "redirect" and len(arguments) > 1:
            owner.registrations.append(Registration(("ANY",), paths_of(first), arguments[:1], site_of(frame, call)))
            return owner
        return None

    def path_and_handlers(self, arguments: tuple[Argument, ...]) -> tuple[tuple[str, ...], tuple[Argument, ...]]:
        """A route may have a name before its path."""
        if len(arguments) > 2 and all(isinstance(argument.value, Constant) for argument in arguments[:2]):
            arguments = arguments[1:]
        return super().path_and_handlers(arguments)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Koa application of a target."""
    yield from routes_of(project, Koa(), KEYWORDS, "koa")
