"""What the command writes and reads: readable in a pipe, alive in a terminal."""

from __future__ import annotations

import os
import re
import select
import sys
import time

_CLEAR = "\r\x1b[2K"


class Terminal:
    """Lines to standard output, each with the time since the start; in a terminal also a last line that is replaced."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._live = sys.stdout.isatty()
        self._input: int | None = _descriptor()
        self._buffer = b""

    def say(self, text: str = "") -> None:
        """Write text, in full, on lines of its own."""
        print(f"{_CLEAR if self._live else ''}{printable(text)}", flush=True)

    def progress(self, text: str) -> None:
        """Write a line with the elapsed time before it."""
        self.say(f"[{self.elapsed()}] {text}")

    def status(self, text: str) -> None:
        """Replace the last line, in a terminal; nothing in a pipe."""
        if self._live:
            width = (os.get_terminal_size(sys.stdout.fileno()).columns or 80) - 1
            print(f"{_CLEAR}{f'[{self.elapsed()}] {printable(text)}'[:width]}", end="", flush=True)

    def elapsed(self) -> str:
        """Minutes and seconds since the start."""
        seconds = int(time.monotonic() - self._started)
        return f"{seconds // 60:02}:{seconds % 60:02}"

    def line(self, timeout_seconds: float) -> str | None:
        """A line typed within the time, else None; after the end of the input always None."""
        if b"\n" not in self._buffer:
            self._fill(timeout_seconds)
        if b"\n" not in self._buffer:
            return None
        line, self._buffer = self._buffer.split(b"\n", 1)
        return line.decode("utf-8", "replace").strip()

    @property
    def can_answer(self) -> bool:
        """Whether a line may still come."""
        return self._input is not None

    def _fill(self, timeout_seconds: float) -> None:
        if self._input is None:
            time.sleep(timeout_seconds)
        elif select.select([self._input], [], [], timeout_seconds)[0]:
            more = os.read(self._input, 65536)
            self._buffer += more
            if not more:
                self._input = None


def printable(text: str) -> str:
    """Text without control characters: it quotes the target's code, which must not drive the terminal."""
    return "".join(one if one in "\n\t" or one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def plain(markdown: str) -> str:
    """Markdown as a terminal reads best: without the backslashes that keep quoted text from being markup."""
    return re.sub(r"\\([^\w\s])", r"\1", markdown)


def _descriptor() -> int | None:
    try:
        return sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        return None
