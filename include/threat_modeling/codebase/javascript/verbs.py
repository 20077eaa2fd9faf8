"""What most frameworks of Node.js have in common: a method for each HTTP method, `use` for middleware and mounts, prefixes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.javascript.evaluation import Evaluation
from threat_modeling.codebase.javascript.paths import from_pattern, template
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
    Record,
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
METHODS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "query"})


class Verbs:
    """A dialect of that kind; a framework says what differs."""

    creators: ClassVar[frozenset[str]] = frozenset()
    """Functions and classes of packages that make an application or a router."""
    methods: ClassVar[frozenset[str]] = METHODS
    names: ClassVar[tuple[str, ...]] = ("app", "router", "server", "api", "route", "routes")
    """How a parameter is called that is taken for an application where nobody is seen to pass one."""

    def __init__(self) -> None:
        self.evaluation: Evaluation | None = None

    def create(self, foreign: Foreign, call: Call, frame: Frame) -> Router | None:
        """An application or router; the option `prefix` is remembered."""
        if foreign.name not in self.creators or foreign.called:
            return None
        options = self.evaluation.value(call.arguments[0], frame) if self.evaluation and call.arguments else None
        prefix = options.fields.get("prefix") if isinstance(options, Record) else None
        return Router(site_of(frame, call), template(str(prefix.value)) if isinstance(prefix, Constant) else "")

    def register(self, router: Router | Step, method: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """A verb, `all`, `use` or what the framework adds; any other method returns the application."""
        owner = router.router if isinstance(router, Step) else router
        name = {"del": "delete", "any": "all", "opts": "options"}.get(method.lower(), method.lower())
        special = self.special(owner, name, arguments, call, frame)
        if special is not None:
            return special
        site = site_of(frame, call)
        if name in self.methods or name == "all":
            paths, rest = (router.paths, arguments) if isinstance(router, Step) else self.path_and_handlers(arguments)
            if rest and paths:
                owner.registrations.append(Registration(("ANY",) if name == "all" else (name.upper(),), paths, rest, site))
        elif name == "use" and arguments:
            first = arguments[0].value
            paths = paths_of(first) if isinstance(first, Constant | Pattern) or _is_paths(first) else ()
            owner.registrations.append(Registration((), paths, arguments[1:] if paths else arguments, site, "use"))
        return router

    def special(self, owner: Router, name: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """What only this framework has; None where the method is none of it."""
        del name, arguments, call, frame
        return None if isinstance(owner, Router) else owner

    def path_and_handlers(self, arguments: tuple[Argument, ...]) -> tuple[tuple[str, ...], tuple[Argument, ...]]:
        """The paths that a verb's first argument names, and what serves them."""
        return (paths_of(arguments[0].value), arguments[1:]) if arguments else ((), ())

    def observe(self, foreign: Foreign, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> None:
        """Nothing registers on its own."""

    def assume(self, given: Given, method: str, arguments: tuple[Argument, ...]) -> bool:
        """`function routes(app) { app.get("/x", handler) }`, which nobody was seen to call."""
        if not given.name.lower().endswith(self.names) or not arguments:
            return False
        first = arguments[0].value
        is_path = isinstance(first, Constant) and isinstance(first.value, str) and first.value.startswith(("/", "*", "{"))
        if method in {"use", "route"}:
            return is_path and (len(arguments) > 1 or method == "route")
        return method in self.methods | {"all"} and is_path and any(isinstance(a.value, Closure) or a.written for a in arguments[1:])


def paths_of(value: Value) -> tuple[str, ...]:
    """The paths that an argument names; an unknown one is a parameter."""
    if isinstance(value, Listed):
        return tuple(path for item in value.items for path in paths_of(item))
    if isinstance(value, Pattern):
        return (from_pattern(value.source),)
    if isinstance(value, Constant):
        return (template(value.value),) if isinstance(value.value, str) else ()
    if isinstance(value, Given | Foreign):
        return (f"/{{{value.name.rpartition('.')[2] or 'path'}}}",)
    return ()


def texts_of(value: Value) -> tuple[str, ...]:
    """The texts of a constant or a list of constants."""
    items = value.items if isinstance(value, Listed) else [value]
    return tuple(str(item.value) for item in items if isinstance(item, Constant))


def _is_paths(value: Value) -> bool:
    return isinstance(value, Listed) and bool(value.items) and all(isinstance(item, Constant | Pattern) for item in value.items)


def routes_of(project: Project, dialect: Verbs, keywords: tuple[str, ...], framework: str) -> Iterator[Route]:
    """The routes of every application that speaks a dialect, in files that hold a keyword; tests are left out."""
    evaluation = dialect.evaluation = Evaluation(project, dialect)
    for module in project.modules(LANGUAGES, keywords):
        if not is_test(module.path):
            evaluation.follow(module)
    yield from Routing(evaluation, framework).routes()
