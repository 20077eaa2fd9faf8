"""Small turns of phrase that pages share."""

from __future__ import annotations

import json
from typing import Any

from threat_modeling.text import one_line

_TITLES = {"cors-csp": "CORS and CSP", "logging-audit": "Logging and audit"}
_WHO = {
    "external-unauthenticated": "anyone",
    "external-authenticated": "authenticated callers",
    "internal": "internal callers",
    "unreachable": "nobody outside",
}


def human(value: str) -> str:
    """`elevation-of-privilege` as "Elevation of privilege"."""
    if value in _TITLES:
        return _TITLES[value]
    words = value.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def compact(value: Any) -> str:
    """Any JSON value on one short line."""
    return one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True), 300)


def who(exposure: str) -> str:
    """An exposure as the people it is open to."""
    return _WHO.get(exposure, exposure)


def figure(value: float | None, unit: str) -> str:
    """A number with its unit; a missing one is told as that and never made up."""
    return "not stated" if value is None else f"{value:,.10g} {unit}"
