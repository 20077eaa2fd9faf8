"""What a web framework of Rust calls its routers, and what is said about them; each framework's file says what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.values import Argument, Branch, Func, Items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.rust.evaluation import Evaluation
    from threat_modeling.codebase.rust.values import Foreign, Invocation, Value
    from threat_modeling.codebase.syntax import Function, Module

METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE", "QUERY"})
ANY: Final = ("ANY",)


class Dialect:
    """A framework seen through the calls that build its routers."""

    framework: ClassVar[str] = ""
    crates: ClassVar[tuple[str, ...]] = ()
    """First parts of the paths that are the framework's."""
    types: ClassVar[tuple[str, ...]] = ()
    """Types of routers: a parameter of one is taken for a router."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation

    def own(self, foreign: Foreign) -> str:
        """The path of something of this framework without its crate, "" for what is none of it."""
        for name in foreign.names:
            crate, _, rest = name.partition("::")
            if crate in self.crates and rest:
                return rest
        return ""

    def create(self, name: str, invocation: Invocation) -> Value:
        """What calling something of the framework makes, by its path without the crate."""
        del name, invocation
        return None

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """What a method called on a router or a route does."""
        del name, invocation
        return branch

    def declared(self, module: Module, function: Function, name: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """(methods, path) of each route that a function's attributes say."""
        del module, function, name
        yield from ()

    def unplaced(self) -> Iterator[Route]:
        """Routes of a kind of its own."""
        yield from ()

    # what frameworks have in common

    def branch(self, invocation: Invocation, path: str = "", methods: tuple[str, ...] = (), handler: Argument | None = None) -> Branch:
        """A new router, or a route where a handler is given."""
        made = Branch(self, invocation.site, path, methods, handler)
        self.evaluation.branches.append(made)
        return made

    def attributed(self, invocation: Invocation, argument: Argument) -> list[Branch]:
        """The routes of handlers that say them by attributes: a function, or a list of them."""
        value = argument.value
        if isinstance(value, Items):
            node = argument.node
            return [b for v in value.values for b in self.attributed(invocation, Argument(v, argument.site, "", node))]
        if isinstance(value, Branch):
            return [value]
        if not isinstance(value, Func):
            return []
        self.evaluation.served.add(id(value.function))
        told = self.declared(value.module, value.function, value.name)
        return [self.branch(invocation, path, methods, argument) for methods, path in told]

    def wrapped(self, branch: Branch, argument: Argument) -> Branch:
        """What was put on a router so far, behind a guard: what comes later is not."""
        inner = Branch(self, branch.site, inner=branch.inner, guards=[argument], placed=True)
        self.evaluation.branches.append(inner)
        branch.inner = [inner]
        return branch
