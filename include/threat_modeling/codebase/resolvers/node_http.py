"""The servers of Node.js itself: the paths and methods that a request listener tells apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from msgspec import structs

from threat_modeling.codebase.javascript.behavior import Observer
from threat_modeling.codebase.javascript.evaluation import Evaluation
from threat_modeling.codebase.javascript.paths import from_pattern, joined, names
from threat_modeling.codebase.javascript.requests import parameters
from threat_modeling.codebase.javascript.routing import is_test
from threat_modeling.codebase.javascript.values import Closure
from threat_modeling.codebase.javascript.verbs import LANGUAGES, Verbs
from threat_modeling.codebase.observations import Guard, Handler, Route
from threat_modeling.codebase.syntax import (
    Attribute,
    Block,
    Call,
    Evaluate,
    Expression,
    Function,
    Literal,
    Module,
    Name,
    Node,
    Operation,
    Other,
    Return,
    Sequence,
    Statement,
    dotted,
    text,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("createServer", "createSecureServer")
_SERVERS: Final = re.compile(r"^(?:node:)?(?:http|https|http2)\.(?:createServer|createSecureServer|Server)$")
_EQUAL: Final = frozenset({"===", "=="})
_MAX_DEPTH: Final = 60


@dataclass(frozen=True)
class _Case:
    """What conditions around a statement say of the request; empty is anything."""

    methods: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


def routes(project: Project) -> Iterator[Route]:
    """The routes that request listeners tell apart."""
    evaluation = Evaluation(project, Verbs())
    observer = Observer(evaluation)
    for module in project.modules(LANGUAGES, KEYWORDS):
        if not is_test(module.path):
            for call in (node for node in walk(module.body) if isinstance(node, Call)):
                function = _listener(project, module, call)
                if function is not None:
                    yield from _served(project, observer, evaluation, function)


def _listener(project: Project, module: Module, call: Call) -> tuple[Module, Function] | None:
    """The function that `http.createServer` is given."""
    listens = isinstance(call.callee, Attribute) and call.callee.name == "on" and call.arguments and text(call.arguments[0]) == "request"
    if not call.arguments or not (listens or _SERVERS.match(project.qualified(module, call.callee))):
        return None
    given = call.arguments[-1]
    if isinstance(given, Function):
        return module, given
    found = project.definition(module.path, given.id) if isinstance(given, Name) else None
    return (found[0], found[1]) if found is not None and isinstance(found[1], Function) else None


def _served(project: Project, observer: Observer, evaluation: Evaluation, listener: tuple[Module, Function]) -> Iterator[Route]:
    module, function = listener
    frame = evaluation.frame(module.path)
    if frame is None or not function.parameters:
        return
    closure = Closure(function, frame)
    controls = observer.behavior(closure).controls
    evidence = project.evidence(module.path, function.line, function.line)
    guards = tuple(Guard(category=category, name=function.name or "listener", scope="handler", evidence=evidence) for category in controls)
    seen: set[tuple[str, str]] = set()
    for case, node in _cases(function.body, _Case(), 0):
        for path in case.paths:
            for method in case.methods or ("ANY",):
                if (method, path) not in seen and ("ANY", path) not in seen:
                    seen.add((method, path))
                    yield Route(
                        method=method,
                        path=path,
                        framework="node:http",
                        handler=Handler(file=module.path, line=node.line, end=node.end, function=function.name or "listener"),
                        registration=project.evidence(module.path, node.line, node.line),
                        parameters=parameters(_part(closure, node), names(path)),
                        guards=guards,
                    )


def _part(closure: Closure, node: Node) -> Closure:
    """The branch of a listener that serves one route, as a function of its own."""
    body: tuple[Statement, ...] = tuple(s for branch in node.bodies for s in branch) if isinstance(node, Block) else ()
    return Closure(structs.replace(closure.function, body=body), closure.frame)


def _cases(body: tuple[Statement, ...], case: _Case, depth: int) -> Iterator[tuple[_Case, Node]]:
    """Each innermost condition that names a path, with what all conditions around it say."""
    for block in (statement for statement in body if isinstance(statement, Block)):
        if depth > _MAX_DEPTH:
            return
        if block.kind == "switch":
            yield from _switch(block, case, depth)
            continue
        heads = block.heads if block.kind == "if" else ()
        for index, branch in enumerate(block.bodies):
            inner = _narrowed(case, heads[index] if index < len(heads) else None)
            found = list(_cases(branch, inner, depth + 1))
            yield from found
            if inner.paths and inner != case and (not found or _does(branch)):
                start = heads[index].line if index < len(heads) else block.line
                yield inner, Block(start, branch[-1].end if branch else block.end, "if", (), (branch,))


def _does(branch: tuple[Statement, ...]) -> bool:
    """Whether a branch does something itself, besides telling requests apart further."""
    return any(isinstance(statement, Evaluate | Return) for statement in branch)


def _switch(block: Block, case: _Case, depth: int) -> Iterator[tuple[_Case, Node]]:
    """`switch (req.method) { case "GET": ... }`."""
    subject = block.heads[0] if block.heads else None
    for index, branch in enumerate(block.bodies):
        label = block.heads[index + 1] if index + 1 < len(block.heads) else None
        inner = case
        if subject is not None and isinstance(label, Literal):
            inner = _narrowed(case, Operation(label.line, label.end, "===", (subject, label)))
        found = list(_cases(branch, inner, depth + 1))
        yield from found
        if inner != case and inner.paths and not found:
            yield inner, Block(label.line if label is not None else block.line, branch[-1].end if branch else block.end, "if", (), (branch,))


def _narrowed(case: _Case, condition: Expression | None) -> _Case:
    """A case with what a condition adds; alternatives (`||`) are all possible."""
    if condition is None:
        return case
    methods: list[str] = []
    paths: list[str] = []
    for node in walk(condition):
        if isinstance(node, Operation) and node.operator in _EQUAL and len(node.operands) == 2:
            subject, literal = node.operands if isinstance(node.operands[1], Literal) else node.operands[::-1]
            if isinstance(literal, Literal) and isinstance(literal.value, str):
                (methods if _is_method(subject) else paths if _is_path(subject) and literal.value.startswith("/") else []).append(literal.value)
        elif isinstance(node, Call) and isinstance(node.callee, Attribute) and node.arguments:
            paths += _matched(node, node.callee)
    return _Case(tuple(method.upper() for method in methods) or case.methods, tuple(paths) or case.paths)


def _matched(call: Call, callee: Attribute) -> list[str]:
    r"""`url.startsWith("/x/")`, `/^\\/x$/.test(url)`, `url.match(/^\\/x$/)`."""
    first = call.arguments[0]
    if callee.name == "includes" and isinstance(callee.object, Sequence) and _is_path(first):
        return [path for path in map(text, callee.object.elements) if path is not None and path.startswith("/")]
    if callee.name == "startsWith" and _is_path(callee.object) and isinstance(first, Literal) and str(first.value).startswith("/"):
        return [joined(str(first.value), "{path}")]
    pattern, subject = (callee.object, first) if callee.name in {"test", "exec"} else (first, callee.object)
    if callee.name in {"test", "exec", "match"} and isinstance(pattern, Other) and pattern.kind == "regex" and _is_path(subject):
        source = pattern.children[0] if pattern.children else None
        return [from_pattern(str(source.value).rpartition("/")[0].removeprefix("/"))] if isinstance(source, Literal) else []
    return []


def _is_method(node: Expression) -> bool:
    return dotted(node).rpartition(".")[2] == "method"


def _is_path(node: Expression) -> bool:
    """Tell `req.url`, `pathname`, `url.pathname`, `parsed.path`, `req.url.split("?")[0]`."""
    name = dotted(node)
    return bool(re.search(r"(?:^|\.)(?:url|pathname|path|route|pathName|endpoint)(?:$|\.split\(\)\[\]$|\.replace\(\)$)", name))
