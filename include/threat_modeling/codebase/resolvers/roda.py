"""Roda: the routing tree walked branch by branch; matchers make the path, what runs before a leaf guards it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.ruby.controllers import classes_of
from threat_modeling.codebase.ruby.endpoints import Endpoints
from threat_modeling.codebase.ruby.guards import in_handler
from threat_modeling.codebase.ruby.mapper import block_of
from threat_modeling.codebase.ruby.paths import joined, template, text_of
from threat_modeling.codebase.ruby.rack import mounts
from threat_modeling.codebase.syntax import (
    Attribute,
    Block,
    Call,
    Evaluate,
    Expression,
    Function,
    Literal,
    Mapping,
    Name,
    Other,
    Return,
    Sequence,
    Symbol,
    dotted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module, Statement

LANGUAGES: Final = ("ruby",)
KEYWORDS: Final = ("Roda",)
VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "link", "unlink", "trace"})
BASES: Final = frozenset({"Roda"})
MAX_DEPTH: Final = 15
MAX_ROUTES: Final = 2_000
_BRANCHES: Final = frozenset({"on", "is", "multi_run", "hash_branch", "hash_path"})


@dataclass(frozen=True, slots=True)
class _Place:
    module: Module
    request: str
    path: str
    guards: tuple[Guard, ...] = ()


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Roda application of a target."""
    reader = _Reader(project)
    mounted: dict[str, str] | None = None
    for module in project.modules(LANGUAGES, (*KEYWORDS, "hash_branch", "route do")):
        if is_test(module.path) or not any(keyword in (project.text(module.path) or "") for keyword in (*KEYWORDS, "hash_branch")):
            continue
        for name, node in classes_of(module.body):
            if reader.endpoints.derives(module, node, BASES) or _extends(node.body):
                mounted = mounts(project) if mounted is None else mounted
                yield from reader.application(node.body, module, mounted.get(name.replace("::", "."), ""))


def _extends(body: tuple[Statement, ...]) -> bool:
    """Tell a class that is opened again to add branches."""
    return any(dotted(call.callee) in {"hash_branch", "hash_routes", "hash_path"} for call in _calls(body))


@dataclass(slots=True)
class _Reader:
    project: Project
    endpoints: Endpoints = field(init=False)
    count: int = 0

    def __post_init__(self) -> None:
        self.endpoints = Endpoints(self.project, "roda")

    def application(self, body: tuple[Statement, ...], module: Module, prefix: str) -> Iterator[Route]:
        """`route do |r|`, named routes and hash branches of a class."""
        for call in _calls(body):
            name, block = dotted(call.callee), block_of(call)
            texts = [text for argument in call.arguments if (text := text_of(argument, {})) is not None]
            if block is None:
                continue
            request = block.parameters[0].name if block.parameters else "r"
            if name == "route":
                place = _Place(module, request, joined(prefix, *texts[:1]))
                yield from self.branch(block.body, place, MAX_DEPTH)
            elif name in {"hash_branch", "hash_path"} and texts:
                place = _Place(module, request, joined(prefix, *texts))
                found = list(self.branch(block.body, place, MAX_DEPTH))
                yield from found or [self.leaf("ANY", call, block, place)]
            elif name == "hash_routes":
                yield from self.hashed(block, _Place(module, request, joined(prefix, *texts)))

    def hashed(self, block: Function, place: _Place) -> Iterator[Route]:
        """`hash_routes "/a" do on "b" do |r| ...; get "c" do ...`."""
        for call in _calls(block.body):
            name, inner = dotted(call.callee).rpartition(".")[2], block_of(call)
            texts = [text for argument in call.arguments if (text := text_of(argument, {})) is not None]
            if inner is None:
                continue
            below = replace(place, path=joined(place.path, *texts), request=inner.parameters[0].name if inner.parameters else "r")
            if name in VERBS:
                yield self.leaf(name.upper(), call, inner, below)
            elif name in {"on", "is"}:
                found = list(self.branch(inner.body, below, MAX_DEPTH))
                yield from found or [self.leaf("ANY", call, inner, below)]

    def branch(self, body: tuple[Statement, ...], place: _Place, depth: int) -> Iterator[Route]:
        """One block of the tree: what stands before a branch runs before it."""
        if depth == 0 or self.count > MAX_ROUTES:
            return
        find = self.endpoints.find(place.module)
        for statement in body:
            call = statement.value if isinstance(statement, Evaluate | Return) else None
            if isinstance(statement, Block):
                for inner in statement.bodies:
                    yield from self.branch(inner, place, depth - 1)
            if isinstance(call, Call) and isinstance(call.callee, Attribute) and dotted(call.callee.object) == place.request:
                yield from self.matched(call, call.callee.name, place, depth)
                continue
            found = tuple(
                self.endpoints.guard(place.module, node, category, name, "router") for category, name, node in in_handler((statement,), find)
            )
            place = replace(place, guards=(*place.guards, *found))

    def matched(self, call: Call, name: str, place: _Place, depth: int) -> Iterator[Route]:
        """One method of the request."""
        block = block_of(call)
        if block is None and name not in VERBS:
            return
        if name == "root":
            yield self.leaf("GET", call, block, place)
            return
        if name not in VERBS | _BRANCHES:
            if block is not None:
                yield from self.branch(block.body, place, depth - 1)
            return
        given = [argument for argument in call.arguments if argument is not block]
        titles = [parameter.name for parameter in block.parameters] if block is not None else []
        for path in _paths(given, titles):
            below = replace(place, path=joined(place.path, path))
            if name in VERBS:
                yield self.leaf(name.upper(), call, block, below)
            elif block is not None:
                methods = _methods(call)
                found = list(self.branch(block.body, below, depth - 1))
                yield from found or [self.leaf(method, call, block, below) for method in methods]

    def leaf(self, method: str, call: Call, block: Function | None, place: _Place) -> Route:
        """A block that answers."""
        self.count += 1
        return self.endpoints.route(place.module, method, template(place.path), call, block, place.guards)


def _methods(call: Call) -> tuple[str, ...]:
    """`r.is "a", method: :get`."""
    found = text_of(call.keyword("method"), {})
    return (found.upper(),) if found else ("ANY",)


def _paths(given: list[Expression], titles: list[str]) -> list[str]:
    """The paths that matchers stand for; a list of them is a choice."""
    paths, captured = [""], 0
    for matcher in given:
        choices = [_segment(one, titles, captured) for one in (matcher.elements if isinstance(matcher, Sequence) else (matcher,))]
        captured += any("{" in choice for choice in choices)
        paths = [joined(path, choice) if choice else path for path in paths for choice in choices][:50]
    return paths


def _segment(matcher: Expression, titles: list[str], captured: int) -> str:
    """One matcher: text, a symbol or a class that captures, a regular expression."""
    title = titles[captured] if captured < len(titles) else ""
    if isinstance(matcher, Symbol):
        return f"{{{matcher.value}}}"
    if isinstance(matcher, Literal) and isinstance(matcher.value, str):
        return matcher.value
    if (isinstance(matcher, Name) and matcher.id in {"Integer", "String"}) or (isinstance(matcher, Other) and matcher.kind in {"regex", "pattern"}):
        return f"{{{title or 'id'}}}"
    return "" if isinstance(matcher, Mapping | Literal) else text_of(matcher, {}) or ""


def _calls(body: tuple[Statement, ...]) -> Iterator[Call]:
    for statement in body:
        if isinstance(statement, Evaluate | Return) and isinstance(statement.value, Call):
            yield statement.value
