"""What a new round of a checkpoint says that the one before did not, and the other way round."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

MOST: Final = 6
"""Lines shown of each kind; the rest is counted."""


def changes(before: str, now: str) -> list[str]:
    """Markdown that tells the difference of two summaries by their list entries and table rows; none where they say the same.

    Entries of the same name (what stands before the colon, or a row's first cell) that say something else are told once, as changed.
    """
    earlier, newer = _statements(before), _statements(now)
    new = [line for name, line in newer.items() if name not in earlier]
    changed = [f"{line} (was: {_rest(name, earlier[name])})" for name, line in newer.items() if name in earlier and earlier[name] != line]
    gone = [line for name, line in earlier.items() if name not in newer]
    if not (new or changed or gone):
        return ["**Since the last round** nothing changed that this summary shows.\n"]
    return ["**Since the last round:**\n", *_told("new", new), *_told("changed", changed), *_told("no longer shown", gone), ""]


def _statements(summary: str) -> dict[str, str]:
    """List entries and table rows by their names, each as one line without the marks of Markdown's lists and tables.

    What stands above the first heading is not the summary: it tells of feedback, failures and the changes of an earlier round. Heads of
    tables and rows that only count what was left out state nothing.
    """
    rows = [line.strip() for line in summary.splitlines()]
    rows = rows[next((place for place, row in enumerate(rows) if row.startswith("#")), 0) :]
    found = {}
    for row, following in pairwise([*rows, ""]):
        if re.match(r"- |\| *[^|\s-]", row) and not re.match(r"\| and \d+ more|- and \d+ more", row) and not re.match(r"\|[-| :]+$", following):
            line = re.sub(r"(?<!\\)\|", "·", row.removeprefix("- ").strip("| "))
            found[_name(line)] = line
    return found


def _name(line: str) -> str:
    return line.split(" · " if " · " in line else ": ", maxsplit=1)[0]


def _rest(name: str, line: str) -> str:
    return line.removeprefix(name).lstrip(" ·:")


def _told(kind: str, lines: list[str]) -> list[str]:
    more = [f"- and {len(lines) - MOST} more {kind}"] if len(lines) > MOST else []
    return [*(f"- {kind}: {line}" for line in lines[:MOST]), *more]
