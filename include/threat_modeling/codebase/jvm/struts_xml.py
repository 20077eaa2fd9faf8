"""Configuration files of Struts 2: packages with their namespaces, actions, and what the convention plug-in is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG: Final = re.compile(r"<(/?)(package|action|constant)\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(r"([\w.\-]+)\s*=\s*[\"']([^\"']*)[\"']")
_NAMED: Final = re.compile(r"(?:^|/)(?:[^/]*(?:struts|xwork)[^/]*\.xml|pom\.xml|build\.gradle(?:\.kts)?)$")
_INCLUDE: Final = re.compile(r"<include\s+file\s*=\s*[\"']([\w./\-]{1,200})[\"']")
_MAX_TEXT: Final = 2_000_000
_MAX_PARENTS: Final = 8


@dataclass(frozen=True, slots=True)
class Action:
    """One `<action>`: its class and method serve `namespace/name`."""

    path: str
    line: int
    namespace: str
    name: str
    class_name: str
    method: str


@dataclass(slots=True)
class Configuration:
    """All that the files of a target say."""

    actions: list[Action] = field(default_factory=list)
    suffixes: tuple[str, ...] = ("Action",)
    rest: bool = False
    """Whether the REST plug-in names the methods of controllers."""


def configuration(project: Project) -> Configuration:
    """The actions of every struts*.xml and of the files that look like one."""
    found = Configuration()
    packages: dict[str, tuple[str | None, str]] = {}
    pending: list[tuple[str, int, str, dict[str, str]]] = []
    named = [path for path in project.paths if _NAMED.search(path)]
    for path in sorted([*named, *_included(project, named)]):
        text = project.text(path)
        if text is None or len(text) > _MAX_TEXT:
            continue
        found.rest = found.rest or "struts2-rest-plugin" in text
        if "<struts" in text:
            text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
            for name, value in _read(path, text, packages, pending):
                if name == "struts.convention.action.suffix":
                    found.suffixes = (*dict.fromkeys([*(part.strip() for part in value.split(",")), "Action"]),)
                found.rest = found.rest or value == "rest-default"
    for path, line, package, attributes in pending:
        namespace = _namespace(packages, package)
        if attributes.get("name"):
            method = attributes.get("method") or "execute"
            found.actions.append(Action(path, line, namespace, attributes["name"], attributes.get("class", ""), method))
    return found


def _included(project: Project, named: list[str]) -> set[str]:
    """The files that configuration files include by a name that tells nothing."""
    names = {f"/{name}" for path in named for name in _INCLUDE.findall(project.text(path) or "")}
    return {path for path in project.paths if names and f"/{path}".endswith(tuple(names))} - set(named)


def _read(
    path: str, text: str, packages: dict[str, tuple[str | None, str]], pending: list[tuple[str, int, str, dict[str, str]]]
) -> Iterator[tuple[str, str]]:
    """Remember packages and actions; yield the constants."""
    current = ""
    for match in _TAG.finditer(text):
        attributes = dict(_ATTRIBUTE.findall(match[3]))
        if match[1]:
            current = "" if match[2] == "package" else current
        elif match[2] == "package":
            current = f"{path}#{attributes.get('name', '')}"
            packages[current] = (attributes.get("namespace"), attributes.get("extends", ""))
            packages.setdefault(attributes.get("name", ""), packages[current])
        elif match[2] == "action":
            pending.append((path, text.count("\n", 0, match.start()) + 1, current, attributes))
        else:
            yield attributes.get("name", ""), attributes.get("value", "")


def _namespace(packages: dict[str, tuple[str | None, str]], package: str) -> str:
    """The namespace of a package, or of the nearest one that it extends."""
    for _ in range(_MAX_PARENTS):
        namespace, parent = packages.get(package, ("", ""))
        if namespace is not None:
            return namespace
        package = parent.partition(",")[0].strip()
    return ""
