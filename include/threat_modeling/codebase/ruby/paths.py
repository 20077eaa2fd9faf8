"""Paths of Ruby's routers, and how Rails names resources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.syntax import Attribute, Call, Expression, Join, Literal, Name, Sequence, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Bound = str | tuple[str, ...]

MAX_PATH: Final = 2_000
"""Characters of a path; longer ones are no paths."""
_OPTIONAL: Final = re.compile(r"\([^()]*\)")
_PARAMETER: Final = re.compile(r"[:*]([A-Za-z_]\w*)")
_IRREGULAR: Final = {"people": "person", "men": "man", "children": "child", "mice": "mouse", "news": "news", "series": "series", "status": "status"}


def template(path: str) -> str:
    """A path with parameters written {name}: optional parts are left out, `:a` and `*a` are parameters."""
    path = path[:MAX_PATH]
    for _ in range(8):
        shorter = _OPTIONAL.sub("", path)
        if shorter == path:
            break
        path = shorter
    return joined(_PARAMETER.sub(r"{\1}", path))


def joined(*parts: str) -> str:
    """An absolute path from parts, without doubled slashes and without one at the end."""
    return re.sub(r"/+", "/", "/" + "/".join(parts)).rstrip("/") or "/"


def names(path: str) -> Iterator[str]:
    """The names of a path's parameters."""
    return (match[1] for match in re.finditer(r"\{(\w+)\}", path))


def singular(name: str) -> str:
    """The word for one of what a plural names, by the usual rules of English."""
    head, _, last = name.rpartition("_")
    one = _IRREGULAR.get(last)
    if one is None:
        for ending, replacement in (
            ("ies", "y"),
            ("sses", "ss"),
            ("shes", "sh"),
            ("ches", "ch"),
            ("xes", "x"),
            ("ss", "ss"),
            ("us", "us"),
            ("s", ""),
        ):
            if last.endswith(ending) and len(last) > len(ending):
                one = last.removesuffix(ending) + replacement
                break
    return f"{head}_{one or last}" if head else one or last


def plural(name: str) -> str:
    """The word for several of what a singular names."""
    if name.endswith(("s", "x", "ch", "sh")):
        return name if name.endswith("s") and not name.endswith("ss") else f"{name}es"
    return f"{name[:-1]}ies" if name.endswith("y") and name[-2:-1] not in "aeiou" else f"{name}s"


def text_of(value: object, env: Mapping[str, Bound]) -> str | None:
    """The text of an expression; what is unknown in it is a parameter. None for what is no text."""
    if isinstance(value, Literal) and isinstance(value.value, str | int):
        return str(value.value)
    if isinstance(value, Join):
        return "".join(_part(part, env) for part in value.parts)
    if isinstance(value, Name):
        bound = env.get(value.id)
        return bound if isinstance(bound, str) else None
    if isinstance(value, Attribute) and value.name in {"to_s", "to_sym", "freeze", "downcase"}:
        return text_of(value.object, env)
    return None


def _part(part: Expression, env: Mapping[str, Bound]) -> str:
    known = text_of(part, env)
    if known is not None:
        return known
    while isinstance(part, Call):
        part = part.callee
    return f"{{{getattr(part, 'name', None) or getattr(part, 'id', None) or 'value'}}}"


def texts_of(value: object, env: Mapping[str, Bound]) -> tuple[str, ...]:
    """The texts of a list, or of a single value."""
    if isinstance(value, Attribute) and value.name in {"freeze", "each", "to_a"}:
        value = value.object
    if isinstance(value, Sequence):
        return tuple(found for element in value.elements if (found := text_of(element, env)) is not None)
    if isinstance(value, Name):
        bound = env.get(value.id, ())
        return bound if isinstance(bound, tuple) else (bound,)
    found = text_of(value, env)
    return () if found is None else (found,)


def segment(value: object, env: Mapping[str, Bound]) -> str | None:
    """One segment as Grape and Roda write it: a symbol of theirs is told from a text by the caller."""
    return f"{{{value.value}}}" if isinstance(value, Symbol) else text_of(value, env)
