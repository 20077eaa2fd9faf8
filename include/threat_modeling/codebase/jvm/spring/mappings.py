"""Controllers of Spring and what their annotations map: paths and methods of classes, interfaces and methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from threat_modeling.codebase.jvm.annotations import Annotation, annotations_of, expanded
from threat_modeling.codebase.jvm.routes import Reading, Served
from threat_modeling.codebase.syntax import Sequence, dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.syntax import Expression, Function

VERBS: Final = {
    "RequestMapping": "",
    "HttpExchange": "",
    **{f"{name}{suffix}": name.upper() for name in ("Get", "Post", "Put", "Delete", "Patch") for suffix in ("Mapping", "Exchange")},
}
CONTROLLERS: Final = frozenset({"Controller", "RestController", "BasePathAwareController", "RepositoryRestController"})
_CLIENTS: Final = frozenset({"FeignClient", "HttpServiceClient"})


@dataclass(frozen=True, slots=True)
class Mapping:
    """Paths ("" where none is given) and methods (none where all are served)."""

    paths: tuple[str, ...] = ("",)
    verbs: tuple[str, ...] = ()


def is_controller(reading: Reading, place: Place) -> bool:
    """Whether Spring serves what a class maps; up to version 5 a mapping of the whole class is enough."""
    if place.has("interface") or place.has("abstract") or place.has("annotation"):
        return False
    marks = [mark for found in annotations_of(place, place.node.decorators) for mark in expanded(reading.types, found)]
    names = {mark.name for mark in marks}
    return bool(names & (CONTROLLERS | {"RequestMapping"})) and not names & _CLIENTS


def mapping(reading: Reading, place: Place, decorators: Iterable[Expression]) -> Mapping | None:
    """What a class or method maps by its annotations, also by one of the application's own; None where it maps nothing."""
    for found in annotations_of(place, decorators):
        chain = list(expanded(reading.types, found))
        at = next((index for index, mark in enumerate(chain) if mark.name in VERBS), None)
        if at is not None:
            return _mapped(reading, chain[: at + 1])
    return None


def _mapped(reading: Reading, chain: list[Annotation]) -> Mapping:
    """The annotation of Spring at the end of a chain; paths come from the first of the chain that gives some."""
    verb = VERBS[chain[-1].name]
    verbs: list[str] = [verb] if verb else []
    paths: list[str] = []
    for mark in chain:
        if not paths:
            texts = reading.constants.texts(mark.place, mark.argument("path", "value", "url"))
            paths = [reading.settings.filled(mark.place.module.path, text) for text in texts]
        if not verbs:
            verbs = _verbs(reading, mark)
    return Mapping(tuple(paths) or ("",), tuple(verbs))


def _verbs(reading: Reading, mark: Annotation) -> list[str]:
    given = mark.argument("method")
    nodes = given.elements if isinstance(given, Sequence) else getattr(given, "arguments", ()) or ((given,) if given is not None else ())
    return [name for node in nodes if (name := dotted(node).rpartition(".")[2]) and name.isupper()] or [
        text for text in reading.constants.texts(mark.place, given) if text.isupper()
    ]


def served(reading: Reading, place: Place) -> Iterator[tuple[Served, Mapping]]:
    """The mapped methods of a controller: its own, and those that it inherits a mapping for."""
    seen: set[tuple[str, int]] = set()
    lineage = [place, *reading.types.ancestors(place)]
    for owner in lineage:
        for method in owner.methods():
            found = mapping(reading, owner, method.decorators)
            key = (method.name, len(method.parameters))
            if found is None or key in seen:
                continue
            seen.add(key)
            own = next(
                (
                    Served(place, other, candidate)
                    for other in lineage
                    for candidate in other.methods()
                    if (candidate.name, len(candidate.parameters)) == key and candidate.body
                ),
                Served(place, owner, method),
            )
            yield own if own.owner is owner else Served(place, own.owner, _annotated(own.method, method)), found


def _annotated(own: Function, declared: Function) -> Function:
    """The method that runs, with the annotations of parameters that its interface declares."""
    pairs = zip(own.parameters, declared.parameters, strict=True)
    return replace(own, parameters=tuple(replace(mine, decorators=mine.decorators or theirs.decorators) for mine, theirs in pairs))


def class_mapping(reading: Reading, place: Place) -> Mapping:
    """What a controller maps as a whole, by its own annotation or the nearest inherited one."""
    for each in (place, *reading.types.ancestors(place)):
        found = mapping(reading, each, each.node.decorators)
        if found is not None:
            return found
    return Mapping()
