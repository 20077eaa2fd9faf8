"""The place in the code where a match is tried: its arguments by selector, and its conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from threat_modeling.codebase.syntax import Evaluate, Literal, Return, dotted
from threat_modeling.codebase.taint.regex_cost import can_hang
from threat_modeling.codebase.taint.values import UNKNOWN, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.codebase.rule import Condition, Match
    from threat_modeling.codebase.syntax import Function, Node
    from threat_modeling.codebase.taint.values import Taint

Argument = tuple["Node | None", Value]


@cache
def expression(pattern: str) -> re.Pattern[str]:
    """A regular expression of a rule, compiled once."""
    return re.compile(pattern)


@dataclass(slots=True)
class Site:
    """A call, an assignment or another construct, with what is known of its parts."""

    node: Node
    name: str
    arguments: tuple[Argument, ...] = ()
    keywords: dict[str, Argument] = field(default_factory=dict)
    receiver: Argument | None = None
    value: Argument | None = None
    context: tuple[str, ...] = ()
    """Names around it: what it is assigned to, its function, its class."""

    def select(self, selector: str) -> list[Argument]:
        """Return the arguments that a selector names; empty where there is none."""
        if selector in {"any", "*"}:
            return [*self.arguments, *self.keywords.values()]
        head, _, rest = selector.partition(".")
        found = self._head(head)
        return [] if found is None else _below(found, rest)

    def _head(self, head: str) -> Argument | None:
        if head == "value":
            return self.value
        if head == "receiver":
            return self.receiver
        if head == "callee":
            return None, Value(name=self.name)
        if head.isdigit():
            return self.arguments[int(head)] if int(head) < len(self.arguments) else None
        return self.keywords[head] if head in self.keywords else self._option(head)

    def _option(self, key: str) -> Argument | None:
        """An entry of a mapping argument: languages without named arguments pass options so."""
        for _, value in reversed(self.arguments):
            if value.fields is not None and key in value.fields:
                return value.fields[key].node, value.fields[key]
        return None

    def holds(self, match: Match) -> bool:
        """Tell whether all conditions of a match hold here."""
        return all(self._test(condition) is not condition.negate for condition in match.where)

    def _test(self, condition: Condition) -> bool:
        if condition.context is not None:
            return any(expression(condition.context).search(name) for name in self.context)
        found = next((hit for hit in map(self.select, condition.argument) if hit), [])
        if condition.absent is not None:
            return condition.absent is not bool(found)
        return any(_passes(condition, node, value) for node, value in found)

    def taints(self, selectors: Iterable[str]) -> list[tuple[Argument, tuple[Taint, ...]]]:
        """Return the tainted arguments among those that the selectors name."""
        hits = [argument for selector in selectors for argument in self.select(selector)]
        return [(argument, argument[1].taints) for argument in hits if argument[1].taints]


def _below(argument: Argument, path: str) -> list[Argument]:
    """Follow a path of keys and positions into a mapping or a list."""
    value = argument[1]
    for key in path.split(".") if path else ():
        if value.fields is not None and key in value.fields:
            value = value.fields[key]
        elif value.elements is not None and key.isdigit() and int(key) < len(value.elements):
            value = value.elements[int(key)]
        else:
            return []
    return [(value.node, value) if path else argument]


def _passes(condition: Condition, node: Node | None, value: Value) -> bool:
    if condition.equals is not None:
        return any(_same(value.constant, wanted) for wanted in condition.equals)
    if condition.named is not None:
        return any(expression(condition.named).search(name) for name in (value.name, dotted(node)) if name)
    if condition.gives is not None:
        return value.function is not None and any(_same(_given(value.function.node), wanted) for wanted in condition.gives)
    if condition.kind is not None:
        held = {"mapping": value.fields, "list": value.elements, "function": value.function}
        return held[condition.kind] is not None
    return _says(condition, value)


def _given(function: Function) -> object:
    """The constant that a function gives and nothing else; UNKNOWN where it does more."""
    if not function.body:
        return None
    only = function.body[0]
    given = only.value if isinstance(only, Return | Evaluate) and len(function.body) == 1 else UNKNOWN
    return given.value if isinstance(given, Literal) else None if given is None else UNKNOWN


def _says(condition: Condition, value: Value) -> bool:
    """Test the text of a value."""
    if condition.matches is not None:
        text = value.text if value.text is not None else str(value.constant) if value.constant is not UNKNOWN else None
        return text is not None and bool(expression(condition.matches).search(text))
    if condition.literal is not None:
        return condition.literal is (isinstance(value.constant, str) and bool(value.constant.strip()))
    if condition.hangs is not None:
        return isinstance(value.constant, str) and can_hang(value.constant) is condition.hangs
    return False


def _same(constant: object, wanted: object) -> bool:
    """Tell equality without 1 == True."""
    return constant is not UNKNOWN and constant == wanted and isinstance(constant, bool) is isinstance(wanted, bool)
