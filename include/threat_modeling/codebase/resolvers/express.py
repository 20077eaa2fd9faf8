"""Express and its kin: applications, routers, mounts across files, guards in order, endpoints derived from models."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.javascript.paths import template
from threat_modeling.codebase.javascript.resources import resource
from threat_modeling.codebase.javascript.values import Argument, Foreign, Frame, Registration, Router, Step, Value, site_of
from threat_modeling.codebase.javascript.verbs import METHODS, Verbs, paths_of, routes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Call

KEYWORDS: Final = ("express", "polka", "restana", "tinyhttp")

_CREATORS: Final = """
    express express.Router express.application express-promise-router express-promise-router.Router router polka restana
    ultimate-express ultimate-express.Router hyper-express.Server hyper-express.Router @tinyhttp/app.App @feathersjs/express
    @awaitjs/express.Router express-async-router.AsyncRouter
"""
_METHODS: Final = """
    copy lock mkcol move purge propfind proppatch report search subscribe unsubscribe unlock trace connect merge m-search notify
    link unlink checkout mkactivity bind rebind unbind acl
"""


class Express(Verbs):
    """What Express calls its applications and what their methods register."""

    creators: ClassVar[frozenset[str]] = frozenset(_CREATORS.split())
    methods: ClassVar[frozenset[str]] = METHODS | frozenset(_METHODS.split())
    names: ClassVar[tuple[str, ...]] = (*Verbs.names, "express")

    def __init__(self) -> None:
        super().__init__()
        self._owners: dict[str, Router] = {}

    def special(self, owner: Router, name: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """`route(path)`, and `ws(path, handler)` of express-ws."""
        if name == "route" and arguments:
            return Step(owner, paths_of(arguments[0].value))
        if name == "ws" and len(arguments) > 1:
            owner.registrations.append(Registration(("GET",), paths_of(arguments[0].value), arguments[1:], site_of(frame, call), "websocket"))
            return owner
        return None

    def observe(self, foreign: Foreign, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> None:
        """Packages that register by themselves on an application passed to them."""
        found = resource(foreign, arguments, self._owners)
        if found is not None:
            owner, endpoints = found
            for methods, path in endpoints:
                owner.registrations.append(Registration(methods, (template(path),), (), site_of(frame, call), "resource"))


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Express application of a target."""
    yield from routes_of(project, Express(), KEYWORDS, "express")
