"""Hono: chained verbs, `route` mounts, `basePath`, `on`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.javascript.paths import joined, template
from threat_modeling.codebase.javascript.values import Argument, Constant, Foreign, Frame, Record, Registration, Router, Value, site_of
from threat_modeling.codebase.javascript.verbs import Verbs, paths_of, routes_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Call

KEYWORDS: Final = ("hono", "Hono")


class Hono(Verbs):
    """What Hono calls its applications and what their methods register."""

    creators: ClassVar[frozenset[str]] = frozenset(["hono.Hono", "hono/tiny.Hono", "hono/quick.Hono", "@hono/zod-openapi.OpenAPIHono", "hono"])

    def special(self, owner: Router, name: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """`route(path, app)`, `basePath(path)`, `on(methods, paths, ...)`, `openapi(route, handler)`."""
        site = site_of(frame, call)
        first = arguments[0].value if arguments else None
        if name in {"route", "mount"} and len(arguments) > 1:
            owner.registrations.append(Registration((), paths_of(first), arguments[1:], site, "use"))
        elif name == "basepath" and isinstance(first, Constant):
            owner.prefix = joined(owner.prefix, template(str(first.value)))
        elif name == "on" and len(arguments) > 2:
            methods = tuple(method.upper() for method in texts_of(first))
            owner.registrations.append(Registration(methods, paths_of(arguments[1].value), arguments[2:], site))
        elif name == "openapi" and len(arguments) > 1:
            self._described(owner, first, arguments, call, frame)
        else:
            return None
        return owner

    @staticmethod
    def _described(owner: Router, first: Value, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> None:
        options = first.arguments[0] if isinstance(first, Foreign) and first.arguments else first
        if isinstance(options, Record):
            methods = tuple(method.upper() for method in texts_of(options.fields.get("method")))
            owner.registrations.append(Registration(methods, paths_of(options.fields.get("path")), arguments[1:], site_of(frame, call)))


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Hono application of a target."""
    yield from routes_of(project, Hono(), KEYWORDS, "hono")
