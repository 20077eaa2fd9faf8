"""What is known of a value while code is read: who sets it, its constant text, the name it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from threat_modeling.codebase.syntax import Class, Function, Module, Node

MAX_TAINTS = 6
MAX_HOPS = 8
MAX_NAME = 160
MAX_TEXT = 4000


class _Unknown:
    """The type of UNKNOWN."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()
"""The constant of a value that is none: None is a constant of the code."""


class Hop(Struct, frozen=True, gc=False):
    """One place on the way of a value."""

    kind: Literal["source", "process", "sink"]
    name: str
    path: str
    line: int
    end: int


class Taint(Struct, frozen=True, gc=False):
    """That a value comes from a source, or from parameter number `parameter` of the function `owner`."""

    source: Hop | None = None
    owner: str = ""
    parameter: int = -1
    hops: tuple[Hop, ...] = ()
    clean: frozenset[str] = frozenset()
    """Weakness classes that it can no longer cause; "*" is all."""
    joined: bool = False
    """It is part of a longer text."""

    @property
    def origin(self) -> tuple[Hop | None, str, int]:
        """What tells two taints apart, whatever happened on the way."""
        return self.source, self.owner, self.parameter

    def via(self, hop: Hop) -> Taint:
        """Return the same taint with one more hop; a repeated line or the ninth hop is left out."""
        if len(self.hops) >= MAX_HOPS or (self.hops and (self.hops[-1].path, self.hops[-1].line) == (hop.path, hop.line)):
            return self
        return replace(self, hops=(*self.hops, hop))

    def into(self, step: Taint) -> Taint:
        """Return this taint after what a function did with its parameter (`step`)."""
        return replace(self, hops=(*self.hops, *step.hops)[:MAX_HOPS], clean=self.clean | step.clean, joined=self.joined or step.joined)


class FunctionRef(Struct, frozen=True, eq=False):
    """A function, where it is written and the names it sees."""

    node: Function
    module: Module
    scope: Scope
    klass: ClassRef | None = None

    @property
    def key(self) -> str:
        """What identifies it in a project."""
        parameters = ",".join(parameter.name or "+".join(parameter.binds) for parameter in self.node.parameters)
        return f"{self.module.path}:{self.node.line}:{self.node.end}:{self.node.name}({parameters})"


class ClassRef(Struct, frozen=True, eq=False):
    """A class and where it is written; `attributes` holds what its methods set on self."""

    node: Class
    module: Module
    attributes: Scope


class Value(Struct, eq=False):
    """What is known of one value. Never changed once made."""

    taints: tuple[Taint, ...] = ()
    constant: object = UNKNOWN
    text: str | None = None
    """Its text with {} for the parts that are not constant; None where it is no text."""
    name: str = ""
    fields: Mapping[str, Value] | None = None
    elements: tuple[Value, ...] | None = None
    function: FunctionRef | None = None
    klass: ClassRef | None = None
    instance: ClassRef | None = None
    node: Node | None = None

    def get(self, key: str) -> Value:
        """Return what is known of an attribute or entry."""
        if self.fields is not None and key in self.fields:
            return self.fields[key]
        return Value(taints=self.taints, name=f"{self.name}.{key}" if self.name and len(self.name) < MAX_NAME else "")


NOTHING: Final = Value()


def merge_taints(groups: Iterable[tuple[Taint, ...]]) -> tuple[Taint, ...]:
    """Join taints; of two with the same origin and state the one with the shorter way stays."""
    some = [group for group in groups if group]
    if len(some) < 2 and sum(map(len, some)) < 2:  # nearly always: most values carry nothing
        return some[0] if some else ()
    best: dict[object, Taint] = {}
    for group in some:
        for taint in group:
            key = (taint.origin, taint.clean, taint.joined)
            known = best.get(key)
            if known is None or len(taint.hops) < len(known.hops):
                best[key] = taint
    # Sources first: a bounded list must not lose an attacker to a parameter.
    return tuple(sorted(best.values(), key=lambda t: t.source is None)[:MAX_TAINTS])


def either(values: Iterable[Value]) -> Value:
    """Return what is known of a value that is one of these."""
    known = [value for value in values if value is not NOTHING]
    if not known:
        return NOTHING
    first = known[0]
    if known.count(first) == len(known):  # a value equals itself alone
        return first
    same = all(value.constant == first.constant and type(value.constant) is type(first.constant) for value in known)
    return Value(
        taints=merge_taints(value.taints for value in known),
        constant=first.constant if same else UNKNOWN,
        text=next((value.text for value in known if value.text and value.taints), first.text),
        name=next((value.name for value in known if value.name), ""),
        fields=next((value.fields for value in known if value.fields is not None), None),
        function=next((value.function for value in known if value.function), None),
        klass=next((value.klass for value in known if value.klass), None),
        instance=next((value.instance for value in known if value.instance), None),
        node=first.node,
    )


def tainted(values: Iterable[Value], *, joined: bool = False) -> tuple[Taint, ...]:
    """Join the taints of values, marked as part of a longer text where `joined`."""
    taints = merge_taints(value.taints for value in values)
    return tuple(t if t.joined else replace(t, joined=True) for t in taints) if joined else taints


NUMERIC: Final = frozenset({"unlimited-work"})
"""Weakness classes that a mere number can cause."""


def _rules_out(labels: frozenset[str], weakness_class: str) -> bool:
    """Tell whether labels make a value safe: "*" for all, "number" for what takes a text, else a class by name."""
    return "*" in labels or weakness_class in labels or ("number" in labels and weakness_class not in NUMERIC)


class Scope(Struct, eq=False):
    """Names and what they hold; a name that is missing here is looked up in the scope around it."""

    names: dict[str, Value] = {}
    parent: Scope | None = None
    cleaned: dict[object, frozenset[str]] = {}
    """Origin of a taint -> weakness classes that a guard ruled out for it from here on."""

    def get(self, name: str) -> Value | None:
        """Return what a name holds, or None where no scope has it."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name)
            if found is not None:
                return found
            scope = scope.parent
        return None

    def is_clean(self, taint: Taint, weakness_class: str) -> bool:
        """Tell whether a taint can no longer cause a weakness of this class."""
        if _rules_out(taint.clean, weakness_class):
            return True
        scope: Scope | None = self
        while scope is not None:
            labels = scope.cleaned.get(taint.origin)
            if labels and _rules_out(labels, weakness_class):
                return True
            scope = scope.parent
        return False

    def clean(self, taints: Iterable[Taint], labels: Iterable[str]) -> None:
        """Note that a guard ruled out these weakness classes for these taints."""
        for taint in taints:
            self.cleaned[taint.origin] = self.cleaned.get(taint.origin, frozenset()) | frozenset(labels)

    def branch(self) -> Scope:
        """Return a copy that can go its own way."""
        return Scope(dict(self.names), self.parent, dict(self.cleaned))

    def join(self, branches: list[Scope]) -> None:
        """Take over what holds after any of these branches."""
        if not branches:
            return
        names = {name: None for branch in branches for name in branch.names}
        if len(branches) == 1:
            self.names, self.cleaned = branches[0].names, branches[0].cleaned
            return
        self.names = {name: either([branch.names[name] for branch in branches if name in branch.names]) for name in names}
        shared = [origin for origin in branches[0].cleaned if all(origin in branch.cleaned for branch in branches)]
        self.cleaned = {origin: frozenset.intersection(*(branch.cleaned[origin] for branch in branches)) for origin in shared}
