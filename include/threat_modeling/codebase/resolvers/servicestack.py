"""ServiceStack: request types with routes, also registered by calls; the service method that takes the type is the handler."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.csharp.controllers import controllers
from threat_modeling.codebase.csharp.endpoints import METHODS
from threat_modeling.codebase.csharp.guards import Guards, distinct
from threat_modeling.codebase.csharp.paths import below, names
from threat_modeling.codebase.csharp.requests import Requests
from threat_modeling.codebase.csharp.scope import LANGUAGES, Code, Declared, attributes, handler, short
from threat_modeling.codebase.observations import Parameter, Route
from threat_modeling.codebase.syntax import Attribute, Call, Function, Name, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Module, Node

KEYWORDS: Final = ("ServiceStack",)
_VERBS: Final = re.compile(r"[A-Za-z]+")
_ADDED: Final = re.compile(r"\.Add<\s*([\w.]+)\s*>\s*\(")


def routes(project: Project) -> Iterator[Route]:
    """The routes of every request type of a target."""
    code = Code(project)
    if next(code.modules(KEYWORDS), None) is None:
        return
    served = _Services(code)
    others = {(each.declared.module.path, each.declared.node.line) for each in controllers(code)}
    for declared in code.classes(("[Route(",)):
        text = project.text(declared.module.path) or ""
        if "ServiceStack" in text and (declared.module.path, declared.node.line) not in others:
            for name, node in attributes(declared.node.decorators):
                if name == "Route" and isinstance(node, Call) and node.arguments:
                    yield from served.routes(declared, declared.module, node, node.arguments)
    for module in code.modules(("Routes",)):
        for found in walk(module.body):
            if isinstance(found, Call) and isinstance(found.callee, Attribute) and found.callee.name == "Add" and found.arguments:
                yield from served.added(module, found)


class _Services:
    def __init__(self, code: Code) -> None:
        self._code, self._guards, self._requests = code, Guards(code), Requests(code, forms=False)
        self._methods: dict[str, list[tuple[Declared, Function]]] = {}
        for declared in code.classes((": Service", "IService")):
            for member in declared.node.body:
                if isinstance(member, Function) and member.parameters:
                    self._methods.setdefault(short(member.parameters[0].annotation), []).append((declared, member))

    def added(self, module: Module, call: Call) -> Iterator[Route]:
        """`Routes.Add<T>("/path", "GET")`: the type stands in the text of the call, which is all that tells it."""
        at: object = call
        while isinstance(at, Call) and isinstance(at.callee, Attribute):
            at = at.callee.object
        lines = (self._code.project.text(module.path) or "").split("\n")[call.line - 1 : call.end]
        found = _ADDED.findall("\n".join(lines))
        declared = self._code.declared(module, Name(call.line, call.end, found[-1])) if found and dotted(at).endswith("Routes") else None
        if declared is not None:
            yield from self.routes(declared, module, call, call.arguments)

    def routes(self, declared: Declared, module: Module, place: Node, given: tuple[Expression, ...]) -> Iterator[Route]:
        """One route a method; a route without methods answers all."""
        path = self._code.text(module, given[0])
        written = self._code.text(module, given[1]) if len(given) > 1 else None
        methods = tuple(verb.upper() for verb in _VERBS.findall(written or "") if verb.upper() in METHODS) or ("ANY",)
        for method in methods if path is not None else ():
            home, function = self._served(declared.node.name, method)
            full = below("", path or "")
            known = {name.lower() for name in names(full)}
            source = "query" if method in {"GET", "DELETE", "HEAD"} else "body"
            fields = [field for field in self._requests.fields(declared) if field.lower() not in known]
            decorators = (*declared.node.decorators, *(home.node.decorators if home else ()), *(function.decorators if function else ()))
            yield Route(
                method=method,
                path=full,
                framework="servicestack",
                handler=handler(home.module, function, f"{home.node.name}.{function.name}")
                if home and function
                else handler(declared.module, declared.node, declared.node.name),
                registration=self._code.project.evidence(module.path, place.line, place.end),
                parameters=(
                    *(Parameter(name=name, source="path") for name in names(full)),
                    *(Parameter.model_validate({"name": field, "source": source}) for field in fields),
                ),
                guards=distinct(self._guards.of_attributes((home or declared).module, decorators, "route")),
            )

    def _served(self, name: str, method: str) -> tuple[Declared | None, Function | None]:
        found = self._methods.get(name, [])
        wanted = (method.title(), f"{method.title()}Async", "Any", "AnyAsync")
        return next(((home, function) for want in wanted for home, function in found if function.name == want), (None, None))


__all__ = ["KEYWORDS", "LANGUAGES", "routes"]
