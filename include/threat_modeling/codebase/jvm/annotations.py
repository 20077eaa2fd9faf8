"""Annotations by their names, also those that an application makes of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.syntax import Call, dotted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from threat_modeling.codebase.jvm.classes import Place, Types
    from threat_modeling.codebase.syntax import Expression

MAX_META: Final = 4


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation where it is written; `name` is the last part of its name."""

    name: str
    node: Expression
    place: Place

    def argument(self, *names: str) -> Expression | None:
        """The first given argument of these names; one without a name is `value`."""
        if not isinstance(self.node, Call):
            return None
        for name in names:
            found = self.node.keyword(name)
            if found is not None:
                return found
        return self.node.arguments[0] if "value" in names and self.node.arguments else None


def name_of(node: Expression) -> str:
    """The last part of an annotation's name."""
    return dotted(node.callee if isinstance(node, Call) else node).rpartition(".")[2]


def annotations_of(place: Place, decorators: Iterable[Expression]) -> Iterator[Annotation]:
    """The annotations of a class, method or parameter."""
    for node in decorators:
        name = name_of(node)
        if name:
            yield Annotation(name, node, place)


def find(place: Place, decorators: Iterable[Expression], names: Collection[str]) -> Annotation | None:
    """The first annotation of one of these names."""
    return next((found for found in annotations_of(place, decorators) if found.name in names), None)


def expanded(types: Types, found: Annotation, depth: int = MAX_META) -> Iterator[Annotation]:
    """An annotation, and the annotations that its own declaration carries."""
    yield found
    declared = types.find(found.place, dotted(found.node.callee if isinstance(found.node, Call) else found.node)) if depth else None
    if declared is not None and declared.has("annotation"):
        for inner in annotations_of(declared, declared.node.decorators):
            yield from expanded(types, inner, depth - 1)
