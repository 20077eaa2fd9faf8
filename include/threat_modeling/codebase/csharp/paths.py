"""Route templates of .NET, turned into absolute paths with parameters written {name}."""

from __future__ import annotations

import re
from typing import Final

_PARAMETER: Final = re.compile(r"\{\*{0,2}(\w+)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def template(path: str) -> str:
    """`{id:int}`, `{id?}`, `{page=5}` and `{**rest}` -> `{id}` ...: what the route demands of a value is no part of its path."""
    return _PARAMETER.sub(lambda match: f"{{{match[1]}}}", path)


def joined(prefix: str, path: str) -> str:
    """Two parts of a template as one; a path from `/` or `~/` on is absolute."""
    if path.startswith(("~/", "/")):
        prefix = ""
    return re.sub(r"/{2,}", "/", f"/{prefix}/{path.removeprefix('~')}").rstrip("/") or "/"


def below(prefix: str, path: str) -> str:
    """A path below a group's prefix, whatever it begins with."""
    return re.sub(r"/{2,}", "/", f"/{prefix}/{template(path)}").rstrip("/") or "/"


def names(path: str) -> tuple[str, ...]:
    """The parameters of a template, in order."""
    return tuple(dict.fromkeys(re.findall(r"\{(\w+)\}", path)))
