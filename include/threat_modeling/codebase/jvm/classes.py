"""Classes of Java and Kotlin with what is around them, and what a type's name leads to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.syntax import Assign, Block, Call, Class, Function, Name, Subscript, dotted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Module, Node

LANGUAGES: Final = ("java", "kotlin")
MAX_ANCESTORS: Final = 12
MAX_NAMES: Final = 300


Key: TypeAlias = tuple[str, int, int, str]
"""File, lines and name of a definition."""


def key_of(path: str, node: Node) -> Key:
    """What tells a definition apart: trees may be dropped and made again, so objects do not."""
    return path, node.line, node.end, getattr(node, "name", "")


_NO_CLASS: Final = Class(1, 1, "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression is written: a file, the classes around it from the outside in, and local names."""

    module: Module
    classes: tuple[Class, ...] = ()
    names: dict[str, Expression] = field(default_factory=dict)

    @property
    def node(self) -> Class:
        """The innermost class; at the top level of a Kotlin file one without a name and members."""
        return self.classes[-1] if self.classes else _NO_CLASS

    @property
    def key(self) -> Key:
        """What tells the innermost class apart, also from itself after its file was read anew."""
        return key_of(self.module.path, self.classes[-1]) if self.classes else (self.module.path, 0, 0, "")

    @property
    def label(self) -> str:
        """Its name."""
        return next((node.name for node in reversed(self.classes) if node.name), "")

    def methods(self) -> Iterator[Function]:
        """The methods of the innermost class."""
        for member in self.classes[-1].body if self.classes else self.module.body:
            if isinstance(member, Function):
                yield member

    def method(self, name: str) -> Function | None:
        """The first method of a name."""
        return next((method for method in self.methods() if method.name == name), None)

    def has(self, keyword: str) -> bool:
        """Whether the innermost class is an interface, abstract or the like."""
        return any(k.name == keyword for k in self.node.keywords)

    def inside(self, names: dict[str, Expression]) -> Place:
        """The same place with more local names; beyond many the first stay."""
        return self if len(self.names) > MAX_NAMES else Place(self.module, self.classes, {**self.names, **names})


def modules_of(project: Project, keywords: Collection[str]) -> Iterator[Module]:
    """The product's files of Java and Kotlin that hold a keyword."""
    for module in project.modules(LANGUAGES, keywords):
        if not is_test(module.path):
            yield module


def places(module: Module) -> Iterator[Place]:
    """Every class of a file that has a name, nested ones after those around them."""
    top = [node for node in module.body if isinstance(node, Class)]
    pending: list[tuple[Class, tuple[Class, ...]]] = [(node, ()) for node in reversed(top)]
    while pending:
        node, outer = pending.pop()
        classes = (*outer, node)
        yield Place(module, classes)
        inner = [member for member in node.body if isinstance(member, Class)]
        pending.extend((member, classes) for member in reversed(inner))


def simple(annotation: Expression | None) -> str:
    """The last part of a type's name, without its arguments."""
    while isinstance(annotation, Subscript):
        annotation = annotation.object
    return dotted(annotation).rpartition(".")[2]


def written(annotation: Expression | None) -> str:
    """The dotted name of a type, without its arguments."""
    while isinstance(annotation, Subscript):
        annotation = annotation.object
    return dotted(annotation)


class Types:
    """Finds the classes of one project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._found: dict[tuple[Key, str], Place | None] = {}
        self._implementations: dict[Key, list[Place]] = {}

    def find(self, place: Place, name: str) -> Place | None:
        """The class that a (dotted) name stands for where it is written; None for what stands outside of the target."""
        key = (place.key, name)
        if key not in self._found:
            self._found[key] = self._nested(place, name) or self._imported(place, name)
        return self._found[key]

    def _nested(self, place: Place, name: str) -> Place | None:
        head, _, rest = name.partition(".")
        for depth in range(len(place.classes), 0, -1):
            around = place.classes[:depth]
            if around[-1].name == head:
                return self._within(Place(place.module, around), rest)
            for member in around[-1].body:
                if isinstance(member, Class) and member.name == head:
                    return self._within(Place(place.module, (*around, member)), rest)
        return None

    def _within(self, place: Place, rest: str) -> Place | None:
        for name in rest.split(".") if rest else ():
            inner = next((member for member in place.node.body if isinstance(member, Class) and member.name == name), None)
            if inner is None:
                return None
            place = Place(place.module, (*place.classes, inner))
        return place

    def _imported(self, place: Place, name: str) -> Place | None:
        found = self.project.definition(place.module.path, name)
        if found is None and "." in name:
            package, _, last = name.rpartition(".")
            found = self.project.imported(place.module.path, package, last)
        if found is None or not isinstance(found[1], Class):
            return None
        return next((other for other in places(found[0]) if other.node is found[1]), None)

    def bases(self, place: Place) -> list[Place]:
        """The direct superclass and interfaces that the target defines."""
        around = Place(place.module, place.classes)
        found = (self.find(around, written(base)) for base in place.node.bases)
        return [base for base in found if base is not None and base.key != place.key]

    def ancestors(self, place: Place) -> list[Place]:
        """All superclasses and interfaces that the target defines, nearest first."""
        found: list[Place] = []
        pending = [place]
        while pending and len(found) < MAX_ANCESTORS:
            for base in self.bases(pending.pop(0)):
                if all(base.key != known.key for known in found):
                    found.append(base)
                    pending.append(base)
        return found

    def implementations(self, place: Place) -> list[Place]:
        """The classes of the target that name an interface or class as their base, in path order."""
        key = place.key
        if key not in self._implementations:
            modules = modules_of(self.project, (place.node.name,))
            named = (other for module in modules for other in places(module) if any(simple(base) == place.node.name for base in other.node.bases))
            self._implementations[key] = [other for other in named if any(base.key == key for base in self.bases(other))]
        return self._implementations[key]

    def base_names(self, place: Place) -> set[str]:
        """The last parts of the names of all superclasses and interfaces, those outside of the target too."""
        return {simple(base) for each in (place, *self.ancestors(place)) for base in each.node.bases}


def fields(node: Class) -> Iterator[tuple[str, Assign, tuple[Expression, ...]]]:
    """The fields of a class with their annotations, which stand before them."""
    decorators: list[Expression] = []
    for member in node.body:
        if isinstance(member, Assign):
            for target in member.targets:
                if isinstance(target, Name):
                    yield target.id, member, tuple(decorators)
            decorators = []
        elif hasattr(member, "value") and not isinstance(member, Function | Class | Block):
            value = member.value
            if isinstance(value, Name | Call) or dotted(value):
                decorators.append(value)  # type: ignore[arg-type]
        else:
            decorators = []
