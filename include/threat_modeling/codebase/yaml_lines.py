"""Reads YAML as lines of `path.to.key: value`, each with its place in the file; anchors are never expanded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from threat_modeling.codebase.dockerfile import LogicalLine

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TEXT = 200_000
"""Characters: larger files are data, and this parser is slow."""
MAX_LINES = 5_000
MAX_COLLECTIONS = 5_000
"""Opening brackets: the parser takes long for each."""


def flattened(text: str) -> tuple[tuple[LogicalLine, ...], str]:
    """Return the scalars of all documents with their paths, in file order, and why they are not all; "" where they are."""
    if len(text) > MAX_TEXT or text.count("[") + text.count("{") > MAX_COLLECTIONS:
        return (), "its settings are not read: too large, or too many lists in it"
    found: list[LogicalLine] = []
    try:
        for document in yaml.compose_all(text, Loader=yaml.SafeLoader):
            for line in _scalars(document):
                found.append(line)
                if len(found) >= MAX_LINES:
                    return tuple(found), f"only the first {MAX_LINES:,} of its settings are read"
    except RecursionError:
        return tuple(found), "its settings are not read: nested too deeply"
    except (yaml.YAMLError, ValueError):
        return tuple(found), "its settings are not read to the end: malformed, or a template"
    return tuple(found), ""


def _scalars(root: yaml.Node | None) -> Iterator[LogicalLine]:
    stack: list[tuple[str, yaml.Node]] = [] if root is None else [("", root)]
    seen: set[int] = set()
    while stack:
        path, node = stack.pop()
        if isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.line + 1, max(node.end_mark.line, node.start_mark.line) + 1
            yield LogicalLine(start, start if end - start > 5 else end, f"{path}: {node.value}")
        elif id(node) not in seen:
            # An alias is the same node again: it is read where it is defined.
            seen.add(id(node))
            stack.extend(reversed(list(_below(path, node))))


def _below(path: str, node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            yield f"{path}.{name}" if path else name, value
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield f"{path}[]", value
