"""fasthttp: the routers that are written for it, and servers whose handler tells paths apart by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import ANY, Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Router, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = (
    "github.com/valyala/fasthttp",
    "github.com/fasthttp/router",
    "github.com/buaazp/fasthttprouter",
    "github.com/qiangxue/fasthttp-routing",
)
_ROUTERS: Final = ("github.com/fasthttp/router", "github.com/buaazp/fasthttprouter", "github.com/qiangxue/fasthttp-routing")


class FastHttp(Dialect):
    """What the routers for fasthttp are called."""

    framework: ClassVar[str] = "fasthttp"
    package: ClassVar[str] = "github.com/valyala/fasthttp"
    contexts: ClassVar[tuple[str, ...]] = ("RequestCtx",)
    named: ClassVar[frozenset[str]] = frozenset({"Handle"})

    def create(self, name: str, invocation: Invocation) -> Router | None:
        """`router.New()`."""
        head, _, last = name.rpartition(".")
        return Router(self, invocation.site) if head in _ROUTERS and last in {"New", "Router"} else None

    def is_router(self, name: str) -> bool:
        """`*router.Router` and `*router.Group`."""
        head, _, last = name.rpartition(".")
        return head in _ROUTERS and last in {"Router", "Group", "RouteGroup"}

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`ServeFiles("/static/{filepath:*}", "./public")`."""
        if method in {"ServeFiles", "ServeFilesCustom"} and invocation.text(0) is not None:
            self.add(router, Served(("GET",), invocation.text(0) or "", (), invocation.site, kind="folder", folder=invocation.text(1) or ""))
        elif method == "ANY":
            return self.served(router, ANY, 0, invocation)
        return router


DIALECT: Final = FastHttp


def routes(project: Project) -> Iterator[Route]:
    """The routes of every fasthttp application of a target."""
    yield from routes_of(project, FastHttp.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
