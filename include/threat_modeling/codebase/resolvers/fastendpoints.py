"""FastEndpoints: one class an endpoint, which says its routes and who may call it; without a word every caller must be known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.csharp.endpoints import METHODS
from threat_modeling.codebase.csharp.guards import ANONYMOUS, Guards, distinct, is_anonymous
from threat_modeling.codebase.csharp.paths import below, names
from threat_modeling.codebase.csharp.requests import Requests
from threat_modeling.codebase.csharp.scope import LANGUAGES, Code, Declared, attributes, handler, short
from threat_modeling.codebase.observations import Guard, Parameter, Route
from threat_modeling.codebase.syntax import Assign, Call, Class, Function, Name, Sequence, Subscript, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Node

KEYWORDS: Final = ("FastEndpoints", ": Endpoint", ": Ep.")
_SERVING: Final = ("HandleAsync", "ExecuteAsync", "Handle")


def routes(project: Project) -> Iterator[Route]:
    """The routes of every endpoint of a target."""
    code = Code(project)
    prefix = _prefix(code)
    for declared in code.classes(KEYWORDS):
        if any(short(base).startswith("Endpoint") or dotted(base).startswith("Ep.") for base in declared.node.bases):
            yield from _Endpoint(code, declared, prefix).routes()


def _prefix(code: Code) -> str:
    """`config.Endpoints.RoutePrefix = "api"`."""
    for module in code.modules(("RoutePrefix",)):
        for node in walk(module.body):
            if isinstance(node, Assign) and dotted(node.targets[0]).endswith(".RoutePrefix"):
                return code.text(module, node.value) or ""
    return ""


class _Endpoint:
    def __init__(self, code: Code, declared: Declared, prefix: str) -> None:
        self._code, self._declared, self._prefix = code, declared, prefix
        members = [member for member in declared.node.body if isinstance(member, Function)]
        configured = next((member for member in members if member.name == "Configure"), None)
        self._said = [node for node in walk(configured.body) if isinstance(node, Call)] if configured is not None else []
        self._serving = next((member for name in _SERVING for member in members if member.name == name), None)

    def routes(self) -> Iterator[Route]:
        """One route a path and method."""
        for methods, paths, place in self._registered():
            for path in paths:
                full = below(self._prefix, path)
                for method in methods:
                    yield Route(
                        method=method,
                        path=full,
                        framework="fastendpoints",
                        handler=handler(self._declared.module, self._serving or self._declared.node, f"{self._declared.node.name}{self._label}"),
                        registration=self._code.project.evidence(self._declared.module.path, place.line, place.end),
                        parameters=self._parameters(method, full),
                        guards=distinct(self._guards()),
                    )

    @property
    def _label(self) -> str:
        return f".{self._serving.name}" if self._serving is not None else ""

    def _registered(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Node]]:
        verbs: tuple[str, ...] = ()
        for call in self._said:
            name = dotted(call.callee)
            if name.upper() in METHODS:
                yield (name.upper(),), self._texts(call), call
            elif name == "Verbs":
                verbs = tuple(
                    m for a in call.arguments if (m := (self._code.text(self._declared.module, a) or dotted(a)).rpartition(".")[2].upper()) in METHODS
                )
        for call in self._said:
            if dotted(call.callee) == "Routes":
                yield verbs or ("ANY",), self._texts(call), call
        for name, node in attributes(self._declared.node.decorators):
            method = name.removeprefix("Http").upper()
            if name.startswith("Http") and method in METHODS and isinstance(node, Call):
                yield (method,), self._texts(node), node

    def _texts(self, call: Call) -> tuple[str, ...]:
        given = [part for argument in call.arguments for part in (argument.elements if isinstance(argument, Sequence) else (argument,))]
        return tuple(text for part in given if (text := self._code.text(self._declared.module, part)) is not None)

    def _guards(self) -> Iterator[Guard]:
        guards, module, node = Guards(self._code), self._declared.module, self._declared.node
        open_ = any(dotted(call.callee) in ANONYMOUS for call in self._said) or is_anonymous(node.decorators)
        if not open_:
            yield guards.guard(module, node, ControlCategory.AUTHENTICATION, "FastEndpoints", "application")
        yield from guards.of_calls(module, self._said, "route")
        yield from guards.of_attributes(module, node.decorators, "route")

    def _parameters(self, method: str, path: str) -> tuple[Parameter, ...]:
        """What the request's type declares."""
        requests = Requests(self._code, forms=False)
        found = list(requests.of(self._declared.module, self._serving, method, names(path)))
        known = {parameter.name.lower() for parameter in found}
        for base in self._declared.node.bases:
            if isinstance(base, Subscript) and short(base) == "Endpoint":
                of = base.index.elements[0] if isinstance(base.index, Sequence) else base.index
                declared = self._code.declared(self._declared.module, of)
                found = [p for p in found if p.source == "path"] if declared is not None else found
                known = {parameter.name.lower() for parameter in found}
                found += [p for p in _fields(declared.node, method) if p.name.lower() not in known] if declared is not None else []
        return tuple(found)


def _fields(node: Class, method: str) -> Iterator[Parameter]:
    """Fields of a request by their attributes, which stand before them."""
    marks: dict[str, object] = {}
    for statement in node.body:
        if isinstance(statement, Assign) and isinstance(statement.targets[0], Name):
            default = "query" if method in {"GET", "HEAD", "DELETE"} else "body"
            source = next(
                (
                    s
                    for name, s in (("FromHeader", "header"), ("FromCookie", "cookie"), ("FromQuery", "query"), ("QueryParam", "query"))
                    if name in marks
                ),
                default,
            )
            named = marks.get("FromHeader")
            first = named.arguments[0] if isinstance(named, Call) and named.arguments else None
            yield Parameter.model_validate({"name": str(getattr(first, "value", "") or statement.targets[0].id), "source": source})
            marks = {}
        else:
            value = getattr(statement, "value", None)
            marks |= dict(attributes((value,))) if value is not None else {}


__all__ = ["KEYWORDS", "LANGUAGES", "routes"]
