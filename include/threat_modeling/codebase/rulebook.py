"""Reads the rule files and finds, for a name in the code, the matches that could apply to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cache
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Self, TypeVar

import yaml
from pydantic import ValidationError

from threat_modeling.codebase.rule import RULE_TYPES, Kind, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER = Path(__file__).parent.parent / "rules"
MAX_KNOWN = 20_000
T = TypeVar("T")
_WILD = frozenset("*?[")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RuleError(ValueError):
    """A rule file is wrong; the message has a line for each fault, which names file, line and key."""


@cache
def load(kind: Kind, folder: Path = FOLDER) -> tuple[tuple[str, Rule], ...]:
    """Every rule of a kind with its full id `<language>/<id>`, in order of id. Raises RuleError."""
    found = []
    for path in sorted((folder / kind).rglob("*.yaml")):
        rule = read_rule(path, kind)
        if rule.id != path.stem:
            raise RuleError(f"{path}:1: id: is {rule.id!r}, the file's name says {path.stem!r}")
        found.append((f"{path.parent.name}/{rule.id}", rule))
    return tuple(sorted(found, key=lambda entry: entry[0]))


def read_rule(path: Path, kind: Kind) -> Rule:
    """One rule file, validated. Raises RuleError."""
    text = path.read_text("utf-8")
    try:
        value = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders, the first is in C
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleError(f"{path}:{mark.line + 1 if mark else 1}: no YAML: {getattr(error, 'problem', None) or error}") from error
    try:
        return RULE_TYPES[kind].model_validate(value)
    except ValidationError as error:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        told = ((_line(tree, one["loc"]), ".".join(map(str, one["loc"])) or "(rule)", one["msg"]) for one in error.errors(include_url=False))
        raise RuleError("\n".join(f"{path}:{line}: {key}: {message}" for line, key, message in told)) from error


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line of the innermost key of a location that the file holds."""
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next((p for p in node.value if p[0].value == part), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A name pattern as a regular expression on the whole name: a `*` at its end stays within the last part of the name."""
    whole = translate(pattern)
    tail = pattern.rpartition(".")[2]
    if len(tail) > 1 and tail.startswith("*") and tail == pattern:
        tail = tail[1:]
    if "*" in tail:
        whole = translate(pattern.removesuffix(tail)).removesuffix(r"\Z").removesuffix(")") + translate(tail).removeprefix("(?s:").replace(
            ".*", "[^.]*"
        )
    return re.compile(whole)


def last(name: str) -> str:
    """The last part of a dotted name."""
    return name.rpartition(".")[2]


def is_open(name: str) -> bool:
    """Whether a name pattern, or a part of one, leaves anything open."""
    return not _WILD.isdisjoint(name)


@cache
def fitting(pattern: str) -> Callable[[str], object]:
    """What tells, of a name, whether it fits a name pattern; a true value says so."""
    if not is_open(pattern):
        return pattern.__eq__
    if pattern[0] == "*" and not is_open(pattern[1:]):
        return methodcaller("endswith", pattern[1:])
    return compiled(pattern).match


@dataclass(slots=True)
class Index(Generic[T]):
    """Finds what is registered for a dotted name, by its last part first: most names cost one dictionary look-up."""

    _exact: dict[str, list[tuple[str, T]]] = field(default_factory=dict)
    _open: list[tuple[str, T]] = field(default_factory=list)
    """What is registered for patterns that leave the last part open."""
    _opened: dict[str, tuple[tuple[Callable[[str], object], T], ...]] = field(default_factory=dict)
    """First part of a name -> what of that is open to it, "" for all names that no pattern begins with; made when a name asks."""
    _known: dict[str, tuple[T, ...]] = field(default_factory=dict)
    """Names asked before: the same few thousand return in every file."""

    def add(self, pattern: str, value: T) -> None:
        """Register a value for a name pattern."""
        tail = last(pattern)
        place = self._open if is_open(tail) else self._exact.setdefault(tail, [])
        place.append((pattern, value))  # compiled when a name asks: most names of a pack are in no file
        self._opened.clear()
        self._known.clear()

    @classmethod
    def of(cls, values: Mapping[str, T]) -> Self:
        """That of these patterns and their values."""
        index = cls()
        for pattern, value in values.items():
            index.add(pattern, value)
        return index

    def get(self, name: str) -> tuple[T, ...]:
        """What is registered for a name, in the order of registration."""
        known = self._known.get(name)
        if known is None:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            known = self._known[name] = self._found(name)
        return known

    def _found(self, name: str) -> tuple[T, ...]:
        exact = self._exact.get(last(name), ())
        found = [value for pattern, value in exact if fitting(pattern)(name)] if exact else []
        if self._open:
            opened = self._opened or self._arranged()
            found += [value for fits, value in opened.get(name.partition(".")[0], opened[""]) if fits(name)]
        return tuple(found)

    def _arranged(self) -> dict[str, tuple[tuple[Callable[[str], object], T], ...]]:
        heads = [pattern.partition(".")[0] for pattern, _ in self._open]
        plain = {head for head in heads if not is_open(head)}
        for wanted in ("", *plain):
            pairs = zip(heads, self._open, strict=True)
            self._opened[wanted] = tuple((fitting(pattern), value) for head, (pattern, value) in pairs if head == wanted or head not in plain)
        return self._opened

    def __bool__(self) -> bool:
        return bool(self._exact or self._open)
