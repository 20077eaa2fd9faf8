"""Code against its specifications: what a document names and no code serves, and what code serves and no document names."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import CODE, language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.observations import Route

_INTERFACES: Final = frozenset({"openapi", "connexion", "raml", "api-blueprint"})
"""Documents that claim to list an interface; recorded requests and gateways do not."""


def compared(found: Iterable[Route]) -> list[Route]:
    """The routes without those of documents that code serves; those that a document leaves out are marked.

    A document speaks for the paths that begin as its own do: where it names /shop/orders, it leaves out /shop/refunds but not /health.
    """
    unique = list(found)
    served: dict[str, set[str]] = defaultdict(set)
    documented: dict[str, set[str]] = defaultdict(set)
    for route in unique:
        if route.documented_only or route.framework in _INTERFACES:
            documented[shape(route.path)].update({route.method} if route.framework in _INTERFACES else ())
        if not route.documented_only and _is_code(route):
            served[shape(route.path)].add(route.method)
    spoken_for = {_beginning(path) for path, methods in documented.items() if methods}
    return [*_marked(unique, served, documented, spoken_for)]


def _marked(unique: list[Route], served: dict[str, set[str]], documented: dict[str, set[str]], spoken_for: set[str]) -> Iterator[Route]:
    for route in unique:
        path = shape(route.path)
        if route.documented_only:
            if not served[path] & {route.method, "ANY"}:
                yield route
        elif (
            route.type == "http"
            and _is_code(route)
            and _beginning(path) in spoken_for
            and not documented[path] & {route.method, "HEAD" if route.method == "GET" else route.method}
            and not (route.method == "ANY" and documented[path])
        ):
            yield route.model_copy(update={"undocumented": True})
        else:
            yield route


def shape(path: str) -> str:
    """A path without the names of its parameters and the slash at its end."""
    return re.sub(r"\{[^}]*\}", "{}", path).rstrip("/").lower()


def _beginning(path: str) -> str:
    return path.lstrip("/").partition("/")[0]


def _is_code(route: Route) -> bool:
    return route.handler is not None or language_of(route.registration.path) in CODE
