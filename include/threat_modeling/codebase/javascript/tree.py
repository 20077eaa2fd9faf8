"""One pass over a grammar's tree that calls a builder for every node, children before parents, without recursion.

Breadth first keeps the children of a node side by side, so that a builder gets them as one slice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

MAX_DEPTH = 180
"""Levels of the grammar's tree that are read; real code stays below 100, what nests deeper is meant to exhaust a reader."""

DOTTED = "dotted_name"
"""Stands for a chain like `a.b.c`, a quarter of all nodes: its text is read once in place of each part."""
IMPORT = "plain_import"
"""Stands for an import without comments or escapes, likewise."""
IMPORT_TEXT = re.compile(
    r"""import\s+(?:type\s+)?(?:(?P<default>[A-Za-z_$][\w$]*)\s*,?\s*)?(?:\*\s*as\s+(?P<all>[\w$]+)\s*|\{(?P<names>[\w$\s,]*)\}\s*)?from\s*(?P<q>['"])(?P<module>[^'"\\\n]*)(?P=q)\s*;?\Z"""
)
_SHORT = {"member_expression": re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+\Z"), "import_statement": IMPORT_TEXT}

Place: TypeAlias = tuple[int, int]
"""First and last line, 1-based."""
Builder: TypeAlias = Callable[[Any, Place, list[str], list[Any]], Any]
"""(grammar node, its place, kinds of its named children, what those were built into) -> what it becomes."""


def _place(node: Any, parent: Place) -> Place:
    """The node's place; what stands inside one line is not asked, for each question to the parser costs more than the answer."""
    if parent[0] == parent[1]:
        return parent
    span = node.range()
    return span.start.line + 1, span.end.line + 1


def build(root: Any, builders: Mapping[str, Builder], leaves: Collection[str], other: Builder) -> tuple[list[str], list[Any]]:
    """Kinds and built values of all named nodes, the root first; comments become None and are hidden from builders."""
    nodes, kinds, places, firsts = [root], list[str](), [_place(root, (0, 1))], list[int]()
    keep, begin = kinds.append, firsts.append
    depth = start = 0
    while start < len(nodes):
        depth += 1
        level, level_places = nodes[start:], places[start:]
        start = len(nodes)
        for node, place in zip(level, level_places, strict=True):
            kind = node.kind()
            begin(len(nodes))
            if kind in leaves:
                keep(kind)
                continue
            if kind in _SHORT and _SHORT[kind].match(node.text()):
                keep(DOTTED if kind == "member_expression" else IMPORT)
                continue
            keep(kind)
            if depth < MAX_DEPTH:
                found = node.named_children()
                nodes += found
                places += [place] * len(found) if place[0] == place[1] else [_place(child, place) for child in found]
    values: list[Any] = [None] * len(nodes)
    get = builders.get
    none: list[Any] = []
    last = len(nodes)
    for index in range(len(nodes) - 1, -1, -1):
        kind = kinds[index]
        first = firsts[index]
        if first == last:
            values[index] = get(kind, other)(nodes[index], places[index], none, none)
            continue
        below, built = kinds[first:last], values[first:last]
        last = first
        if "comment" in below:
            built = [value for value, name in zip(built, below, strict=True) if name != "comment"]
            below = [name for name in below if name != "comment"]
        values[index] = get(kind, other)(nodes[index], places[index], below, built)
    return kinds, values
