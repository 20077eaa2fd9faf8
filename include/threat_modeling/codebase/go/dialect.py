"""What a web framework of Go calls its routers, and what their methods register; each framework's file says what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.values import Argument, Chain, Closure, Constant, Listed, Middleware, Mounted, Record, Router, Served
from threat_modeling.codebase.go.wrapping import below, mounted

if TYPE_CHECKING:
    from threat_modeling.codebase.go.evaluation import Evaluation
    from threat_modeling.codebase.go.values import Invocation, Type, Value

METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE", "QUERY", "COPY", "LOCK", "MKCOL"})
ANY: Final = ("ANY",)


class Dialect:
    """A framework whose routers have a method for each HTTP method, and methods that group, guard and mount."""

    framework: ClassVar[str] = ""
    package: ClassVar[str] = ""
    """The import path of the framework without its version; names below are relative to it."""
    creators: ClassVar[tuple[str, ...]] = ()
    """Functions and types that make a router."""
    types: ClassVar[tuple[str, ...]] = ()
    """Types of routers: a parameter or a field of one is taken for a router."""
    contexts: ClassVar[tuple[str, ...]] = ()
    """Types that only a handler of this framework takes."""
    functions: ClassVar[bool] = False
    """Whether functions of the package register on a router of its own."""
    verbs: ClassVar[frozenset[str]] = METHODS
    anything: ClassVar[frozenset[str]] = frozenset({"ANY", "ALL"})
    """Methods that register for every HTTP method, in upper case."""
    groups: ClassVar[frozenset[str]] = frozenset({"Group"})
    uses: ClassVar[frozenset[str]] = frozenset({"Use"})
    mounts: ClassVar[frozenset[str]] = frozenset({"Mount"})
    named: ClassVar[frozenset[str]] = frozenset({"Handle", "Add", "Method", "MethodFunc"})
    """Methods that take the HTTP method first."""
    folders: ClassVar[frozenset[str]] = frozenset({"Static"})
    files: ClassVar[frozenset[str]] = frozenset({"StaticFile", "File"})
    handler_first: ClassVar[bool] = False
    """Whether the handler stands before the middleware of its route."""
    early: ClassVar[bool] = False
    """Whether middleware guards what was registered before it, too."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self._own: Router | None = None

    def known(self, name: str, among: tuple[str, ...]) -> bool:
        """Whether a full name is one of these names of the package."""
        head, _, last = name.rpartition(".")
        return last in among and (head == self.package or head.startswith(self.package + "/"))

    def create(self, name: str, invocation: Invocation) -> Router | None:
        """The router that calling something of a package makes."""
        return Router(self, invocation.site) if self.known(name, self.creators) else None

    def is_router(self, name: str) -> bool:
        """Whether a type is a router of this framework."""
        return self.known(name, self.types)

    def call(self, name: str, invocation: Invocation) -> Value:
        """A function of a package that registers: on the package's own router, or on one that it is given."""
        head, _, last = name.rpartition(".")
        return self.own(last, invocation) if self.functions and head == self.package and last else None

    def own(self, method: str, invocation: Invocation) -> Value:
        """A method of the package's own router; None where it registers nothing."""
        self._own = self._own or self.evaluation.added(Router(self, invocation.site))
        found = self.register(self._own, method, invocation)
        return found if found is not self._own else None

    def register(self, router: Router, method: str, invocation: Invocation) -> Value:
        """What a method called on a router does; one that is not known returns the router."""
        upper = method.upper()
        if upper in self.verbs | self.anything:
            return self.served(router, (upper,) if upper in self.verbs else ANY, 0, invocation)
        actions = (
            (self.named, self.named_method),
            (self.groups, self.group),
            (self.uses, self.use),
            (self.mounts, self.mounting),
            (self.folders, self.folder),
            (self.files, self.file),
        )
        for names, action in actions:
            if method in names:
                return action(router, invocation)
        return self.special(router, method, invocation)

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """What only this framework has."""
        del method, invocation
        return router

    def chain(self, chain: Chain, method: str, invocation: Invocation) -> Value:
        """What is said about a route after it was registered."""
        del method, invocation
        return chain

    # what methods do

    def served(self, router: Router, methods: tuple[str, ...], position: int, invocation: Invocation) -> Value:
        """Register a route whose path is the argument at `position`; a router among the handlers is mounted."""
        path = invocation.text(position)
        handlers = self.flattened(invocation.arguments[position + 1 :])
        if path is None or not handlers:
            return router
        last = handlers[0] if self.handler_first else handlers[-1]
        before = handlers[1:] if self.handler_first else handlers[:-1]
        return self.add(router, Served(methods, path, (last,), invocation.site, before))

    def add(self, router: Router, entry: Served) -> Chain:
        """Put a route on a router."""
        router.entries.append(entry)
        self.evaluation.registrations += 1
        return Chain(router, entry)

    def named_method(self, router: Router, invocation: Invocation) -> Value:
        """`Handle("GET", "/path", handler)`, several methods as a list."""
        methods = tuple(text.upper() for text in texts(invocation.value(0)))
        known = tuple(method for method in methods if method in METHODS)
        return self.served(router, known, 1, invocation) if known else router

    def group(self, router: Router, invocation: Invocation) -> Value:
        """A group below a path (or without one); a function among the arguments is called with it."""
        path = invocation.text(0)
        rest = self.flattened(invocation.arguments[1:] if path is not None else invocation.arguments)
        built = [a for a in rest if isinstance(a.value, Closure) and self.builds(a.value)]
        before = tuple(a for a in rest if a not in built)
        child = self.child(router, path or "", before, invocation)
        for argument in built:
            if isinstance(argument.value, Closure):
                self.evaluation.invoke(argument.value, (child,))
        return child

    def builds(self, closure: Closure) -> bool:
        """Whether a function takes a router as its first parameter, to register on it."""
        first = closure.function.parameters[0] if closure.function.parameters else None
        return first is not None and self.is_router(self.evaluation.type_name(first.annotation, closure.frame))

    def child(self, router: Router, path: str, before: tuple[Argument, ...], invocation: Invocation) -> Router:
        """A new router below a path of another."""
        child = self.evaluation.added(Router(self, invocation.site, parent=router))
        router.entries.append(Mounted(path, child, before))
        return child

    def use(self, router: Router, invocation: Invocation) -> Value:
        """Middleware; a path before it limits it, a router is mounted."""
        path = invocation.text(0)
        rest = self.flattened(invocation.arguments[1:] if path is not None else invocation.arguments)
        if any(isinstance(a.value, Router) for a in rest):
            return self.mount(router, path or "", rest)
        router.entries.append(Middleware(rest, path or "", self.early))
        return router

    def mount(self, router: Router, path: str, arguments: tuple[Argument, ...]) -> Value:
        """A router below a path; any other handler serves all of it."""
        for argument in self.flattened(arguments):
            inner, stripped, before = mounted(argument)
            if inner is not None and not below(router, inner):
                inner.parent = router
                router.entries.append(Mounted(stripped if stripped is not None else path, inner, before))
                return router
        if arguments:
            self.add(router, Served(ANY, f"{path.rstrip('/')}/*", arguments[-1:], arguments[-1].site))
        return router

    def mounting(self, router: Router, invocation: Invocation) -> Value:
        """`Mount("/path", router)`."""
        return self.mount(router, invocation.text(0) or "", invocation.arguments[1:])

    def folder(self, router: Router, invocation: Invocation) -> Value:
        """`Static("/assets", "./public")`."""
        return self._static(router, invocation, "folder")

    def file(self, router: Router, invocation: Invocation) -> Value:
        """`StaticFile("/favicon.ico", "./favicon.ico")`."""
        return self._static(router, invocation, "file")

    def _static(self, router: Router, invocation: Invocation, kind: str) -> Value:
        path, place = invocation.text(0), invocation.text(1)
        if path is not None:
            self.add(router, Served(("GET",), path, (), invocation.site, kind=kind, folder=place or ""))
        return router

    def flattened(self, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """Arguments with lists opened."""
        found: list[Argument] = []
        for argument in arguments:
            if isinstance(argument.value, Listed):
                found += self.flattened(tuple(Argument(item, argument.site, "") for item in argument.value.items))
            else:
                found.append(argument)
        return tuple(found)

    def controller(self, value: Value) -> Type | None:
        """The type of an object whose methods are handlers."""
        return value.type if isinstance(value, Record) else None


def texts(value: Value) -> tuple[str, ...]:
    """The texts that a constant or a list of constants is."""
    items = value.items if isinstance(value, Listed) else [value]
    return tuple(str(item.value) for item in items if isinstance(item, Constant))
