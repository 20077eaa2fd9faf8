"""Reads YAML as lines of `path.to.key: value`, each with its place in the file; anchors are never expanded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.dockerfile import LogicalLine
from threat_modeling.codebase.documents import DocumentRefused, each

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value

MAX_TEXT = 200_000
"""Characters: larger files are data."""
MAX_LINES = 5_000
MAX_COLLECTIONS = 5_000
"""Opening brackets: the parser takes long for each."""
MAX_SHOWN = 4
"""Lines of a text beyond its first that a hit still spans."""


def flattened(text: str) -> tuple[tuple[LogicalLine, ...], str]:
    """Return the scalars of all documents with their paths, in file order, and why they are not all; "" where they are."""
    if len(text) > MAX_TEXT or text.count("[") + text.count("{") > MAX_COLLECTIONS:
        return (), "its settings are not read: too large, or too many lists in it"
    found: list[LogicalLine] = []
    try:
        for document in each(text):
            for line in _scalars(document):
                found.append(line)
                if len(found) >= MAX_LINES:
                    return tuple(found), f"only the first {MAX_LINES:,} of its settings are read"
    except DocumentRefused as reason:
        if str(reason).startswith("nested"):
            return tuple(found), "its settings are not read: nested too deeply"
        return tuple(found), "its settings are not read to the end: malformed, or a template"
    return tuple(found), ""


def _scalars(document: Value) -> Iterator[LogicalLine]:
    stack = [("", document)]
    seen: set[int] = set()
    while stack:
        path, value = stack.pop()
        if value.text is not None:
            yield LogicalLine(value.line, value.line if value.end - value.line > MAX_SHOWN else value.end, f"{path}: {value.text}")
        elif id(value) not in seen:
            # An alias is the same value again: it is read where it is defined.
            seen.add(id(value))
            below = [(f"{path}.{name}" if path else name, inner) for name, inner in value.entries.items()]
            stack.extend(reversed([*below, *((f"{path}[]", inner) for inner in value.elements)]))
