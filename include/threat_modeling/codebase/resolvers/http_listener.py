"""HttpListener: handlers that tell method and path apart by themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.csharp.endpoints import METHODS
from threat_modeling.codebase.csharp.requests import reads
from threat_modeling.codebase.csharp.scope import LANGUAGES, Code
from threat_modeling.codebase.observations import Handler, Parameter, Route
from threat_modeling.codebase.syntax import Attribute, Block, Call, Function, Operation, Sequence, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Module, Statement

KEYWORDS: Final = ("HttpListener",)
MAX_DEPTH: Final = 12


@dataclass(frozen=True)
class _Told:
    """What conditions so far say of a request."""

    method: str = ""
    path: str = ""


def routes(project: Project) -> Iterator[Route]:
    """The routes that a target's listeners tell apart."""
    code = Code(project)
    for module in code.modules(KEYWORDS):
        for node in walk(module.body):
            if isinstance(node, Function):
                seen: set[tuple[str, str]] = set()
                for told, place, body in _branches(node.body, _Told(), 0):
                    if (told.method, told.path) not in seen:
                        seen.add((told.method, told.path))
                        yield _route(project, module, node, told, place, body)


def _route(project: Project, module: Module, function: Function, told: _Told, place: Block, body: tuple[Statement, ...]) -> Route:
    line = body[0].line if body else place.line
    end = body[-1].end if body else place.line
    read = dict.fromkeys(reads(Function(line, end, "", (), (), body)))
    return Route(
        method=told.method or "ANY",
        path=told.path,
        framework="httplistener",
        handler=Handler(file=module.path, line=line, end=end, function=function.name),
        registration=project.evidence(module.path, line, end),
        parameters=tuple(Parameter(name=name, source=source) for source, name in read),
    )


def _branches(body: tuple[Statement, ...], told: _Told, depth: int) -> Iterator[tuple[_Told, Block, tuple[Statement, ...]]]:
    """(what is told, where, the branch) of each branch that knows its path and has none below it that knows more."""
    for node in body:
        if not isinstance(node, Block) or depth > MAX_DEPTH:
            continue
        for now, branch in _cases(node, told):
            inner = list(_branches(branch, now, depth + 1))
            if inner:
                yield from inner
            elif now != told and now.path:
                yield now, node, branch


def _cases(node: Block, told: _Told) -> Iterator[tuple[_Told, tuple[Statement, ...]]]:
    if node.kind == "switch":
        subject = node.heads[0] if node.heads else None
        for head, body in zip(node.heads[1:], node.bodies, strict=False):
            tupled = isinstance(subject, Sequence)
            for value in head.elements if isinstance(head, Sequence) and not tupled else (head,):
                given = value.elements if isinstance(value, Sequence) else (value,)
                yield _constants(given, told), body
        return
    for position, body in enumerate(node.bodies):
        yield (_condition(node.heads[position], told) if node.kind == "if" and position < len(node.heads) else told), body


def _constants(given: tuple[Expression, ...], told: _Told) -> _Told:
    for value in given:
        said = text(value) or ""
        if said.startswith("/"):
            told = replace(told, path=said)
        elif said.upper() in METHODS:
            told = replace(told, method=said.upper())
    return told


def _condition(node: Expression, told: _Told) -> _Told:
    """`method == "GET" && path == "/x"`, `path.Equals("/x")`."""
    if isinstance(node, Operation) and node.operator in {"&&", "||", "==", "is"}:
        for operand in node.operands:
            told = _constants((operand,), told) if node.operator in {"==", "is"} else _condition(operand, told)
    elif isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name in {"Equals", "StartsWith"}:
        told = _constants((node.callee.object, *node.arguments), told)
    return told


__all__ = ["KEYWORDS", "LANGUAGES", "routes"]
