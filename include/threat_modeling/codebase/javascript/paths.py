"""Paths as Node.js frameworks write them, turned into absolute paths with parameters written {name}."""

from __future__ import annotations

import re
from typing import Final

_PARAMETER: Final = re.compile(
    r"""
    \{(?P<known>\w+)\}                                   # put in where a constant is not known
    | :(?P<name>\w+)(?:\((?:[^()]|\([^()]*\))*\)|\{[^{}/:]*(?:\{[^{}]*\}[^{}/:]*)*\})?[?+*]?  # :id  :id(\\d+)  :id{[0-9]+}  :id?
    | \*(?P<splat>\w*)                                   # *  *rest
    | \(\?[!=<][^()]*\)                                  # a look-around takes no part of the path
    | \((?P<group>(?:[^()]|\([^()]*\))*)\)[?+*]?         # (a|b)
    | \{(?P<optional>/?[^{}]*)\}                         # {/:op}: may be left out
    """,
    re.VERBOSE,
)
_CLASS: Final = re.compile(
    r"\((?:\?<(?P<name>\w+)>|\?:)?(?P<body>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)[?+*]?|\[(?:[^\]\\]|\\.)+\][+*?]?|(?:\\[wdsWDS]|\.)[+*]\??"
)


def template(path: str) -> str:
    r"""`/users/:id(\\d+)/*` -> `/users/{id}/{wildcard}`."""
    counter = iter(range(1000))

    def replaced(match: re.Match[str]) -> str:
        if match["known"] or match["name"]:
            return f"{{{match['known'] or match['name']}}}"
        if match["splat"] is not None:
            return f"{{{match['splat'] or 'wildcard'}}}"
        if match["optional"] is not None:
            return "{" + match["optional"].replace(":", "") + "}"
        return f"{{part{next(counter)}}}" if match["group"] is not None else ""

    return _PARAMETER.sub(replaced, path)


def from_pattern(source: str) -> str:
    r"""A regular expression as a template: `^\\/api\\/(\\w+)$` -> `/api/{part0}`; what stays unreadable is one parameter."""
    counter = iter(range(1000))

    def replaced(match: re.Match[str]) -> str:
        return f"{{{match['name'] or f'part{next(counter)}'}}}"

    plain = _CLASS.sub(replaced, source.removeprefix("^").removesuffix("$"))
    plain = re.sub(r"\\(.)", r"\1", plain).replace("/?", "/").rstrip("?")
    return plain if plain.startswith("/") and not re.search(r"[()\[\]|^$+]", plain) else "/{pattern}"


def joined(prefix: str, path: str) -> str:
    """Two parts of a path as one, with one slash between them and none at the end."""
    return re.sub(r"/{2,}", "/", f"/{prefix}/{path}").rstrip("/") or "/"


def names(path: str) -> tuple[str, ...]:
    """The parameters of a template, in order."""
    return tuple(dict.fromkeys(re.findall(r"\{/?(\w+)\??\}", path)))


def covers(pattern: str, path: str, *, below: bool) -> bool:
    """Whether a request for `path` passes what is registered at `pattern`; `below` counts everything under it."""
    wanted = [part for part in pattern.lower().split("/") if part]
    given = [part for part in path.lower().split("/") if part]
    if wanted and wanted[-1] == "{wildcard}":
        wanted, below = wanted[:-1], True
    if len(wanted) > len(given) or (len(wanted) < len(given) and not below):
        return False
    return all(left == right or left.startswith("{") for left, right in zip(wanted, given, strict=False))
