"""fasthttp: the routers that are written for it, and servers whose handler tells paths apart by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Argument, Closure, Router, Served, site_of
from threat_modeling.codebase.syntax import Attribute, Block, Call, Literal, Name, Node, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Statement

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

    def call(self, name: str, invocation: Invocation) -> Value:
        """`fasthttp.ListenAndServe(addr, handler)`: a handler that tells paths apart by itself."""
        served = invocation.value(1)
        if not name.startswith(f"{self.package}.ListenAndServe") or not isinstance(served, Closure):
            return None
        router = self.evaluation.added(Router(self, invocation.site))
        for node in walk(served.function.body):
            if isinstance(node, Block) and node.kind == "switch" and any(_is_path(part) for part in walk(node.heads[:1])):
                for head, body in zip(node.heads[1:], node.bodies, strict=False):
                    self._told(router, served, head, body, invocation)
        return router

    def _told(self, router: Router, served: Closure, head: Expression, body: tuple[Statement, ...], invocation: Invocation) -> None:
        """One case: each function that it calls under `ctx.IsGet()` and the like, or the first that it calls."""
        paths = [text for part in walk(head) if isinstance(part, Literal) and (text := str(part.value)).startswith("/")]
        found: list[tuple[tuple[str, ...], Node]] = []
        for node in body:
            if isinstance(node, Block) and node.kind == "if":
                pairs = zip(node.heads, node.bodies, strict=False)
                found += [
                    ((method,), branch[0])
                    for test, branch in pairs
                    if branch and (method := dotted(test).rpartition(".Is")[2].rstrip("()").upper()) in METHODS
                ]
        for methods, place in found or [(ANY, body[0])] if body else ():
            called = next((part.callee for part in walk(place) if isinstance(part, Call)), None)
            value = self.evaluation.value(called, served.frame) if isinstance(called, Name) else None
            target = Argument(value if isinstance(value, Closure) else served, site_of(served.frame, place), dotted(called))
            for path in paths:
                self.add(router, Served(methods, path, (target,), invocation.site))

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


def _is_path(node: object) -> bool:
    return isinstance(node, Attribute) and node.name == "Path"


DIALECT: Final = FastHttp


def routes(project: Project) -> Iterator[Route]:
    """The routes of every fasthttp application of a target."""
    yield from routes_of(project, FastHttp.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
