"""Routes whose handler is a block: what Sinatra, Grape and Roda share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from threat_modeling.codebase.observations import Guard, Handler, Route
from threat_modeling.codebase.ruby.controllers import Controllers, Definition
from threat_modeling.codebase.ruby.guards import in_handler, of_body
from threat_modeling.codebase.ruby.requests import parameters
from threat_modeling.codebase.syntax import Call, Class, Function, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module, Node, Statement
    from threat_modeling.model import ControlCategory

Reach = Literal["application", "router", "route", "handler"]
MAX_FOLLOWED = 8


@dataclass(slots=True)
class Endpoints:
    """Makes routes of blocks, and guards of what runs before them."""

    project: Project
    framework: str
    controllers: Controllers = field(init=False)
    _functions: dict[str, dict[str, Function]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find classes across files."""
        self.controllers = Controllers(self.project)

    def find(self, module: Module) -> Callable[[str], Function | None]:
        """The functions of a file, and of modules of helpers that it names."""
        if module.path not in self._functions:
            found: dict[str, Function] = {}
            for node in walk(module.body):
                if isinstance(node, Function) and node.name:
                    found.setdefault(node.name, node)
                elif isinstance(node, Call) and dotted(node.callee) in {"helpers", "include"}:
                    for helper in self._helpers(module, node):
                        for name, function in helper.methods.items():
                            found.setdefault(name, function)
            self._functions[module.path] = found
        return self._functions[module.path].get

    def _helpers(self, module: Module, call: Call) -> Iterator[Definition]:
        for argument in call.arguments:
            found = self.controllers.constant(module, dotted(argument)) if not isinstance(argument, Function) else None
            if found is not None:
                yield from self.controllers.lineage(found)

    def derives(self, module: Module, node: Class, bases: frozenset[str]) -> bool:
        """Whether a class is one of a framework's, also through classes of the target."""
        lineage = self.controllers.lineage(Definition(module, node))
        return any(dotted(base) in bases for one in lineage for base in one.node.bases)

    def route(
        self, module: Module, method: str, path: str, call: Call, block: Function | None, guards: tuple[Guard, ...], declared: tuple[str, ...] = ()
    ) -> Route:
        """The route that a block serves."""
        find = self.find(module)
        body = block.body if block is not None else ()
        own = tuple(self.guard(module, node, category, name, "handler") for category, name, node in in_handler(body, find))
        return Route(
            method=method,
            path=path,
            framework=self.framework,
            handler=Handler(file=module.path, line=call.line, end=call.end, function=f"{method} {path}"),
            registration=self.project.evidence(module.path, call.line, call.line),
            parameters=parameters(self._bodies(body, find), method, path, declared),
            guards=tuple(dict.fromkeys((*guards, *own))),
        )

    def before(self, module: Module, node: Node, body: tuple[Statement, ...], reach: Reach) -> tuple[Guard, ...]:
        """The guards of code that runs before handlers."""
        find = self.find(module)
        found = dict.fromkeys((*of_body(body, find), *(category for category, _, _ in in_handler(body, find))))
        return tuple(self.guard(module, node, category, "before", reach) for category in found)

    def guard(self, module: Module, node: Node, category: ControlCategory, name: str, reach: Reach) -> Guard:
        """A guard cited at a node."""
        evidence = self.project.evidence(module.path, node.line, min(node.end, node.line + 10))
        return Guard(category=category, name=name[:200], scope=reach, evidence=evidence)

    def _bodies(self, body: tuple[Statement, ...], find: Callable[[str], Function | None]) -> list[object]:
        """A handler's body and those of the functions that it calls."""
        bodies: list[object] = [body]
        seen: set[str] = set()
        for current in bodies:
            for node in walk(current):
                name = dotted(node.callee).removeprefix("self.") if isinstance(node, Call) else ""
                function = find(name) if name and name not in seen and len(bodies) < MAX_FOLLOWED else None
                if function is not None:
                    seen.add(name)
                    bodies.append(function.body)
        return bodies
