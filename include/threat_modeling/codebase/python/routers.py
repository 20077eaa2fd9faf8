"""Routers that are mounted on others, across files: at which absolute prefixes a router stands, and which guards cover it there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from threat_modeling.codebase.observations import Guard
    from threat_modeling.codebase.python.scopes import Scope
    from threat_modeling.codebase.syntax import Call

MAX_PLACES: Final = 50
"""Places of one router that are followed: routers mounted in a ring, or on each other many times, would have no end."""

Key: TypeAlias = tuple[str, int, int, str]
"""File, lines and callee of the call that makes a router."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One absolute prefix of a router, with the guards of all routers above it."""

    prefix: str
    guards: tuple[Guard, ...] = ()


@dataclass(slots=True)
class Router:
    """A router, blueprint, namespace or application as its own call makes it."""

    key: Key
    kind: str
    prefix: str = ""
    guards: list[Guard] = field(default_factory=list)
    mounts: list[tuple[Key | None, str, tuple[Guard, ...]]] = field(default_factory=list)
    """(parent or None for the root, prefix with the router's own in it, guards of the mount)."""


class Routers:
    """All routers of a project."""

    def __init__(self) -> None:
        self._routers: dict[Key, Router] = {}

    def __len__(self) -> int:
        return len(self._routers)

    def add(self, scope: Scope, call: Call, kind: str, prefix: str = "") -> Router:
        """The router that a call makes, remembered under its place."""
        key = (scope.module.path, call.line, call.end, kind)
        return self._routers.setdefault(key, Router(key, kind, prefix))

    def get(self, key: Key | None) -> Router | None:
        """A router by its key."""
        return self._routers.get(key) if key else None

    def placements(self, router: Router, above: tuple[Key, ...] = ()) -> list[Placement]:
        """Where a router stands; one that is mounted nowhere stands at its own prefix."""
        own = tuple(router.guards)
        if not router.mounts:
            return [Placement(router.prefix, own)]
        places: list[Placement] = []
        for parent_key, prefix, guards in router.mounts:
            parent = self.get(parent_key)
            if parent is None:
                places.append(Placement(prefix, (*guards, *own)))
            elif parent.key not in above and parent.key != router.key:
                places += [
                    Placement(joined(place.prefix, prefix), (*place.guards, *guards, *own)) for place in self.placements(parent, (*above, router.key))
                ]
            if len(places) >= MAX_PLACES:
                break
        return list(dict.fromkeys(places))[:MAX_PLACES]


def joined(prefix: str, path: str) -> str:
    """Two parts of a path with one slash between; the path's own trailing slash stays."""
    if not prefix.strip("/"):
        return path
    if not path:
        return prefix
    return f"{prefix.rstrip('/')}/{path.lstrip('/')}"
