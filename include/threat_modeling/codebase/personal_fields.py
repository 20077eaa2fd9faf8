"""Fields of data models whose names say that they hold personal data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from threat_modeling.codebase.jvm.classes import places
from threat_modeling.codebase.observations import PersonalField
from threat_modeling.codebase.pack import FAMILIES
from threat_modeling.codebase.rule import PersonalFieldRule
from threat_modeling.codebase.rulebook import Index, is_open, last, load
from threat_modeling.codebase.syntax import Assign, Attribute, Block, Call, Class, Function, Literal, Mapping, Name, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module, Node

MAX_LINE = 2_000
_TABLE = re.compile(r"\bcreate\s+(?:temp(?:orary)?\s+)?table\s+(?:if\s+not\s+exists\s+)?[\"`\[]?(?:\w+[\"`\]]?\.[\"`\[]?)?(\w+)", re.IGNORECASE)
_COLUMN = re.compile(
    r"(?:^|[(,])\s*[\"`\[]?(\w+)[\"`\]]?\s+(?:var|n|tiny|small|big|medium|long)*(?:char|text|int|integer|serial|numeric|decimal|date|datetime|timestamp|bool|boolean|json|jsonb|uuid|blob|bytea|real|float|double)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@cache
def rules() -> tuple[PersonalFieldRule, ...]:
    """The rules on personal fields."""
    return tuple(rule for _, rule in load("personal_fields") if isinstance(rule, PersonalFieldRule))


@cache
def category(name: str) -> str | None:
    """What kind of personal data a field of this name holds; the longest known name in it decides."""
    words = f"_{'_'.join(_WORD.findall(name)).lower()}_"
    best = max(((len(known), rule.category) for rule in rules() for known in rule.names if f"_{known}_" in words), default=None)
    return best[1] if best else None


@cache
def _telling() -> tuple[tuple[str, ...], ...]:
    """What `Project.words` says of a file that defines a model: all of one of these, the whole words of a name."""
    patterns = [p for rule in rules() for match in rule.models for p in (*match.bases, *match.decorators, *match.calls)]
    parts = {frozenset(f"\n{part}\n" for part in pattern.split(".") if part.isidentifier()) for pattern in patterns}
    return tuple(sorted(tuple(sorted(some)) for some in parts if not any(other < some for other in parts)))


def table_fields(project: Project, path: str, text: str) -> Iterator[PersonalField]:
    """Yield the personal columns of the tables that SQL text creates."""
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        created = _TABLE.search(line[:MAX_LINE])
        if created:
            table = created[1]
            line = line[created.end() :]  # noqa: PLW2901 - the rest of the line is read as the others are
        if not table:
            continue
        for column in _COLUMN.findall(line[:MAX_LINE]):
            kind = category(column)
            if kind is not None:
                yield PersonalField(model=table, field=column, category=kind, evidence=project.evidence(path, number, number))
        if ";" in line:
            table = ""


def personal_fields(project: Project, module: Module) -> Iterator[PersonalField]:
    """Yield the personal fields of the models that a file defines."""
    said = project.words(module.path)
    if not any(all(map(said.__contains__, words)) for words in _telling()):
        return
    family = FAMILIES.get(module.language, module.language)
    models = _models(family)
    for node in _candidates(module, family, said):
        found: list[tuple[str, Node]] = []
        model = ""
        if isinstance(node, Class) and _is_model(project, module, node, models):
            model, found = node.name, list(_class_fields(node))
        elif isinstance(node, Call) and _called(module, node, models) and models.calls.get(_plain(project.qualified(module, node.callee))):
            texts = [argument.value for argument in node.arguments if isinstance(argument, Literal) and isinstance(argument.value, str)]
            model, found = (texts[0] if texts else dotted(node.callee)), list(_mapping_fields(node))
        for name, place in found:
            kind = category(name)
            if kind is not None:
                evidence = project.evidence(module.path, place.line, place.line)
                yield PersonalField(model=model or "?", field=name, category=kind, evidence=evidence)


def _candidates(module: Module, family: str, said: str) -> Iterator[Node]:
    """The classes and calls of a file, and what else stands among them; without the calls where the file has no word of one."""
    tails = _models(family).tails
    if family == "java":
        return (place.node for place in places(module))
    if family == "python" and tails is not None and not any(f"\n{tail}\n" in said for tail in tails):
        return _statements(module.body)
    return walk(module.body)


def _statements(body: tuple[Node, ...]) -> Iterator[Node]:
    """The statements of Python, which has classes nowhere else, in source order; without recursion, as `walk`."""
    stack = [*reversed(body)]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Class | Function):
            stack += reversed(node.body)
        elif isinstance(node, Block):
            stack += [inner for branch in reversed(node.bodies) for inner in reversed(branch)]


@dataclass(frozen=True, slots=True)
class _Models:
    """What makes a model in a language: patterns of names."""

    bases: Index[str]
    decorators: Index[str]
    calls: Index[str]
    tails: frozenset[str] | None
    """The last parts of the names of calls; None where a pattern leaves one open."""


@cache
def _models(family: str) -> _Models:
    matches = [match for rule in rules() if family in rule.languages for match in rule.models]
    bases, decorators, calls = (
        Index.of({pattern: pattern for match in matches for pattern in getattr(match, kind)}) for kind in ("bases", "decorators", "calls")
    )
    tails = frozenset(last(pattern) for match in matches for pattern in match.calls)
    return _Models(bases, decorators, calls, None if any(map(is_open, tails)) else tails)


def _called(module: Module, node: Call, models: _Models) -> bool:
    """Whether a call may be of a model, told before its whole name is made out: a file has thousands of calls."""
    callee = node.callee
    if models.tails is None or not isinstance(callee, Name | Attribute):
        return True
    if isinstance(callee, Attribute):
        return callee.name in models.tails
    return callee.id in models.tails or module.imports.get(callee.id, ("", ""))[1] in models.tails


def _plain(name: str) -> str:
    return name.replace("()", "").replace("[]", "")


def _is_model(project: Project, module: Module, node: Class, models: _Models) -> bool:
    written = [_plain(project.qualified(module, base)) for base in node.bases]
    marks = [project.qualified(module, mark).replace("()", "") for mark in node.decorators]
    return any(map(models.bases.get, written)) or any(map(models.decorators.get, marks))


def _class_fields(node: Class) -> Iterator[tuple[str, Node]]:
    for member in node.body:
        if isinstance(member, Assign):
            for target in member.targets:
                name = target.id if isinstance(target, Name) else target.name if isinstance(target, Attribute) else ""
                if name and not isinstance(member.value, Function):
                    yield name, member


def _mapping_fields(node: Call) -> Iterator[tuple[str, Node]]:
    """Yield the keys of the mappings that a model's call is given, one level deep."""
    for argument in node.arguments:
        if isinstance(argument, Mapping):
            for key, value in argument.entries:
                name = key.value if isinstance(key, Literal) else key.id if isinstance(key, Name) else None
                if isinstance(name, str):
                    yield name, key or value
