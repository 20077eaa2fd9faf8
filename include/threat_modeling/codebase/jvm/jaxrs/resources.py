"""Resources of JAX-RS: methods with a verb, their inherited annotations, sub-resources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from threat_modeling.codebase.jvm.annotations import annotations_of, expanded, find
from threat_modeling.codebase.jvm.classes import simple, written
from threat_modeling.codebase.jvm.routes import Served
from threat_modeling.codebase.syntax import Call, Function, Return, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.jvm.routes import Reading
    from threat_modeling.codebase.syntax import Expression

VERBS: Final = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
MAX_DEPTH: Final = 4
_CLIENTS: Final = frozenset({"RegisterRestClient", "FeignClient"})


@dataclass(frozen=True, slots=True)
class Resource:
    """One method that serves a verb at a path below its application's."""

    served: Served
    verb: str
    path: str


def verb_of(reading: Reading, place: Place, decorators: Iterable[Expression]) -> str:
    """The verb of a method's annotations, also of one that the application declares with @HttpMethod; "" for none."""
    for found in annotations_of(place, decorators):
        if found.name in VERBS and not isinstance(found.node, Call):
            return found.name
        for mark in expanded(reading.types, found):
            if mark.name == "HttpMethod" and mark is not found:
                return (reading.constants.text(mark.place, mark.argument("value")) or found.name).upper()
    return ""


def path_of(reading: Reading, place: Place, decorators: Iterable[Expression]) -> str | None:
    """The text of @Path; None without one."""
    found = find(place, decorators, ("Path",))
    if found is None:
        return None
    return reading.settings.filled(place.module.path, reading.constants.text(place, found.argument("value")) or "")


def root_path(reading: Reading, place: Place) -> str | None:
    """The path of a root resource: its own @Path or the nearest inherited one; None where it is none."""
    if place.has("interface") or place.has("abstract") or place.has("annotation"):
        return None
    for each in (place, *reading.types.ancestors(place)):
        if find(each, each.node.decorators, _CLIENTS) is not None:
            return None
        path = path_of(reading, each, each.node.decorators)
        if path is not None:
            return path
    return None


def resources(reading: Reading, place: Place, prefix: str, depth: int = MAX_DEPTH) -> Iterator[Resource]:
    """What a resource class serves below a prefix, sub-resources included."""
    seen: set[tuple[str, int]] = set()
    lineage = [place, *reading.types.ancestors(place)]
    for owner in lineage:
        for method in owner.methods():
            key = (method.name, len(method.parameters))
            verb, path = verb_of(reading, owner, method.decorators), path_of(reading, owner, method.decorators)
            if key in seen or not (verb or path is not None):
                continue
            seen.add(key)
            whole = f"{prefix}/{path}" if path else prefix
            if verb:
                yield Resource(_running(place, lineage, owner, method), verb, whole)
            elif depth:
                located = _located(reading, owner, method)
                if located is not None:
                    yield from resources(reading, located, whole, depth - 1)


def _running(place: Place, lineage: list[Place], owner: Place, method: Function) -> Served:
    """The method with a body behind a declaration, with the annotations of the declaration's parameters."""
    for other in lineage:
        for candidate in other.methods():
            if candidate.name == method.name and len(candidate.parameters) == len(method.parameters) and candidate.body and candidate is not method:
                pairs = zip(candidate.parameters, method.parameters, strict=True)
                parameters = tuple(replace(mine, decorators=mine.decorators or theirs.decorators) for mine, theirs in pairs)
                return Served(place, other, replace(candidate, parameters=parameters, decorators=(*candidate.decorators, *method.decorators)))
        if other is owner:
            break
    return Served(place, owner, method)


def _located(reading: Reading, owner: Place, method: Function) -> Place | None:
    """The class of a sub-resource: the one that is made, or the declared one."""
    for node in walk(method.body):
        if isinstance(node, Return) and isinstance(node.value, Call) and node.value.new:
            made = reading.types.find(owner, written(node.value.callee))
            if made is not None:
                return made
    if method.returns is None or simple(method.returns) in {"Object", "Class"}:
        index = getattr(method.returns, "index", None)
        return reading.types.find(owner, written(index)) if index is not None else None
    return reading.types.find(owner, written(method.returns))
