"""One function (or module body) being read: its names, what it returned so far, and the engine that reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from threat_modeling.codebase.taint.asked import asked
from threat_modeling.codebase.taint.values import Hop

if TYPE_CHECKING:
    from threat_modeling.codebase.pack import Entry, Pack
    from threat_modeling.codebase.syntax import Class, Expression, Function, Module, Node
    from threat_modeling.codebase.taint.site import Argument, Site
    from threat_modeling.codebase.taint.values import ClassRef, FunctionRef, Scope, Taint, Value


@dataclass(slots=True)
class ParameterHit:
    """That a parameter reaches a sink: `taint` is the parameter's with its way, `sink` where it ends."""

    entry: Entry
    taint: Taint
    sink: Hop
    function: str


@dataclass(slots=True)
class Summary:
    """What a caller needs to know of a function."""

    ref: FunctionRef
    returned: Value
    hits: list[ParameterHit] = field(default_factory=list)


class Reader(Protocol):
    """What a frame asks of the engine."""

    bodies: dict[tuple[int, str, str], Scope]
    """The names that the body of a class of Java or Kotlin binds: its methods see them."""

    def enter(self) -> bool:
        """Go one level deeper; False where the budget of depth or steps is spent."""

    def leave(self) -> None:
        """Go one level up."""

    def summary(self, ref: FunctionRef) -> Summary | None:
        """Return the summary of a function; None while it is being made (recursion) or beyond the budget."""

    def definition(self, frame: Frame, name: str) -> Value | None:
        """Return what a dotted name of this file is defined as in another file of the project."""

    def method(self, klass: ClassRef, name: str) -> FunctionRef | None:
        """Return a method of a class or of its bases."""

    def class_ref(self, node: Class, module: Module, scope: Scope) -> ClassRef:
        """Return the one reference to a class."""

    def observe(self, entry: Entry, site: Site, frame: Frame) -> None:
        """Take note of a match without taint."""

    def reached(self, entry: Entry, taint: Taint, sink: Hop, function: str) -> None:
        """Take note of a sink that a source or a parameter reaches."""

    def settings(self, name: str) -> dict[str, str]:
        """Return the settings of a `.properties` file of the project."""

    def type(self, frame: Frame, name: str) -> Value | None:
        """Return the class of the project that a full name of Java or Kotlin stands for."""

    def built(self, entry: Entry, taint: Taint, sink: Hop, function: str) -> None:
        """Take note of text built from a parameter whose callers are not seen."""


@dataclass(slots=True)
class Frame:
    """The state while one function body is read."""

    engine: Reader
    module: Module
    pack: Pack
    scope: Scope
    ref: FunctionRef | None = None
    label: str = ""
    """The function's name as reports show it: `Class.method`."""
    assigning: str = ""
    returned: list[Value] = field(default_factory=list)
    pending: list[FunctionRef] = field(default_factory=list)
    returns: list[Entry] = field(default_factory=list)
    loop: int = 0

    @property
    def klass(self) -> ClassRef | None:
        """The class around the function."""
        return self.ref.klass if self.ref else None

    def hop(self, kind: Literal["source", "process", "sink"], name: str, node: Node) -> Hop:
        """A hop at a node of this file."""
        return Hop(kind, name[:120], self.module.path, node.line, node.end)

    def context(self) -> tuple[str, ...]:
        """The names around an expression."""
        return tuple(name for name in (self.assigning, self.label) if name)

    def match(self, entries: list[Entry], site: Site) -> None:
        """Try matches at a site: those on taint go on to the sink, the others are observed."""
        for entry in entries:
            if not site.holds(entry.match) or (entry.match.unless_asked and self.ref is not None and asked(self.ref.node, site.node)):
                continue
            if not entry.match.tainted:
                self.engine.observe(entry, site, self)
                continue
            for argument, taints in site.taints(entry.match.tainted):
                self.sink(entry, site, argument, taints)

    def sink(self, entry: Entry, site: Site, argument: Argument, taints: tuple[Taint, ...]) -> None:
        """Report the taints that reach a sink and are not made safe for its class of weakness."""
        weakness_class = getattr(entry.rule, "weakness_class", "")
        hop = self.hop("sink", site.name, site.node)
        for taint in taints:
            if not self.scope.is_clean(taint, weakness_class):
                self.ends(entry, taint, hop)
        del argument

    def ends(self, entry: Entry, taint: Taint, sink: Hop) -> None:
        """Report a taint that ends in a sink; a parameter that must be part of a longer text may be made one by a caller."""
        joined = taint.joined or not entry.match.joined
        if joined or taint.source is None:
            self.engine.reached(entry, taint, sink, self.label)
        if joined and taint.source is None and entry.match.dynamic:
            self.engine.built(entry, taint, sink, self.label)


def function_label(node: Function, klass: ClassRef | None, fallback: str = "") -> str:
    """`Class.method`, the name alone, or what an anonymous function is assigned to."""
    name = node.name or fallback
    return f"{klass.node.name}.{name}" if klass and klass.node.name and name else name


def annotation_name(annotation: Expression | None) -> str:
    """The dotted name of a declared type, or ""."""
    from threat_modeling.codebase.syntax import dotted  # noqa: PLC0415

    return dotted(annotation)
