"""Paths as PHP's routers write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.syntax import Attribute, Expression, Join, Literal, Mapping, Name, Sequence, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Names

_BRACED: Final = re.compile(r"\{[!*]?(\w+)(?:[:<](?:[^{}]|\{[^{}]*\})*)?[?]?(?:\?[^{}]*)?\}")
_ANGLED: Final = re.compile(r"<(\w+)\??(?::(?:[^<>]|<[^<>]*>)*)?>")
_COLON: Final = re.compile(r"(?<![\w?(]):(\w+)\??")
_IRREGULAR: Final = {"people": "person", "children": "child", "men": "man", "news": "news", "media": "media", "series": "series", "data": "data"}
MAX_PATH: Final = 2_000
"""Characters of a path; longer ones are no paths."""
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")


def joined(*parts: str) -> str:
    """An absolute path from parts, without doubled slashes and without one at the end."""
    return re.sub(r"/+", "/", "/" + "/".join(parts)).rstrip("/") or "/"


def template(path: str) -> str:
    r"""A path with parameters written {name}: `{id:\d+}`, `{id?}`, `<id:\d+>`, `:id` alike."""
    path = _BRACED.sub(r"{\1}", path[:MAX_PATH])
    path = _ANGLED.sub(r"{\1}", path)
    return joined(_COLON.sub(r"{\1}", path))


def names(path: str) -> Iterator[str]:
    """The names of a path's parameters."""
    return (match[1] for match in re.finditer(r"\{(\w+)\}", path))


def text_of(value: object, env: Names[str, str] | None = None) -> str | None:
    """The text of an expression; what is unknown in it is a parameter. None for what is no text."""
    if isinstance(value, Literal) and isinstance(value.value, str | int) and not isinstance(value.value, bool):
        return str(value.value)
    if isinstance(value, Name) and env:
        return env.get(value.id)
    if isinstance(value, Join):
        return "".join(_part(part, env) for part in value.parts)
    return None


def _part(part: Expression, env: Names[str, str] | None) -> str:
    known = text_of(part, env)
    return known if known is not None else f"{{{dotted(part).rpartition('.')[2].strip('$()[]') or 'value'}}}"


def texts_of(value: object, env: Names[str, str] | None = None) -> tuple[str, ...]:
    """The texts of an array, or of a single value; constants like `Request::METHOD_GET` by their last word."""
    if isinstance(value, Sequence | Mapping):
        elements = value.elements if isinstance(value, Sequence) else tuple(element for _, element in value.entries)
        return tuple(text for element in elements for text in texts_of(element, env))
    if isinstance(value, Attribute):
        return (value.name.removeprefix("METHOD_").removeprefix("HTTP_METHOD_"),)
    found = text_of(value, env)
    return () if found is None else (found,)


def methods_of(value: object) -> tuple[str, ...]:
    """The methods that `["GET", "POST"]`, "GET|POST" or "GET,POST" name; ANY for all of them or none."""
    words = [word.upper() for text in texts_of(value) for word in re.split(r"[|,\s]+", text) if word]
    return tuple(dict.fromkeys(word for word in words if word in METHODS)) if words and not {"*", "ANY"} & set(words) else ("ANY",)


def singular(name: str) -> str:
    """The word for one of what a plural names, by the usual rules of English."""
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    for ending, replacement in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("ss", "ss"), ("us", "us"), ("s", "")):
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending) + replacement
    return name


def dashed(name: str) -> str:
    """`UserPosts` -> user-posts."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).replace("_", "-").lower()
