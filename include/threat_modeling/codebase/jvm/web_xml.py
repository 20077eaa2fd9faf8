"""Deployment descriptors of servlets: which class serves which patterns, and which patterns need a role."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_ELEMENT: Final = re.compile(r"<(servlet-mapping|servlet|filter-mapping|filter|security-constraint)(?:\s[^>]*)?>(.*?)</\1\s*>", re.DOTALL)
_MAX_TEXT: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Mapped:
    """A servlet's or filter's class, its patterns, and the line of its mapping."""

    path: str
    name: str
    class_name: str
    patterns: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Constraint:
    """Patterns that need one of some roles ("*" for any known caller); without roles nobody may."""

    path: str
    patterns: tuple[str, ...]
    methods: tuple[str, ...]
    roles: tuple[str, ...]
    line: int
    end: int


@dataclass(slots=True)
class Descriptor:
    """One web.xml."""

    path: str
    servlets: list[Mapped] = field(default_factory=list)
    filters: list[Mapped] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)

    @property
    def root(self) -> str:
        """The folder of the application that it deploys, with a slash at its end, "" for the target itself."""
        before, found, _ = f"/{self.path}".partition("/src/")
        if not found:
            before = f"/{self.path}".partition("/WEB-INF/")[0].rpartition("/")[0]
        return f"{before[1:]}/" if before else ""


_DESCRIPTORS: WeakKeyDictionary[Project, list[Descriptor]] = WeakKeyDictionary()


def descriptors(project: Project) -> list[Descriptor]:
    """Every web.xml of a target, in path order."""
    if project not in _DESCRIPTORS:
        named = sorted(path for path in project.paths if path.endswith("/web.xml") or path == "web.xml")
        texts = ((path, project.text(path) or "") for path in named)
        _DESCRIPTORS[project] = [_read(path, text) for path, text in texts if text and len(text) <= _MAX_TEXT]
    return _DESCRIPTORS[project]


def _read(path: str, text: str) -> Descriptor:
    text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    classes: dict[tuple[str, str], str] = {}
    descriptor = Descriptor(path)
    elements = [
        (match[1], match[2], text.count("\n", 0, match.start()) + 1, text.count("\n", 0, match.end()) + 1) for match in _ELEMENT.finditer(text)
    ]
    for kind, body, _, _ in elements:
        if kind in {"servlet", "filter"}:
            named = _one(body, f"{kind}-class") or _one(body, "jsp-file")
            classes[kind, _one(body, f"{kind}-name")] = named
    for kind, body, line, end in elements:
        if kind in {"servlet-mapping", "filter-mapping"}:
            of = kind.removesuffix("-mapping")
            name = _one(body, f"{of}-name")
            mapped = Mapped(path, name, classes.get((of, name), ""), tuple(_all(body, "url-pattern")), line)
            (descriptor.servlets if of == "servlet" else descriptor.filters).append(mapped)
        elif kind == "security-constraint" and "<auth-constraint" in body:
            roles = tuple(_all(body.partition("<auth-constraint")[2], "role-name"))
            descriptor.constraints.append(Constraint(path, tuple(_all(body, "url-pattern")), tuple(_all(body, "http-method")), roles, line, end))
    return descriptor


def _all(body: str, name: str) -> Iterator[str]:
    return (match.strip() for match in re.findall(rf"<{name}\b[^>]*>([^<]*)</{name}\s*>", body))


def _one(body: str, name: str) -> str:
    return next(iter(_all(body, name)), "")


def covers(pattern: str, path: str) -> bool:
    """Whether a servlet pattern (`/a/*`, `*.do`, `/a`) covers a path or the pattern of a servlet."""
    if pattern in {"/*", "/", path}:
        return True
    if pattern.endswith("/*"):
        return path == pattern[:-2] or path.startswith(pattern[:-1])
    return pattern.startswith("*.") and path.endswith(pattern[1:])
