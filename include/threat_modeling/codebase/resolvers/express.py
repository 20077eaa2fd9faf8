"""Express and its kin: applications, routers, mounts across files, guards in order, endpoints derived from models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.evaluation import Evaluation
from threat_modeling.codebase.javascript.paths import from_pattern, template
from threat_modeling.codebase.javascript.resources import resource
from threat_modeling.codebase.javascript.routing import Routing, is_test
from threat_modeling.codebase.javascript.values import (
    Argument,
    Closure,
    Constant,
    Foreign,
    Frame,
    Given,
    Listed,
    Pattern,
    Registration,
    Router,
    Step,
    Value,
    site_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Call

LANGUAGES: Final = ("javascript", "typescript", "tsx")
KEYWORDS: Final = ("express", "Router", "polka", "restana", "tinyhttp")

VERBS: Final = frozenset(
    [
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "head",
        "options",
        "copy",
        "lock",
        "mkcol",
        "move",
        "purge",
        "propfind",
        "proppatch",
        "report",
        "search",
        "subscribe",
        "unsubscribe",
        "unlock",
        "trace",
        "connect",
        "merge",
        "m-search",
        "notify",
        "link",
        "unlink",
        "checkout",
        "mkactivity",
        "bind",
        "rebind",
        "unbind",
        "acl",
        "query",
    ]
)
_CREATORS: Final = frozenset(
    [
        "express",
        "express.Router",
        "express.application",
        "express-promise-router",
        "router",
        "express-async-router.AsyncRouter",
        "polka",
        "restana",
        "ultimate-express",
        "ultimate-express.Router",
        "hyper-express.Server",
        "hyper-express.Router",
        "@tinyhttp/app.App",
        "@feathersjs/express",
        "express-promise-router.Router",
        "@awaitjs/express.addAsync",
        "@awaitjs/express.Router",
        "express-ws",
    ]
)
_WRAPPING: Final = frozenset({"express-ws", "@awaitjs/express.addAsync", "express-async-router.AsyncRouter"})
_NAMES: Final = ("app", "router", "server", "api", "express", "route", "routes")


class Express:
    """What Express calls its applications and what their methods register."""

    def __init__(self) -> None:
        self._owners: dict[str, Router] = {}

    def create(self, foreign: Foreign, call: Call, frame: Frame) -> Router | None:
        """`express()`, `express.Router()`, `new Router()`."""
        return Router(site_of(frame, call)) if foreign.name in _CREATORS and not foreign.called else None

    def register(self, router: Router | Step, method: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """Verbs, `all`, `use`, `route`, `param`; other methods return the application."""
        name = method.lower()
        owner = router.router if isinstance(router, Step) else router
        site = site_of(frame, call)
        if name == "route" and arguments:
            return Step(owner, _paths(arguments[0].value))
        if name in VERBS or name in {"all", "del"}:
            methods = ("ANY",) if name == "all" else ("DELETE",) if name == "del" else (name.upper(),)
            paths, rest = (router.paths, arguments) if isinstance(router, Step) else (_paths(arguments[0].value) if arguments else (), arguments[1:])
            if rest and paths:
                owner.registrations.append(Registration(methods, paths, rest, site, "route"))
        elif name == "use" and arguments:
            first = arguments[0].value
            paths = _paths(first) if isinstance(first, Constant | Pattern) or _is_paths(first) else ()
            owner.registrations.append(Registration((), paths, arguments[1:] if paths else arguments, site, "use"))
        elif name == "ws" and len(arguments) > 1:
            owner.registrations.append(Registration(("ANY",), _paths(arguments[0].value), arguments[1:], site, "websocket"))
        return router

    def observe(self, foreign: Foreign, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> None:
        """Packages that register by themselves on an application passed to them."""
        found = resource(foreign, arguments, self._owners)
        if found is not None:
            owner, endpoints = found
            for methods, path in endpoints:
                owner.registrations.append(Registration(methods, (template(path),), (), site_of(frame, call), "resource"))

    def assume(self, given: Given, method: str, arguments: tuple[Argument, ...]) -> bool:
        """`function routes(app) { app.get("/x", handler) }`, which nobody was seen to call."""
        if not given.name.lower().endswith(_NAMES) or not arguments:
            return False
        first = arguments[0].value
        is_path = isinstance(first, Constant) and isinstance(first.value, str) and first.value.startswith(("/", "*", "{"))
        if method == "use":
            return len(arguments) > 1 and is_path
        if method == "route":
            return is_path
        return method in VERBS | {"all"} and is_path and any(isinstance(a.value, Closure) or a.written for a in arguments[1:])


def _paths(value: Value) -> tuple[str, ...]:
    """The paths that an argument names; an unknown one is a parameter."""
    if isinstance(value, Listed):
        return tuple(path for item in value.items for path in _paths(item))
    if isinstance(value, Pattern):
        return (from_pattern(value.source),)
    if isinstance(value, Constant):
        return (template(value.value),) if isinstance(value.value, str) else ()
    if isinstance(value, Given | Foreign):
        return (f"/{{{value.name.rpartition('.')[2] or 'path'}}}",)
    return ()


def _is_paths(value: Value) -> bool:
    return isinstance(value, Listed) and bool(value.items) and all(isinstance(item, Constant | Pattern) for item in value.items)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Express application of a target."""
    evaluation = Evaluation(project, Express())
    for module in project.modules(LANGUAGES, KEYWORDS):
        if not is_test(module.path):
            evaluation.follow(module)
    yield from Routing(evaluation, "express").routes()
