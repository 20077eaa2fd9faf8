"""The standard library's http.server: `do_GET` and its kin, and the paths that they tell apart by themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.django_urls import plain_path
from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.routers import joined
from threat_modeling.codebase.python.views import Served, class_methods, lineage
from threat_modeling.codebase.python.wiring import places_of
from threat_modeling.codebase.syntax import Attribute, Call, Class, Function, Literal, Mapping, Name, Node, Operation, Sequence, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("HTTPRequestHandler",)
_COMPARED: Final = frozenset({"==", "in", "!="})


def routes(project: Project) -> Iterator[Route]:
    """The routes that request handlers of http.server serve."""
    endpoints = Endpoints(project, "http.server")
    for scope, statement in places_of(project, KEYWORDS, ("http", "BaseHTTPServer", "SimpleHTTPServer")):
        if not isinstance(statement, Class) or not any(
            dotted(base).endswith("HTTPRequestHandler") for _, owner in lineage(scope, statement) for base in owner.bases
        ):
            continue
        for inner, owner, function in class_methods(scope, statement):
            if re.fullmatch(r"do_[A-Z]+", function.name):
                method = function.name.removeprefix("do_")
                served = Served(method, inner.within(owner), function, f"{statement.name}.{function.name}")
                for path, node in _paths(scope, function).items():
                    yield from endpoints.served(Registration(inner, node, path), method, served)


def _paths(scope: Scope, function: Function) -> dict[str, Node]:
    """Path -> the node that compares with it; a handler that tells no paths apart serves all of them."""
    found: dict[str, Node] = {}
    for node in walk(function.body):
        for path in _compared(scope, node):
            found.setdefault(path, node)
    return found or {"/{path}": function}


def _compared(scope: Scope, node: Node) -> Iterator[str]:
    if isinstance(node, Operation) and node.operator in _COMPARED and any(_is_path(operand) for operand in node.operands):
        for operand in node.operands:
            for literal in operand.elements if isinstance(operand, Sequence) else (operand,):
                path = scope.constant(literal)
                if path is not None and path.startswith("/"):
                    yield path
    elif isinstance(node, Call) and isinstance(node.callee, Attribute) and node.arguments:
        path = scope.constant(node.arguments[0])
        if node.callee.name == "startswith" and _is_path(node.callee.object) and path is not None and path.startswith("/"):
            yield joined(path, "{path}")
        elif node.callee.name in {"match", "fullmatch", "search"} and path is not None and any(_is_path(value) for value in node.arguments[1:]):
            yield plain_path(path)
        elif node.callee.name == "get" and _is_path(node.arguments[0]) and isinstance(node.callee.object, Name):
            table = scope.bound(node.callee.object)
            yield from _keys(table[1] if table is not None else None)


def _keys(table: object) -> Iterator[str]:
    for key, _ in table.entries if isinstance(table, Mapping) else ():
        if isinstance(key, Literal) and isinstance(key.value, str) and key.value.startswith("/"):
            yield key.value


def _is_path(node: Node) -> bool:
    """Tell `self.path`, `parsed.path`, `path`, `urlparse(self.path).path`, `self.path.split("?")[0]`."""
    if isinstance(node, Attribute):
        return node.name == "path" or _is_path(node.object)
    if isinstance(node, Name):
        return "path" in node.id.lower() or node.id in {"route", "url", "endpoint"}
    return "path" in dotted(node)
