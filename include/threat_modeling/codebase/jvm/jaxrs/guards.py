"""What guards a resource of JAX-RS: annotations, filters of the application, name bindings, permissions in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import annotations_of, find
from threat_modeling.codebase.jvm.classes import modules_of, places
from threat_modeling.codebase.jvm.refusals import refuses
from threat_modeling.codebase.jvm.spring.security import build_of
from threat_modeling.codebase.jvm.web_xml import covers, descriptors
from threat_modeling.codebase.observations import Guard
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.jvm.routes import Reading, Served

BOTH: Final = (ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION)
_DECIDING: Final[dict[str, tuple[ControlCategory, ...]]] = {
    **dict.fromkeys(("RolesAllowed", "DenyAll", "PermissionsAllowed", "RequiresRoles", "RequiresPermissions"), BOTH),
    **dict.fromkeys(("Authenticated", "RequiresAuthentication", "RequiresUser"), (ControlCategory.AUTHENTICATION,)),
    "PermitAll": (),
}


class Guarding:
    """Tells which controls stand before the resources of one project."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._filters = list(self._refusing())
        self._descriptors = descriptors(reading.project)

    def of(self, served: Served, path: str) -> Iterator[Guard]:
        """The guards of a resource method."""
        yield from self._annotated(served)
        marks = {
            mark.name for decorators in (served.method.decorators, served.place.node.decorators) for mark in annotations_of(served.owner, decorators)
        }
        for place, bound, guard in self._filters:
            in_build = served.place.module.path.startswith(build_of(place.module.path))
            if in_build and (not bound or bound & marks) and "PermitAll" not in marks:
                yield guard
        yield from constrained(self._reading, self._descriptors, served.place.module.path, path)

    def _annotated(self, served: Served) -> Iterator[Guard]:
        for scope, decorators in (("route", served.method.decorators), ("router", served.place.node.decorators)):
            found = find(served.owner, decorators, tuple(_DECIDING))
            if found is not None:
                yield from self._guards(
                    served.owner if scope == "route" else served.place, found.node, f"@{found.name}", _DECIDING[found.name], scope
                )
                break
        for parameter in served.method.parameters:
            for mark in annotations_of(served.owner, parameter.decorators):
                if mark.name == "Auth":
                    yield from self._guards(served.owner, parameter, "@Auth", (ControlCategory.AUTHENTICATION,), "route")
                elif mark.name in {"Valid", "Validated"}:
                    yield from self._guards(served.owner, parameter, f"@{mark.name}", (ControlCategory.INPUT_VALIDATION,), "handler")

    def _guards(self, place: Place, node: object, name: str, categories: tuple[ControlCategory, ...], scope: str) -> Iterator[Guard]:
        reach: Literal["router", "route", "handler"] = "router" if scope == "router" else "handler" if scope == "handler" else "route"
        for category in categories:
            evidence = self._reading.project.evidence(place.module.path, node.line, node.end)  # type: ignore[attr-defined]
            yield Guard(category=category, name=name, scope=reach, evidence=evidence)

    def _refusing(self) -> Iterator[tuple[Place, set[str], Guard]]:
        """Request filters that turn callers away, with the name bindings that choose what they cover."""
        for module in modules_of(self._reading.project, ("ContainerRequestFilter",)):
            for place in places(module):
                method = place.method("filter")
                if method is None or "ContainerRequestFilter" not in self._reading.types.base_names(place) or not refuses(place, method):
                    continue
                bound = {mark.name for mark in annotations_of(place, place.node.decorators) if self._binds(place, mark.name)}
                evidence = self._reading.project.evidence(module.path, method.line, method.line)
                yield place, bound, Guard(category=ControlCategory.AUTHENTICATION, name=place.label, scope="application", evidence=evidence)

    def _binds(self, place: Place, name: str) -> bool:
        declared = self._reading.types.find(place, name)
        return declared is not None and find(declared, declared.node.decorators, ("NameBinding",)) is not None


def constrained(reading: Reading, found: object, file: str, path: str) -> Iterator[Guard]:
    """The security constraints of a web.xml that cover a path of a file's application."""
    for descriptor in found:  # type: ignore[attr-defined]
        if not file.startswith(descriptor.root):
            continue
        for constraint in descriptor.constraints:
            if any(covers(pattern, path) for pattern in constraint.patterns):
                evidence = reading.project.evidence(descriptor.path, constraint.line, constraint.end)
                for category in BOTH if set(constraint.roles) - {"*", "**"} or not constraint.roles else BOTH[:1]:
                    yield Guard(category=category, name="security-constraint", scope="application", evidence=evidence)
