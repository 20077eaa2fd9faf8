"""Symfony's `access_control` of config/packages/security.yaml: who may ask for which paths, the first rule that matches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.documents import DocumentRefused, parse
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.taint.regex_cost import can_hang
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.php.router import Router

_FILE: Final = re.compile(r"(?:^|/)config/(?:packages/)?security\.ya?ml$")
_OPEN: Final = frozenset({"PUBLIC_ACCESS", "IS_AUTHENTICATED_ANONYMOUSLY", "IS_ANONYMOUS"})
_PLAIN: Final = frozenset({"ROLE_USER", "IS_AUTHENTICATED_FULLY", "IS_AUTHENTICATED_REMEMBERED", "IS_AUTHENTICATED"})
MAX_PATTERN: Final = 300


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    methods: frozenset[str]
    roles: tuple[str, ...]
    path: str
    line: int


class AccessControl:
    """The rules of one project's security configuration."""

    def __init__(self, router: Router) -> None:
        self._project = router.project
        files = sorted(path for path in router.project.paths if _FILE.search(path))
        self._rules = tuple(rule for path in files for rule in self._read(path))

    def of(self, path: str, method: str) -> tuple[Guard, ...]:
        """The guards that the first matching rule puts before a path."""
        plain = re.sub(r"\{\w+\}", "x", path)
        for rule in self._rules:
            if rule.pattern.search(plain) and (not rule.methods or method in rule.methods):
                return tuple(self._guards(rule))
        return ()

    def _guards(self, rule: _Rule) -> Iterator[Guard]:
        if not rule.roles or set(rule.roles) & _OPEN:
            return
        evidence = self._project.evidence(rule.path, rule.line, rule.line)
        yield Guard(category=ControlCategory.AUTHENTICATION, name="access_control", scope="application", evidence=evidence)
        if set(rule.roles) - _PLAIN:
            yield Guard(category=ControlCategory.AUTHORIZATION, name="access_control", scope="application", evidence=evidence)

    def _read(self, path: str) -> Iterator[_Rule]:
        try:
            document = parse(self._project.text(path) or "")
        except DocumentRefused:
            return
        listed = document.get("security", "access_control")
        for value in listed.elements if listed is not None else ():
            written = value.string("path")
            if not written or len(written) > MAX_PATTERN or can_hang(written):
                continue
            try:
                pattern = re.compile(written)
            except re.error:
                continue
            roles = (*_texts(value.get("roles")), *_texts(value.get("role")))
            yield _Rule(pattern, frozenset(one.upper() for one in _texts(value.get("methods"))), roles, path, value.line)


def _texts(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(element.text or "" for element in value.elements) if value.elements else (value.text,) if value.text else ()
