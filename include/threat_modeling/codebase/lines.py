"""Applies the rules on lines: templates, Dockerfiles, compose files and whatever else has no tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from threat_modeling.codebase.dockerfile import LogicalLine, instructions
from threat_modeling.codebase.pack import with_extra
from threat_modeling.codebase.rulebook import compiled
from threat_modeling.codebase.yaml_lines import flattened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from threat_modeling.codebase.pack import Extra
    from threat_modeling.codebase.rule import Kind, LineMatch, Rule

MAX_LINE = 2_000
"""Characters of a line that are searched; longer lines are generated."""
KINDS: tuple[Kind, ...] = ("weaknesses", "controls", "stores")


@dataclass(frozen=True, slots=True)
class LineHit:
    """A rule that holds on lines `start` to `end`."""

    rule_id: str
    kind: Kind
    rule: Rule
    start: int
    end: int


@cache
def line_rules(extra: Extra = ()) -> tuple[tuple[str, Kind, Rule, LineMatch], ...]:
    """Every rule that looks at lines."""
    return tuple((rule_id, kind, rule, match) for kind in KINDS for rule_id, rule in with_extra(kind, extra) for match in rule.lines)


def find(path: str, text: str, language: str | None, cut_short: Callable[[str, str], None] | None = None, extra: Extra = ()) -> Iterator[LineHit]:
    """Yield the hits in a file, rule by rule; `cut_short` is told path and reason where not all of it could be read."""
    name = path.rpartition("/")[2]
    wanted = [entry for entry in line_rules(extra) if any(compiled(files).match(name) for files in entry[3].files)]
    if not wanted:
        return
    lines, reason = logical_lines(text, language)
    if reason and cut_short is not None:
        cut_short(path, reason)
    for rule_id, kind, rule, match in wanted:
        for line in _matching(lines, match, text):
            yield LineHit(rule_id, kind, rule, line.start, line.end)


def logical_lines(text: str, language: str | None) -> tuple[tuple[LogicalLine, ...], str]:
    """Return a file's lines as rules see them, and why they are not all; "" where they are."""
    if language == "dockerfile":
        return tuple(instructions(text)), ""
    if language == "yaml":
        return flattened(text)
    return tuple(LogicalLine(number, number, line) for number, line in enumerate(text.split("\n"), 1)), ""


def _matching(lines: tuple[LogicalLine, ...], match: LineMatch, text: str) -> Iterator[LogicalLine]:
    if match.requires is not None and not re.search(match.requires, text):
        return
    hits = [line for line in lines if re.search(match.pattern, line.text[:MAX_LINE])]
    if match.missing is not None:
        if hits and not any(re.search(match.missing, line.text[:MAX_LINE]) for line in lines if line.start >= hits[-1].start):
            yield hits[-1]
        return
    yield from (line for line in hits if match.unless is None or not re.search(match.unless, line.text[:MAX_LINE]))
