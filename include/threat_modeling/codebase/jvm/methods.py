"""Which method of the target a call of Java or Kotlin runs: by the class around it, and by what fields, parameters and values are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.classes import Place, Types, places, simple, written
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Function, Name, dotted

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Module

MAX_IMPLEMENTATIONS: Final = 2
"""Of an interface with more classes than this it is not told which one runs."""


class Methods:
    """Finds the methods of one project."""

    def __init__(self, types: Types) -> None:
        self._types = types

    def at(self, module: Module, line: int) -> Place:
        """The innermost class around a line of a file."""
        around = [place for place in places(module) if place.node.line <= line <= place.node.end]
        return max(around, key=lambda place: len(place.classes), default=Place(module))

    def running(self, callee: object, place: Place) -> tuple[Place, Function] | None:
        """What a call runs: where that is declared in an interface, the method of the class that implements it."""
        found = self.find(callee, place)
        if found is None or found[1].body or not found[0].classes:
            return found
        implementations = self._types.implementations(found[0])[:MAX_IMPLEMENTATIONS]
        methods = [(each, method) for each in implementations if (method := each.method(found[1].name)) is not None and method.body]
        return methods[0] if methods else found

    def find(self, callee: object, place: Place) -> tuple[Place, Function] | None:
        """The function of the target that a name or a reference stands for, with the class around it."""
        if isinstance(callee, Name):
            return self._named(place, callee.id)
        if not isinstance(callee, Attribute):
            return None
        owner = dotted(callee.object).removeprefix("this.")
        if owner in {"this", "super"}:
            return self._named(place, callee.name) if owner == "this" else None
        return self._method(place, callee, owner)

    def _method(self, place: Place, callee: Attribute, owner: str) -> tuple[Place, Function] | None:
        """A method of a class, of an object whose class is known, or an extension of Kotlin."""
        made = callee.object.callee if isinstance(callee.object, Call) and callee.object.new else None
        target = self._types.find(place, written(made) if made is not None else owner) if made is not None or owner else None
        target = target or self.typed(place, owner)
        if target is None:
            extension = self._types.project.definition(place.module.path, callee.name)
            is_function = extension is not None and isinstance(extension[1], Function) and extension[0].language == "kotlin"
            return (Place(extension[0]), extension[1]) if is_function and extension is not None else None  # type: ignore[return-value]
        for each in (target, *self._types.ancestors(target)):
            method = each.method(callee.name)
            if method is not None:
                return each, method
        return None

    def _named(self, place: Place, name: str) -> tuple[Place, Function] | None:
        for size in range(len(place.classes), 0, -1):
            around = Place(place.module, place.classes[:size])
            for each in (around, *self._types.ancestors(around)):
                method = each.method(name)
                if method is not None:
                    return each, method
        found = self._types.project.definition(place.module.path, name)
        return (Place(found[0]), found[1]) if found is not None and isinstance(found[1], Function) else None

    def typed(self, place: Place, name: str) -> Place | None:
        """The class of a local value, a field or a parameter, by what it is made of or declared as."""
        value = place.names.get(name)
        if isinstance(value, Call):
            return self._types.find(place, written(value.callee))
        for node in reversed(place.classes):
            for member in node.body:
                if isinstance(member, Assign) and any(isinstance(t, Name) and t.id == name for t in member.targets):
                    declared = simple(member.annotation) or (written(member.value.callee) if isinstance(member.value, Call) else "")
                    return self._types.find(place, written(member.annotation) if member.annotation is not None else declared)
                if isinstance(member, Function):
                    for parameter in member.parameters:
                        if parameter.name == name and parameter.annotation is not None:
                            return self._types.find(place, written(parameter.annotation))
        return None
