"""What an expression of Rust stands for while an application sets up its routes; None is what can't be known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from threat_modeling.codebase.rust.dialect import Dialect
    from threat_modeling.codebase.syntax import Call, Expression, Function, Module


@dataclass(frozen=True, slots=True)
class Text:
    """Text."""

    value: str


@dataclass(slots=True, eq=False)
class Items:
    """A list, an array or a tuple."""

    values: list[Value]


@dataclass(slots=True, eq=False)
class Func:
    """A function or a closure with the file it stands in and, of a closure, the names it sees."""

    function: Function
    module: Module
    frame: Frame | None = None
    name: str = ""


@dataclass(slots=True, eq=False)
class Foreign:
    """Something of another crate by the paths it may have (star imports leave several), or the result of calling it."""

    names: tuple[str, ...]
    arguments: tuple[Value, ...] = ()

    @property
    def name(self) -> str:
        """The path as it is written, with what is imported put in."""
        return self.names[0] if self.names else ""


@dataclass(frozen=True, slots=True)
class Site:
    """Where something is written."""

    path: str
    line: int
    end: int


@dataclass(slots=True, eq=False)
class Argument:
    """A value passed to a call, with its place and the text it was written as."""

    value: Value
    site: Site
    written: str
    node: Expression


@dataclass(slots=True, eq=False)
class Branch:
    """A router, a scope, a route or a part of one: everything in it stands below its path and behind its guards."""

    dialect: Dialect
    site: Site
    path: str = ""
    methods: tuple[str, ...] = ()
    handler: Argument | None = None
    """What serves it, where it is a route."""
    inner: list[Branch] = field(default_factory=list)
    guards: list[Argument] = field(default_factory=list)
    placed: bool = False
    """Whether it stands in another one."""
    static: bool = False

    def add(self, branch: Branch) -> None:
        """Put one into another."""
        if branch is not self:
            branch.placed = True
            self.inner.append(branch)


@dataclass(frozen=True, slots=True)
class Invocation:
    """A call: its arguments, and where it stands."""

    call: Call
    arguments: tuple[Argument, ...]
    frame: Frame

    @property
    def site(self) -> Site:
        """Where the call is written."""
        return Site(self.frame.module.path, self.call.line, self.call.end)

    def value(self, position: int) -> Value:
        """The value of an argument."""
        return self.arguments[position].value if position < len(self.arguments) else None

    def text(self, position: int) -> str | None:
        """The text that an argument is."""
        value = self.value(position)
        return value.value if isinstance(value, Text) else None


@dataclass(slots=True, eq=False)
class Frame:
    """The names of one call of a function; what it does not bind is the file's."""

    module: Module
    parent: Frame | None = None
    names: dict[str, Value] = field(default_factory=dict)
    returned: list[Value] = field(default_factory=list)
    owner: str = ""
    """The type whose method it is."""

    def holder(self, name: str) -> Frame | None:
        """The nearest frame that binds a name."""
        frame: Frame | None = self
        while frame is not None and name not in frame.names:
            frame = frame.parent
        return frame


Value: TypeAlias = Text | Items | Func | Foreign | Branch | None
