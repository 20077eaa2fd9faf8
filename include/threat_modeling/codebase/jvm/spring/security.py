"""What guards a route of Spring: its filter chain, annotations of its method and class, interceptors, checked input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import annotations_of, expanded
from threat_modeling.codebase.jvm.identity import asks_caller
from threat_modeling.codebase.jvm.methods import Methods
from threat_modeling.codebase.jvm.spring.before import befores
from threat_modeling.codebase.jvm.spring.chains import Chain, Decision, chains, expression_decision
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import dotted
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.annotations import Annotation
    from threat_modeling.codebase.jvm.routes import Reading, Served

_ROLES: Final = frozenset({"Secured", "RolesAllowed", "DenyAll"})
_STARTERS: Final = ("spring-boot-starter-security", "spring-boot-starter-oauth2-resource-server", "spring-boot-starter-oauth2-client")
_BUILDS: Final = ("pom.xml", "build.gradle", "build.gradle.kts")


class Security:
    """Tells which controls stand before the routes of one project."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._chains = chains(reading)
        self._methods = Methods(reading.types)
        self._befores = list(befores(reading, self._methods, chained=bool(self._chains)))
        self._defaults = [] if self._chains else list(_starters(reading))

    def of(self, served: Served, verb: str, path: str) -> Iterator[Guard]:
        """The guards of a method that serves a path (without the context path)."""
        file = served.place.module.path
        for chain in self._of_application(file):
            if chain.covers(path):
                yield from self._by_chain(chain, verb, path)
                break
        for root, guard in self._defaults:
            if file.startswith(root):
                yield guard
        for before in self._befores:
            if file.startswith(build_of(before.file)) and before.covers(path):
                yield before.guard
        yield from self._annotated(served)
        if (call := asks_caller(self._methods, served.owner, served.method)) is not None:
            evidence = self._reading.project.evidence(served.owner.module.path, call.line, call.end)
            yield Guard(category=ControlCategory.AUTHENTICATION, name=dotted(call.callee) or "token", scope="handler", evidence=evidence)

    def _of_application(self, file: str) -> list[Chain]:
        """The chains of the build that a file belongs to; those of another one where it has none and only one other has some."""
        own = [chain for chain in self._chains if file.startswith(build_of(chain.place.module.path))]
        if own:
            longest = max(len(build_of(chain.place.module.path)) for chain in own)
            return [chain for chain in own if len(build_of(chain.place.module.path)) == longest]
        return []

    def _by_chain(self, chain: Chain, verb: str, path: str) -> Iterator[Guard]:
        for rule in chain.rules:
            if rule.covers(verb, path):
                evidence = self._reading.project.evidence(rule.place.module.path, rule.node.line, rule.node.end)
                for category in categories(rule.decision):
                    yield Guard(category=category, name=f"{rule.place.label} {rule.patterns[0]}", scope="application", evidence=evidence)
                return

    def _annotated(self, served: Served) -> Iterator[Guard]:
        """Annotations of the method; those of the class where the method has none."""
        on_method = list(self._decided(served, served.method.decorators))
        on_class = list(self._decided(served, served.place.node.decorators)) if not on_method else []
        for scope, found in (("route", on_method), ("router", on_class)):
            for mark, decision in found:
                evidence = self._reading.project.evidence(mark.place.module.path, mark.node.line, mark.node.end)
                for category in categories(decision):
                    yield Guard(category=category, name=f"@{mark.name}", scope="route" if scope == "route" else "router", evidence=evidence)
        for parameter in served.method.parameters:
            for mark in annotations_of(served.owner, parameter.decorators):
                if mark.name in {"Valid", "Validated"}:
                    evidence = self._reading.project.evidence(served.owner.module.path, parameter.line, parameter.end)
                    yield Guard(category=ControlCategory.INPUT_VALIDATION, name=f"@{mark.name}", scope="handler", evidence=evidence)

    def _decided(self, served: Served, decorators: object) -> Iterator[tuple[Annotation, Decision]]:
        for found in annotations_of(served.owner, decorators):  # type: ignore[arg-type]
            for mark in expanded(self._reading.types, found):
                if mark.name == "PreAuthorize":
                    text = self._reading.constants.text(mark.place, mark.argument("value"))
                    yield found, expression_decision(text or "")
                elif mark.name in _ROLES:
                    yield found, "authorized"


def categories(decision: Decision) -> tuple[ControlCategory, ...]:
    """The controls that a decision is."""
    if decision == "open":
        return ()
    return (ControlCategory.AUTHENTICATION,) if decision == "authenticated" else (ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION)


def build_of(path: str) -> str:
    """The folder of the build that a source file belongs to, with a slash at its end, "" for the target itself."""
    before, found, _ = f"/{path}".partition("/src/")
    return f"{before[1:]}/" if found and before else ""


def _starters(reading: Reading) -> Iterator[tuple[str, Guard]]:
    """Without a chain of the application's own, the starter demands a login for everything."""
    for path in sorted(reading.project.paths):
        if path.rpartition("/")[2] not in _BUILDS:
            continue
        lines = (reading.project.text(path) or "").split("\n")
        line = next((number for number, text in enumerate(lines, 1) if any(starter in text for starter in _STARTERS)), None)
        if line is not None:
            evidence = reading.project.evidence(path, line, line)
            root = path.rpartition("/")[0]
            guard = Guard(category=ControlCategory.AUTHENTICATION, name="Spring Security's default", scope="application", evidence=evidence)
            yield f"{root}/" if root else "", guard
