"""The constant texts of Java and Kotlin: literals, concatenation, fields of this and other classes, imported values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.classes import Place, Types
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Join, Literal, Name, Operation, Sequence, dotted

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Expression

MAX_DEPTH: Final = 12
_LISTS: Final = frozenset({"arrayOf", "listOf", "setOf", "List.of", "Set.of", "Arrays.asList", "mutableListOf", "array"})


class Constants:
    """Evaluates the constants of one project."""

    def __init__(self, types: Types) -> None:
        self._types = types
        self._project = types.project

    def text(self, place: Place, node: object, depth: int = MAX_DEPTH) -> str | None:
        """The text that an expression always has; None where it can't be told."""
        if depth < 0:
            return None
        if isinstance(node, Literal):
            return None if node.value is None else str(node.value)
        if isinstance(node, Join) or (isinstance(node, Operation) and node.operator == "+"):
            parts = [self.text(place, part, depth - 1) for part in (node.parts if isinstance(node, Join) else node.operands)]
            return None if None in parts else "".join(part for part in parts if part is not None)
        if isinstance(node, Name | Attribute):
            found = self.value(place, dotted(node).removeprefix("this."), depth)
            return None if found is None else self.text(found[0], found[1], depth - 1)
        if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name in {"trimIndent", "trim", "toString", "intern"}:
            return self.text(place, node.callee.object, depth - 1)
        return None

    def texts(self, place: Place, node: object) -> list[str]:
        """The constant texts of a list, or of one text; what can't be told is left out."""
        if node is None:
            return []
        if isinstance(node, Sequence):
            return [text for element in node.elements for text in self.texts(place, element)]
        if isinstance(node, Call) and dotted(node.callee) in _LISTS:
            return [text for argument in node.arguments for text in self.texts(place, argument)]
        if isinstance(node, Name | Attribute):
            found = self.value(place, dotted(node).removeprefix("this."), MAX_DEPTH)
            if found is not None and isinstance(found[1], Sequence | Call):
                return self.texts(*found)
        text = self.text(place, node)
        return [] if text is None else [text]

    def value(self, place: Place, name: str, depth: int) -> tuple[Place, Expression] | None:
        """What a dotted name was given as its only value, and where that is written."""
        if not name or depth < 0:
            return None
        if name in place.names:
            return Place(place.module, place.classes, {k: v for k, v in place.names.items() if k != name}), place.names[name]
        owner, _, last = name.rpartition(".")
        if owner:
            found = self._types.find(place, owner)
            return self._field(found, last) if found is not None else self._elsewhere(place, owner, last)
        for size in range(len(place.classes), 0, -1):
            around = Place(place.module, place.classes[:size])
            for each in (around, *self._types.ancestors(around)):
                inside = self._field(each, last)
                if inside is not None:
                    return inside
        return self._top(place, last)

    def _field(self, place: Place, name: str) -> tuple[Place, Expression] | None:
        for member in place.node.body:
            if isinstance(member, Assign) and member.value is not None and any(isinstance(t, Name) and t.id == name for t in member.targets):
                return place, member.value
        return None

    def _top(self, place: Place, name: str) -> tuple[Place, Expression] | None:
        found = self._project.definition(place.module.path, name)
        if found is None or isinstance(found[1], Class) or not hasattr(found[1], "line") or not hasattr(found[1], "end"):
            return None
        imported = place.module.imports.get(name)
        owner = self._types.find(Place(found[0]), imported[0].rpartition(".")[2]) if imported and imported[0] else None
        return owner or Place(found[0]), found[1]  # type: ignore[return-value]

    def _elsewhere(self, place: Place, owner: str, name: str) -> tuple[Place, Expression] | None:
        """A value at the top level of a Kotlin file, by its full name."""
        found = self._project.imported(place.module.path, owner, name)
        if found is None or isinstance(found[1], Class) or not hasattr(found[1], "line"):
            return None
        return Place(found[0]), found[1]  # type: ignore[return-value]
