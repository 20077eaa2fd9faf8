"""Oak: the routers of Deno, imported by name, by URL or from JSR."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.values import Foreign, Frame, Router
from threat_modeling.codebase.javascript.verbs import routes_of
from threat_modeling.codebase.resolvers.koa import Koa

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Call

KEYWORDS: Final = ("oak@", "@oak/oak", "/oak")
_CREATOR: Final = re.compile(r"(?:^|[/:])oak(?:@[^/]*)?(?:/(?:mod|router|application)(?:\.ts)?)?\.(?:Router|Application)$")


class Oak(Koa):
    """Oak's routers are Koa's, under other names."""

    def create(self, foreign: Foreign, call: Call, frame: Frame) -> Router | None:
        """`new Router({prefix})`, whatever version is imported from wherever."""
        if foreign.called or not _CREATOR.search(foreign.name):
            return None
        return super().create(Foreign("koa-router"), call, frame)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Oak application of a target."""
    yield from routes_of(project, Oak(), KEYWORDS, "oak")
