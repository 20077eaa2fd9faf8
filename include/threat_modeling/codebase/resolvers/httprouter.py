"""httprouter, and routers that are used as it is: bone, pat of gorilla and bmizerany, way."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Router, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

_PACKAGES: Final = ("github.com/julienschmidt/httprouter", "github.com/go-zoo/bone", "github.com/gorilla/pat", "github.com/bmizerany/pat")
KEYWORDS: Final = _PACKAGES


class HttpRouter(Dialect):
    """What these packages call their routers."""

    framework: ClassVar[str] = "httprouter"
    contexts: ClassVar[tuple[str, ...]] = ("Params",)
    named: ClassVar[frozenset[str]] = frozenset({"Handle", "Handler", "HandlerFunc", "HandleFunc"})

    def known(self, name: str, among: tuple[str, ...]) -> bool:
        """One of these names of any of the packages."""
        head, _, last = name.rpartition(".")
        return last in among and head in _PACKAGES

    def create(self, name: str, invocation: Invocation) -> Router | None:
        """`httprouter.New()`."""
        return Router(self, invocation.site) if self.known(name, ("New", "Router", "Mux")) else None

    def is_router(self, name: str) -> bool:
        """`*httprouter.Router`."""
        return self.known(name, ("Router", "Mux", "PatternServeMux"))

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`ServeFiles("/static/*filepath", http.Dir("static"))`."""
        if method == "ServeFiles" and invocation.text(0) is not None:
            given = getattr(invocation.value(1), "arguments", ())
            folder = str(getattr(given[0], "value", "")) if given else ""
            self.add(router, Served(("GET",), invocation.text(0) or "", (), invocation.site, kind="folder", folder=folder))
        return router


DIALECT: Final = HttpRouter


def routes(project: Project) -> Iterator[Route]:
    """The routes of every application of a target that uses such a router."""
    yield from routes_of(project, HttpRouter.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
