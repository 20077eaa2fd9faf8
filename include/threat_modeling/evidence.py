"""Makes quotes from the target's code and proves them against it: verified, moved, contradicted or unknown.

A quote is a function of the file's bytes and a range of lines, so checking is making it again and comparing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from threat_modeling.model import MAX_QUOTE, Evidence, EvidenceStatus, normalized
from threat_modeling.secrets import mask
from threat_modeling.storage import read_confined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_LINES = 6
MAX_LINE = 300
MAX_SEARCHED = 4000
"""Characters of a line that are searched for secrets before it is cut: a secret cut in half would not be seen."""
MAX_BYTES = 8_000_000


def decoded(content: bytes) -> str:
    """The text of a file as every reader of this product sees it: no byte order mark, undecodable bytes replaced."""
    return content.decode("utf-8", "replace").removeprefix("\ufeff")


def source_lines(content: bytes) -> list[str]:
    r"""The lines of a file as every reader of this product counts them: split at \\n."""
    return decoded(content).split("\n")


def quote(path: str, lines: list[str], start: int, end: int) -> Evidence:
    """Evidence for lines `start` to `end` (1-based): at most 6 lines of 300 characters, secrets masked, `end` as shown."""
    start = min(max(start, 1), len(lines) or 1)
    end = min(max(end, start), start + MAX_LINES - 1, len(lines) or 1)
    raw = [line.rstrip("\r")[:MAX_SEARCHED] for line in lines[start - 1 : end]]
    shown = mask("\n".join(raw)).split("\n")
    return Evidence.of(path, start, end, "\n".join(line[:MAX_LINE] for line in shown)[:MAX_QUOTE], masked=shown != raw)


class Checker:
    """Checks evidence against one target, reading each file once."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._files: dict[str, list[str] | str] = {}

    def status(self, evidence: Evidence) -> tuple[EvidenceStatus, str]:
        """What the code says of a quote, and the reason where it is not verified."""
        lines = self._lines(evidence.path)
        if isinstance(lines, str):
            return EvidenceStatus.UNKNOWN, lines
        if Evidence.of(evidence.path, 1, 1, evidence.quote).sha256 != evidence.sha256:
            return EvidenceStatus.CONTRADICTED, "the quote does not match its own sha256"
        if evidence.end <= len(lines) and self._same(evidence, lines, evidence.start):
            return EvidenceStatus.VERIFIED, ""
        moved = next((n for n in range(1, len(lines) + 1) if self._same(evidence, lines, n)), None)
        if moved:
            return EvidenceStatus.MOVED, f"the quote stands at line {moved} now"
        return EvidenceStatus.CONTRADICTED, f"lines {evidence.start}-{evidence.end} of {evidence.path} do not hold this quote"

    @staticmethod
    def _same(evidence: Evidence, lines: list[str], start: int) -> bool:
        first = normalized(evidence.quote.split("\n", 1)[0])
        if not evidence.masked and first and first not in normalized(lines[start - 1]):
            return False
        return quote(evidence.path, lines, start, start + evidence.end - evidence.start).sha256 == evidence.sha256

    def _lines(self, path: str) -> list[str] | str:
        if path not in self._files:
            try:
                self._files[path] = source_lines(read_confined(self._target, path, MAX_BYTES))
            except (OSError, ValueError) as error:
                self._files[path] = f"{path} can't be read: {error}"
        return self._files[path]


def evidence_in(value: Any) -> Iterator[Evidence]:
    """Every piece of evidence inside a model, a list or a parsed JSON document."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, Evidence):
            yield current
        elif isinstance(current, BaseModel):
            stack.extend(getattr(current, name) for name in type(current).model_fields)
        elif isinstance(current, dict):
            if {"path", "start", "end", "quote", "sha256"} <= current.keys():
                yield Evidence.model_validate(current)
            else:
                stack.extend(current.values())
        elif isinstance(current, (list, tuple)):
            stack.extend(current)
