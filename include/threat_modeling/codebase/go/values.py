"""What an expression of Go stands for while an application sets up its routes; None is what can't be known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from threat_modeling.codebase.go.dialect import Dialect
    from threat_modeling.codebase.syntax import Call, Expression, Function, Module, Node


@dataclass(frozen=True, slots=True)
class Constant:
    """Text, a number, a boolean."""

    value: str | float | bool


@dataclass(slots=True, eq=False)
class Listed:
    """A slice or an array, also the results of a function that has several."""

    items: list[Value]


@dataclass(slots=True, eq=False)
class Record:
    """A map, or a struct: its fields by name, and its type by full name where it has one."""

    fields: dict[str, Value]
    of: str = ""
    type: Type | None = None


@dataclass(slots=True, eq=False)
class Type:
    """A type of the target: its fields' types, what it embeds, and its methods, wherever in the package they stand."""

    name: str
    fields: dict[str, tuple[Expression | None, Frame]] = field(default_factory=dict)
    bases: list[tuple[Expression, Frame]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    methods: dict[str, tuple[Function, Frame]] = field(default_factory=dict)
    alias: bool = False
    """Whether it is another type under a name of its own."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the target, by its folder."""

    folder: str


@dataclass(slots=True, eq=False)
class Closure:
    """A function with the names it sees; `this` is bound for a method."""

    function: Function
    frame: Frame
    this: Value = None
    maker: str = ""
    """The function that returned it, where it has no name itself."""


@dataclass(slots=True, eq=False)
class Foreign:
    """Something of an installed package by its full name without versions, or the result of calling it, with the arguments."""

    name: str
    arguments: tuple[Value, ...] = ()
    called: bool = False


@dataclass(slots=True, eq=False)
class Given:
    """A parameter whose caller is not known: its name, and its type where that is of an installed package."""

    name: str
    of: str = ""


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
class Middleware:
    """What runs before everything that is registered after it, or before all (`early`); `path` limits it."""

    arguments: tuple[Argument, ...]
    path: str = ""
    early: bool = False


@dataclass(slots=True, eq=False)
class Served:
    """A route: what serves it is the last of `handlers`, what stands before it and in `before` guards it."""

    methods: tuple[str, ...]
    path: str
    handlers: tuple[Argument, ...]
    site: Site
    before: tuple[Argument, ...] = ()
    kind: str = "route"
    folder: str = ""
    """For static files: the folder they are in, as written."""


@dataclass(slots=True, eq=False)
class Mounted:
    """A router below a path of another, behind `before`."""

    path: str
    router: Router
    before: tuple[Argument, ...] = ()


@dataclass(slots=True, eq=False)
class Router:
    """An application, a router or a group, with what is registered on it, in order."""

    dialect: Dialect
    site: Site
    entries: list[Middleware | Served | Mounted] = field(default_factory=list)
    parent: Router | None = None
    fields: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Chain:
    """What registering a route returns: more can be said about it."""

    router: Router
    entry: Served


@dataclass(slots=True, eq=False)
class Lazy:
    """A name whose value is found when it is first asked for."""

    find: Callable[[], Value]


@dataclass(slots=True, eq=False)
class Frame:
    """The names of a package, of a file or of one call of a function."""

    module: Module
    parent: Frame | None = None
    names: dict[str, Value | Lazy] = field(default_factory=dict)
    results: dict[int, Value] = field(default_factory=dict)
    """Values of calls by the identity of their node: a call happens once."""
    returned: list[Value] = field(default_factory=list)
    parameters: frozenset[str] = frozenset()
    package: str = ""

    def holder(self, name: str) -> Frame | None:
        """The nearest frame that binds a name."""
        frame: Frame | None = self
        while frame is not None and name not in frame.names:
            frame = frame.parent
        return frame


@dataclass(frozen=True, slots=True)
class Invocation:
    """A call that registers something: its arguments, and where it stands."""

    call: Call
    arguments: tuple[Argument, ...]
    frame: Frame

    @property
    def site(self) -> Site:
        """Where the call is written."""
        return site_of(self.frame, self.call)

    def text(self, position: int) -> str | None:
        """The text that an argument is, None where it is none or not known."""
        value = self.arguments[position].value if position < len(self.arguments) else None
        return value.value if isinstance(value, Constant) and isinstance(value.value, str) else None

    def value(self, position: int) -> Value:
        """The value of an argument."""
        return self.arguments[position].value if position < len(self.arguments) else None


Value: TypeAlias = Constant | Listed | Record | Type | Package | Closure | Foreign | Given | Router | Chain | None


def site_of(frame: Frame, node: Node) -> Site:
    """Where something is written."""
    return Site(frame.module.path, node.line, node.end)
