"""YAML and JSON of a target read as plain values that know their lines, within bounds, and without making any object they ask for.

Built from the parser's events: nesting is capped, an alias stands for what it names (never a copy), a file has a limit of nodes.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 60
MAX_NODES: Final = 300_000
MAX_ALIASES: Final = 1_000
MAX_DOCUMENTS: Final = 1_000

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DocumentRefused(Exception):
    """A document that is malformed or past a bound; the message says which."""


@dataclass(slots=True)
class Value:
    """A value from line `line` to `end` (1-based): a text ("" for null), entries of a mapping, or elements of a list."""

    line: int
    end: int
    text: str | None = None
    entries: dict[str, Value] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    """The line of each key."""
    elements: list[Value] = field(default_factory=list)

    def get(self, *path: str) -> Value | None:
        """The value below these keys, or None."""
        current: Value | None = self
        for key in path:
            current = None if current is None else current.entries.get(key)
        return current

    def string(self, *path: str) -> str:
        """The text below these keys, "" where there is none."""
        found = self.get(*path)
        return (found.text or "") if found is not None else ""


def parse(text: str) -> Value:
    """The first document of a YAML or JSON text; DocumentRefused where it can't be read within the bounds."""
    try:
        return _Builder().run(yaml.parse(text, Loader=_LOADER))
    except (yaml.YAMLError, ValueError) as error:
        raise DocumentRefused(f"malformed: {' '.join(str(error).split())[:200]}") from error


def parse_all(text: str) -> list[Value]:
    """All documents of a YAML or JSON text, at most `MAX_DOCUMENTS`; DocumentRefused where one can't be read within the bounds."""
    return list(each(text))


def each(text: str) -> Iterator[Value]:
    """As `parse_all`, one document after the other: those before a refused one are not lost."""
    builder, events = _Builder(), yaml.parse(text, Loader=_LOADER)
    try:
        for event in itertools.islice(_starts(events), MAX_DOCUMENTS):
            yield builder.run(itertools.chain((event,), events))
    except (yaml.YAMLError, ValueError) as error:
        raise DocumentRefused(f"malformed: {' '.join(str(error).split())[:200]}") from error


def _starts(events: Iterator[Any]) -> Iterator[Any]:
    return (event for event in events if isinstance(event, yaml.DocumentStartEvent))


@dataclass(slots=True)
class _Open:
    """A collection that is being filled, with the key that waits for its value."""

    value: Value
    mapping: bool
    anchor: str | None
    key: tuple[str, int] | None = None


class _Builder:
    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._anchors: dict[str, Value] = {}
        self._nodes = self._aliases = 0

    def run(self, events: Iterator[Any]) -> Value:
        for event in events:
            done = self._event(event)
            if done is not None:
                return done
        return Value(1, 1, "")

    def _event(self, event: Any) -> Value | None:
        """Take one event; the document's value once it is complete."""
        if isinstance(event, yaml.ScalarEvent):
            return self._complete(self._new(event, event.value), event.anchor)
        if isinstance(event, yaml.AliasEvent):
            self._aliases += 1
            if self._aliases > MAX_ALIASES:
                raise DocumentRefused(f"more than {MAX_ALIASES} aliases")
            return self._complete(self._anchors.get(str(event.anchor)) or self._new(event, ""), None)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= MAX_DEPTH:
                raise DocumentRefused(f"nested more than {MAX_DEPTH} levels deep")
            value = self._new(event, None)
            self._open.append(_Open(value, mapping=isinstance(event, yaml.MappingStartEvent), anchor=event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent) and event.end_mark is not None:
            closed = self._open.pop()
            closed.value.end = max(closed.value.line, event.end_mark.line + (1 if event.end_mark.column else 0))
            return self._complete(closed.value, closed.anchor)
        return None

    def _new(self, event: Any, text: str | None) -> Value:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise DocumentRefused(f"more than {MAX_NODES:,} values")
        return Value(event.start_mark.line + 1, event.end_mark.line + 1, text)

    def _complete(self, value: Value, anchor: str | None) -> Value | None:
        if anchor:
            self._anchors[anchor] = value
        if not self._open:
            return value
        parent = self._open[-1]
        if not parent.mapping:
            parent.value.elements.append(value)
        elif parent.key is None:
            parent.key = (value.text or "", value.line)
        else:
            name, line = parent.key
            parent.value.entries[name] = value
            parent.value.keys[name] = line
            parent.key = None
        return None
