"""What the code of a target declares: classes with their bases, names across files, constant texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.observations import Handler
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Function, Join, Literal, Module, Name, Operation, Subscript, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Node

LANGUAGES: Final = ("csharp",)
MAX_BASES: Final = 6
_TESTS: Final = re.compile(r"(?:^|/)(?:tests?|testassets|[\w.]*\.?(?:Unit|Integration|Functional)?Tests?)/", re.IGNORECASE)


@dataclass(frozen=True)
class Declared:
    """A class with the file that declares it."""

    module: Module
    node: Class


class Code:
    """The files of a target that are no tests."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def modules(self, keywords: tuple[str, ...]) -> Iterator[Module]:
        """The files that hold a keyword."""
        for module in self.project.modules(LANGUAGES, keywords):
            if not _TESTS.search(module.path) and not is_test(module.path):
                yield module

    def classes(self, keywords: tuple[str, ...]) -> Iterator[Declared]:
        """Every class in files that hold a keyword, nested ones too."""
        for module in self.modules(keywords):
            for node in walk(module.body):
                if isinstance(node, Class):
                    yield Declared(module, node)

    def declared(self, module: Module, annotation: object) -> Declared | None:
        """The class of the target that a type names."""
        name = type_name(annotation)
        found = self.project.definition(module.path, name) if name else None
        return Declared(found[0], found[1]) if found is not None and isinstance(found[1], Class) else None

    def lineage(self, declared: Declared) -> list[Declared]:
        """A class and its bases that the target declares, the class first."""
        found = [declared]
        for _ in range(MAX_BASES):
            above = next(
                (base for node in found[-1].node.bases if (base := self.declared(found[-1].module, node)) and not is_interface(base.node)), None
            )
            if above is None or above in found:
                break
            found.append(above)
        return found

    def text(self, module: Module, node: object, of: Class | None = None) -> str | None:
        """The text that an expression is: a literal, constants of the target put together."""
        if isinstance(node, Literal):
            return node.value if isinstance(node.value, str) else None
        if isinstance(node, Join) or (isinstance(node, Operation) and node.operator == "+"):
            parts = node.parts if isinstance(node, Join) else node.operands
            return "".join(self.text(module, part, of) or "" for part in parts)
        if isinstance(node, Call) and dotted(node.callee) == "nameof" and node.arguments:
            return dotted(node.arguments[0]).rpartition(".")[2]
        return self._named(module, node, of) if isinstance(node, Name | Attribute) else None

    def _named(self, module: Module, node: Name | Attribute, of: Class | None) -> str | None:
        if isinstance(node, Name):
            scopes = [of.body] if of is not None else []
            scopes += [module.body, *(node.body for node in module.body if isinstance(node, Class))]
            for body in scopes:
                for statement in body:
                    if isinstance(statement, Assign) and dotted(statement.targets[0]) == node.id and isinstance(statement.value, Literal | Join):
                        return self.text(module, statement.value, of)
            return None
        found = self.project.definition(module.path, dotted(node))
        return self.text(found[0], found[1]) if found is not None and isinstance(found[1], Literal | Join) else None


def type_name(annotation: object) -> str:
    """The name of a type without the types it is made of: `Task<User>` is Task."""
    while isinstance(annotation, Subscript):
        annotation = annotation.object
    return dotted(annotation.callee if isinstance(annotation, Call) else annotation)


def short(annotation: object) -> str:
    """The last part of a type's name."""
    return type_name(annotation).rpartition(".")[2]


def is_interface(node: Class) -> bool:
    """Tell an interface."""
    return any(keyword.name == "interface" for keyword in node.keywords)


def attributes(decorators: tuple[Expression, ...]) -> Iterator[tuple[str, Expression]]:
    """(name, node) of each attribute."""
    for decorator in decorators:
        yield short(decorator.callee if isinstance(decorator, Call) else decorator), decorator


def handler(module: Module, function: Node, name: str) -> Handler:
    """Where the code of a route is."""
    decorators = function.decorators if isinstance(function, Function | Class) else ()
    first = min([function.line, *(decorator.line for decorator in decorators)])
    return Handler(file=module.path, line=first, end=function.end, function=name)
