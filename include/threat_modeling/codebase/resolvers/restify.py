"""Restify: `server.get({path: "/x"}, ...)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.javascript.values import Argument, Frame, Record, Registration, Router, Value, site_of
from threat_modeling.codebase.javascript.verbs import METHODS, Verbs, paths_of, routes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Call

KEYWORDS: Final = ("restify",)


class Restify(Verbs):
    """What Restify calls its servers and what their methods register."""

    creators: ClassVar[frozenset[str]] = frozenset({"restify.createServer", "restify-router.Router"})
    methods: ClassVar[frozenset[str]] = METHODS

    def special(self, owner: Router, name: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """`router.applyRoutes(server, "/prefix")` and `router.add("/prefix", router)` of restify-router."""
        values = [argument.value for argument in arguments]
        if name == "applyroutes" and values and isinstance(values[0], Router):
            mounted = Argument(owner, site_of(frame, call), "")
            values[0].registrations.append(Registration((), paths_of(values[1]) if len(values) > 1 else (), (mounted,), site_of(frame, call), "use"))
        elif name == "add" and len(arguments) > 1:
            owner.registrations.append(Registration((), paths_of(values[0]), arguments[1:], site_of(frame, call), "use"))
        else:
            return None
        return owner

    def path_and_handlers(self, arguments: tuple[Argument, ...]) -> tuple[tuple[str, ...], tuple[Argument, ...]]:
        """The path may stand among options."""
        first = arguments[0].value if arguments else None
        if isinstance(first, Record):
            return paths_of(first.fields.get("path") or first.fields.get("url")), arguments[1:]
        return super().path_and_handlers(arguments)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Restify server of a target."""
    yield from routes_of(project, Restify(), KEYWORDS, "restify")
