"""PHP's classes across files: what they extend, their methods, and the functions that handlers name in so many ways."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from threat_modeling.codebase.syntax import Attribute, Call, Class, Evaluate, Expression, Function, Literal, Name, Sequence, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

MAX_ANCESTORS = 8
_ANSWERING = ("__invoke", "handle", "process", "execute", "run")
"""Methods of classes that serve one route."""
_SEPARATED = re.compile(r"^([\w\\.]+?)(?:@|::|:|#)(\w+)$")


@dataclass(frozen=True, slots=True)
class Served:
    """A function that serves a route; `definition` is its class."""

    module: Module
    function: Function
    name: str
    definition: Class | None = None


@dataclass(slots=True)
class Classes:
    """Finds classes and their methods in one project."""

    project: Project
    _lineages: dict[tuple[str, int], tuple[tuple[Module, Class], ...]] = field(default_factory=dict)

    def named(self, importer: Module, name: str) -> tuple[Module, Class] | None:
        """A class by its full name in dots, as the autoloader finds it."""
        path = self.project.resolve(importer.path, name)
        module = self.project.module(path) if path is not None else None
        return self._in(module, name) if module is not None else self._in(importer, name)

    def written(self, module: Module, expression: object) -> tuple[Module, Class] | None:
        """A class as code of a file names it."""
        name = expression if isinstance(expression, str) else dotted(expression)
        if not name:
            return None
        own = self._in(module, name) if "." not in name else None
        return own or self.named(module, self.project.qualified(module, name))

    @staticmethod
    def _in(module: Module, name: str) -> tuple[Module, Class] | None:
        last = name.rpartition(".")[2].lower()
        return next(((module, node) for node in module.body if isinstance(node, Class) and node.name.lower() == last), None)

    def lineage(self, module: Module, node: Class) -> tuple[tuple[Module, Class], ...]:
        """A class, its traits, and what it extends, the nearest first."""
        key = (module.path, node.line)
        if key not in self._lineages:
            self._lineages[key] = ((module, node),)
            self._lineages[key] = tuple(self._ancestors(module, node))
        return self._lineages[key]

    def _ancestors(self, module: Module, node: Class) -> Iterator[tuple[Module, Class]]:
        seen = {(module.path, node.line)}
        yield module, node
        for base in (*_traits(node), *node.bases):
            found = self.written(module, base)
            for one in self.lineage(*found) if found is not None else ():
                key = (one[0].path, one[1].line)
                if key not in seen and len(seen) < MAX_ANCESTORS:
                    seen.add(key)
                    yield one

    def bases(self, module: Module, node: Class) -> set[str]:
        """The full names of everything that a class extends or implements, in the target and outside of it."""
        return {self.project.qualified(owner, base) for owner, one in self.lineage(module, node) for base in one.bases}

    def method(self, found: tuple[Module, Class] | None, *titles: str) -> Served | None:
        """The first of these methods that a class or its ancestors define; names of methods have no case."""
        wanted = [title.lower() for title in titles]
        for title in wanted if found is not None else ():
            for owner, node in self.lineage(*found) if found is not None else ():
                for member in node.body:
                    if isinstance(member, Function) and member.name.lower() == title:
                        return Served(owner, member, f"{found[1].name if found else node.name}.{member.name}", found[1] if found else node)
        return None

    def handler(self, module: Module, expression: Expression | None, controller: Expression | None = None, namespace: str = "") -> Served | None:
        """What `function () {}`, `[A::class, "b"]`, "A@b", `A::class` and "b" of a controller name."""
        if isinstance(expression, Function):
            return Served(module, expression, expression.name)
        if isinstance(expression, Sequence) and len(expression.elements) == 2 and isinstance(expression.elements[1], Literal):
            return self.method(self._class(module, expression.elements[0], namespace), str(expression.elements[1].value))
        if isinstance(expression, Literal) and isinstance(expression.value, str):
            return self._worded(module, expression.value, controller, namespace)
        if isinstance(expression, Attribute | Call):
            return self.method(self._class(module, expression, namespace), *_ANSWERING)
        return None

    def _worded(self, module: Module, text: str, controller: Expression | None, namespace: str) -> Served | None:
        """What a text names: "A@b", "A::b", a method of a controller, a class that answers by itself."""
        separated = _SEPARATED.match(text)
        if separated is not None:
            return self.method(self._text(module, separated[1], namespace), separated[2])
        if controller is not None:
            return self.method(self._class(module, controller, namespace), text)
        return self.method(self._text(module, text, namespace), *_ANSWERING)

    def _class(self, module: Module, expression: Expression, namespace: str) -> tuple[Module, Class] | None:
        """`A::class`, `new A()`, "A", `$this`."""
        if isinstance(expression, Attribute) and expression.name == "class":
            return self.written(module, expression.object)
        if isinstance(expression, Call):
            return self.written(module, expression.callee) if expression.new else None
        if isinstance(expression, Literal) and isinstance(expression.value, str):
            return self._text(module, expression.value, namespace)
        return self.written(module, expression) if isinstance(expression, Name) and expression.id[:1].isupper() else None

    def _text(self, module: Module, name: str, namespace: str) -> tuple[Module, Class] | None:
        """A class that a text names, below a namespace where it has none."""
        plain = name.strip("\\").replace("\\", ".")
        return (self.named(module, f"{namespace}.{plain}") if namespace else None) or self.named(module, plain)


def _traits(node: Class) -> Iterator[Expression]:
    for statement in node.body:
        if isinstance(statement, Evaluate) and isinstance(statement.value, Call) and dotted(statement.value.callee) == "use":
            yield from statement.value.arguments
