"""What an expression of JavaScript stands for while an application sets up its routes; None is what can't be known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from threat_modeling.codebase.syntax import Class, Expression, Function, Module


@dataclass(frozen=True, slots=True)
class Constant:
    """Text, a number, a boolean."""

    value: str | float | bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression, by its source between the slashes."""

    source: str


@dataclass(slots=True, eq=False)
class Listed:
    """An array."""

    items: list[Value]


@dataclass(slots=True, eq=False)
class Record:
    """An object literal."""

    fields: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Namespace:
    """A file of the target as a module."""

    path: str


@dataclass(slots=True, eq=False)
class Closure:
    """A function with the names it sees; `this` is bound for a method."""

    function: Function
    frame: Frame
    this: Value = None
    maker: str = ""
    """The function that returned it, where it has no name itself."""


@dataclass(slots=True, eq=False)
class ClassValue:
    """A class with the names it sees."""

    definition: Class
    frame: Frame


@dataclass(slots=True, eq=False)
class Instance:
    """An object that `new` made of a class of the target."""

    of: ClassValue
    fields: dict[str, Value]


@dataclass(slots=True, eq=False)
class Foreign:
    """Something of an installed package, or the result of calling it: its dotted name, and the call with its arguments."""

    name: str
    arguments: tuple[Value, ...] = ()
    called: bool = False


@dataclass(slots=True, eq=False)
class Given:
    """A parameter whose caller is not known, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Site:
    """Where something is written."""

    path: str
    line: int
    end: int


@dataclass(slots=True, eq=False)
class Argument:
    """A value passed to a registration, with the place and the text it was written as."""

    value: Value
    site: Site
    written: str


@dataclass(slots=True, eq=False)
class Registration:
    """One call that registers something on a router: `methods` is empty for middleware and mounts."""

    methods: tuple[str, ...]
    paths: tuple[str, ...]
    arguments: tuple[Argument, ...]
    site: Site
    kind: str = "route"


@dataclass(slots=True, eq=False)
class Router:
    """An application or router, with what is registered on it, in order."""

    site: Site
    prefix: str = ""
    registrations: list[Registration] = field(default_factory=list)
    fields: dict[str, Value] = field(default_factory=dict)
    """What the application put on it: `app.auth = ...`, `app.decorate("auth", ...)`."""
    assumed: bool = False
    """True for a parameter that only looks like one."""


@dataclass(slots=True, eq=False)
class Step:
    """`router.route(path)`: what is registered on it is registered on the router under that path."""

    router: Router
    paths: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Lazy:
    """A name whose value is found when it is first asked for."""

    find: Callable[[], Value]
    pending: bool = False


@dataclass(slots=True, eq=False)
class Frame:
    """The names of a file or of one call of a function."""

    module: Module
    parent: Frame | None = None
    this: Value = None
    names: dict[str, Value | Lazy] = field(default_factory=dict)
    results: dict[int, Value] = field(default_factory=dict)
    """Values of calls by the identity of their node: a call happens once."""
    returned: list[Value] = field(default_factory=list)
    exports: dict[str, Value | Lazy] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()

    def holder(self, name: str) -> Frame | None:
        """The nearest frame that binds a name."""
        frame: Frame | None = self
        while frame is not None and name not in frame.names:
            frame = frame.parent
        return frame


Value: TypeAlias = (
    Constant | Pattern | Listed | Record | Namespace | Closure | ClassValue | Instance | Foreign | Given | Router | Step | Registration | None
)


def site_of(frame: Frame, node: Expression) -> Site:
    """Where an expression is written."""
    return Site(frame.module.path, node.line, node.end)
