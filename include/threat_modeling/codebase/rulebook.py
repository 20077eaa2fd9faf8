"""Reads the rule files and finds, for a name in the code, the matches that could apply to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import ValidationError

from threat_modeling.codebase.rule import RULE_TYPES, Kind, Rule

FOLDER = Path(__file__).parent.parent / "rules"
MAX_KNOWN = 20_000
T = TypeVar("T")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RuleError(ValueError):
    """A rule file is wrong; the message names file, line and key."""


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
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or "(rule)"
        raise RuleError(f"{path}:{_line(yaml.compose(text, Loader=yaml.SafeLoader), first['loc'])}: {key}: {first['msg']}") from error


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


@dataclass(slots=True)
class Index(Generic[T]):
    """Finds what is registered for a dotted name, by its last part first: most names cost one dictionary look-up."""

    exact: dict[str, list[tuple[str, T]]] = field(default_factory=dict)
    open: list[tuple[str, T]] = field(default_factory=list)
    _known: dict[str, tuple[T, ...]] = field(default_factory=dict)
    """Names asked before: the same few thousand return in every file."""

    def add(self, pattern: str, value: T) -> None:
        """Register a value for a name pattern."""
        tail = last(pattern)
        place = self.open if set(tail) & set("*?[") else self.exact.setdefault(tail, [])
        place.append((pattern, value))  # compiled when a name asks: most names of a pack are in no file
        self._known.clear()

    def get(self, name: str) -> tuple[T, ...]:
        """What is registered for a name, in the order of registration."""
        known = self._known.get(name)
        if known is None:
            known = tuple(value for pattern, value in (*self.exact.get(last(name), ()), *self.open) if compiled(pattern).match(name))
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            self._known[name] = known
        return known

    def __bool__(self) -> bool:
        return bool(self.exact or self.open)
