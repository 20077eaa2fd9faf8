"""What a new round of a checkpoint says that the one before did not, and the other way round."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 6
"""Lines shown of each kind; the rest is counted."""


def changes(before: str, now: str) -> list[str]:
    """Markdown that tells the difference of two summaries by their list entries and table rows; none where they say the same."""
    earlier, newer = _statements(before), _statements(now)
    gone = [line for line in earlier if line not in set(newer)]
    new = [line for line in newer if line not in set(earlier)]
    if not gone and not new:
        return ["**Since the last round** nothing changed that this summary shows.\n"]
    return ["**Since the last round:**\n", *_told("new", new), *_told("no longer", gone), ""]


def _statements(summary: str) -> list[str]:
    """List entries and table rows, each as one line without the marks of Markdown's lists and tables.

    What stands above the first heading is not the summary: it tells of feedback, failures and the changes of an earlier round.
    """
    rows = [line.strip() for line in summary.splitlines()]
    rows = rows[next((place for place, row in enumerate(rows) if row.startswith("#")), 0) :]
    kept = [row for row in rows if re.match(r"- |\| *[^|\s-]", row)]
    return list(dict.fromkeys(re.sub(r"(?<!\\)\|", "·", row.removeprefix("- ").strip("| ")) for row in kept))


def _told(kind: str, lines: list[str]) -> list[str]:
    more = [f"- and {len(lines) - MOST} more {kind}"] if len(lines) > MOST else []
    return [*(f"- {kind}: {line}" for line in lines[:MOST]), *more]
