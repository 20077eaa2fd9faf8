"""A regular expression that is compiled when it is first searched for: an agent that quotes a few lines needs few of the many."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Pattern:
    """What `re.compile(expression, flags)` is, later. `needs` is a text that every match holds: where it is missing nothing is searched."""

    def __init__(self, expression: str, flags: re.RegexFlag = re.NOFLAG, *, needs: str = "") -> None:
        self._expression, self._flags, self._needs = expression, flags, needs

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself: what a match names as its own."""
        return re.compile(self._expression, self._flags)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Each match, left to right."""
        return self.compiled.finditer(text) if self._needs in text else iter(())

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with each match replaced."""
        return self.compiled.sub(replacement, text) if self._needs in text else text
