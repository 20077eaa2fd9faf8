"""Paths of routes as the frameworks of Java and Kotlin write them."""

from __future__ import annotations

import re
from typing import Final

_BRACES: Final = re.compile(r"\{\s*\*?([\w.\-]+)\s*(?::(?:[^{}]|\{[^{}]*\})*)?[?*+]*\}")
_COLON: Final = re.compile(r"(?<=/):(\w+)\??")
_PARAMETER: Final = re.compile(r"\{([^}]*)\}")
_SLASHES: Final = re.compile(r"/{2,}")


def template(path: str) -> str:
    """`/a/{id:[0-9]+}/:name/{*rest}` -> `/a/{id}/{name}/{rest}`; what is no parameter stays as written."""
    return _COLON.sub(r"{\1}", _BRACES.sub(r"{\1}", path.strip()))


def joined(*parts: str) -> str:
    """Parts as one absolute path, one slash between them; the last part's slash at the end stays."""
    path = "/".join(part for part in parts if part)
    clean = _SLASHES.sub("/", "/" + path)
    last = next((part for part in reversed(parts) if part), "")
    return clean if last.endswith("/") and last != "/" else clean.rstrip("/") or "/"


def names(path: str) -> list[str]:
    """The parameters of a path."""
    return _PARAMETER.findall(path)


def matches(pattern: str, path: str) -> bool:
    """Whether an ant pattern (`/a/**`, `/a/*`, `/{id}/b`) matches a path whose parameters are written {name}."""
    return bool(_compiled(pattern).match(path))


def _compiled(pattern: str) -> re.Pattern[str]:
    text = "/" + pattern.strip().lstrip("/")
    made = ""
    for piece in re.split(r"(/\*\*|\*\*|\*|\?|\{[^}]*\})", text):
        made += {"/**": "(?:/.*)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(piece) or ("[^/]+" if piece.startswith("{") else re.escape(piece))
    return re.compile(made + r"/?\Z")
