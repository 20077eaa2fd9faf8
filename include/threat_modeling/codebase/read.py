"""Text of one file of the target: confined, bounded, and only where it is text that a person wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.evidence import decoded
from threat_modeling.storage import read_confined

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES: Final = 1_000_000
MAX_LINE: Final = 100_000
"""A parser's memory grows with the longest line: files with longer ones are not read."""
MINIFIED_LINE: Final = 5_000
MINIFIED_MEAN: Final = 500
"""Code whose longest line and mean line pass these lengths is machine-made; one long constant in ordinary code is not."""


_CONSTANT: Final = re.compile(r"""'[^'\n]*'|"[^"\n]*"|`[^`\n]*`""")


class ReadSkipped(Exception):
    """A file that was not read; the message is the reason, fit for a coverage report."""


def read_text(root: Path, path: str, *, limit: int = MAX_BYTES, code: bool = True) -> str:
    """The file's text, undecodable bytes replaced; ReadSkipped where it is too large, binary, minified or can't be read.

    `limit` is in bytes. `code` False leaves out the test for minified text: data on one line is usual.
    """
    try:
        content = read_confined(root, path, limit + 1)
    except (OSError, ValueError) as error:
        raise ReadSkipped(f"can't be read: {getattr(error, 'strerror', None) or error}") from error
    if len(content) > limit:
        raise ReadSkipped(f"larger than {limit:,} bytes")
    if b"\0" in content:
        raise ReadSkipped("binary: holds NUL bytes")
    text = decoded(content)
    if code and len(text) > MINIFIED_LINE:
        lines = text.split("\n")
        longest = max(map(len, lines))
        if longest > MAX_LINE:
            raise ReadSkipped(f"a line of {longest:,} characters")
        if longest > MINIFIED_LINE and len(text) / len(lines) > MINIFIED_MEAN and _is_code(max(lines, key=len)):
            raise ReadSkipped("minified or generated: very long lines")
    return text


def _is_code(line: str) -> bool:
    """Tell a long line of code from one that is long for a constant in it."""
    return len(_CONSTANT.sub("", line)) > MINIFIED_LINE
