"""A package as a manifest names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ecosystem = Literal["pypi", "npm", "maven", "go", "rubygems", "packagist", "nuget", "cargo", "docker"]


@dataclass(frozen=True, slots=True)
class Package:
    """`version` is "" where the manifest leaves it open; `line` (1-based) is where it stands."""

    name: str
    version: str
    ecosystem: Ecosystem
    line: int
    pinned: bool


def line_of(text: str, needle: str, after: int = 0) -> tuple[int, int]:
    """Find a text: its line (1-based) and its end, from the offset `after` on; line 1 and `after` where it is not there."""
    place = text.find(needle, after)
    return (1, after) if place < 0 else (text.count("\n", 0, place) + 1, place + len(needle))
