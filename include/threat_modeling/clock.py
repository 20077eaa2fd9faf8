"""The time, which is in UTC wherever it is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pendulum


def now() -> pendulum.DateTime:
    """The time now."""
    import pendulum  # noqa: PLC0415 - an agent asks for no time, and this takes longer to import than a session

    return pendulum.now("UTC")


def stamp() -> str:
    """The time now as every file of a session tells it: ISO 8601."""
    return now().to_iso8601_string()
