"""Paths as Go's frameworks write them, turned into absolute paths with parameters written {name}."""

from __future__ import annotations

import re
from typing import Final

_PARAMETER: Final = re.compile(
    r"""
    \{(?P<braced>[\w.-]*[$*?]?)(?:\.\.\.)?(?::(?:[^{}]|\{[^{}]*\})*)?\}   # {id} {id:[0-9]{3}} {path...} {name?} {$}
    | (?<![\w}])\?:(?P<late>\w+)                                         # ?:id
    | :(?P<name>\w+)(?:\((?:[^()]|\([^()]*\))*\)|<[^<>]*>|:(?:int|string))?[?+*]?   # :id  :id([0-9]+)  :id<int>  :id:int  :id?
    | (?<=/)\*(?P<splat>\w*)(?:\.\*)?                                    # *  *rest  *.*
    | (?<=/)\+(?=/|\Z)                                                   # +
    """,
    re.VERBOSE,
)


def template(path: str) -> str:
    """`/users/:id` and `/users/{id:[0-9]+}` -> `/users/{id}`; what takes the rest of a path without a name is {wildcard}."""

    def replaced(match: re.Match[str]) -> str:
        braced = match["braced"]
        if braced == "$":
            return ""
        name = (braced or match["late"] or match["name"] or match["splat"] or "").rstrip("?*")
        return f"{{{name or 'wildcard'}}}"

    return _PARAMETER.sub(replaced, path)


def joined(prefix: str, path: str) -> str:
    """Two parts of a path as one, with one slash between them and none at the end."""
    return re.sub(r"/{2,}", "/", f"/{prefix}/{path}").rstrip("/") or "/"


def names(path: str) -> tuple[str, ...]:
    """The parameters of a template, in order."""
    return tuple(dict.fromkeys(re.findall(r"\{([^{}]+)\}", path)))


def covers(pattern: str, path: str) -> bool:
    """Whether middleware for everything below `pattern` runs for `path`."""
    wanted = [part for part in pattern.rstrip("*").lower().split("/") if part]
    given = [part for part in path.lower().split("/") if part]
    return len(wanted) <= len(given) and all(left == right or left.startswith("{") for left, right in zip(wanted, given, strict=False))
