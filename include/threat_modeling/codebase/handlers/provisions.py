"""What code that runs before handlers leaves for them: fields that middleware sets on the request, names it keeps on `flask.g`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.origins import CONTAINERS
from threat_modeling.codebase.syntax import Assign, Attribute, Function, Module, Name, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from threat_modeling.codebase.project import Project

_IMPORTS_G: Final = (" g,", " g\n", " g\r", " g)", " g ", "\tg,", "(g,", "(g)", ",g,", ",g\n", ",g)")
"""What a file that imports `g` holds in some line."""
_BY_SESSION: Final = frozenset({"session", "current_user"})


@dataclass(frozen=True, slots=True)
class Provisions:
    """`on_request`: names set on the request from what was verified. `on_globals`: name on `g` -> how it is known (session or header)."""

    on_request: frozenset[str] = frozenset()
    on_globals: Mapping[str, str] = field(default_factory=dict)


def provisions(project: Project) -> Provisions:
    """What the whole project provides."""
    return Provisions(trusted_fields(project), _globals(project))


def trusted_fields(project: Project) -> frozenset[str]:
    """Names that middleware sets on the request from what it verified: `req.body.userId = decoded.id` before `next()`."""
    found: set[str] = set()
    for module in project.modules(("javascript", "jsx", "typescript", "tsx"), ("next()",)):
        for function in walk(module.body):
            if isinstance(function, Function) and any(parameter.name == "next" for parameter in function.parameters):
                found.update(_set_on_request(function))
    return frozenset(found)


def _set_on_request(function: Function) -> Iterator[str]:
    for node in walk(function.body):
        if not isinstance(node, Assign) or node.value is None:
            continue
        for target in node.targets:
            holder = dotted(target)
            if not isinstance(target, Attribute) or target.name in CONTAINERS or holder.split(".")[0] not in {"req", "request"}:
                continue
            if not any(_from_request(n) for n in walk(node.value)):
                yield target.name


def _from_request(node: object) -> bool:
    first, _, rest = dotted(node).partition(".") if isinstance(node, Attribute) else ("", "", "")
    return first in {"req", "request"} and rest.partition(".")[0] in CONTAINERS


def _globals(project: Project) -> dict[str, str]:
    """Names on `g` by what the file that sets them reads; a session wins, for a browser sends it unasked."""
    found: dict[str, str] = {}
    for module in project.modules(("python",), _IMPORTS_G):
        names = set(_kept(module))
        way = _way(module) if names else ""
        found.update({name: way for name in names if found.get(name) != "session"})
    return found


def _kept(module: Module) -> Iterator[str]:
    for node in walk(module.body):
        for target in node.targets if isinstance(node, Assign) else ():
            if isinstance(target, Attribute) and isinstance(target.object, Name) and module.imports.get(target.object.id, ("", ""))[1] == "g":
                yield target.name


def _way(module: Module) -> str:
    """By a header only where that is all there is to see."""
    nodes = list(walk(module.body))
    fields = {node.name for node in nodes if isinstance(node, Attribute)}
    by_cookie = "cookies" in fields or not _BY_SESSION.isdisjoint(node.id for node in nodes if isinstance(node, Name))
    return "session" if by_cookie or fields.isdisjoint({"headers", "authorization"}) else "header"
