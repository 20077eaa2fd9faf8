"""What stands before a servlet: filters that turn callers away, and the constraints of its descriptor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import find
from threat_modeling.codebase.jvm.calls import method_of
from threat_modeling.codebase.jvm.classes import Place, modules_of, places
from threat_modeling.codebase.jvm.jaxrs.guards import constrained
from threat_modeling.codebase.jvm.refusals import refuses
from threat_modeling.codebase.jvm.spring.security import build_of
from threat_modeling.codebase.jvm.web_xml import covers, descriptors
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import Attribute, Call, Literal, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.routes import Reading
    from threat_modeling.codebase.syntax import Function

_METHODS: Final = ("doFilter", "doFilterInternal")


_LOOKS: Final = frozenset({"getUserPrincipal", "getRemoteUser", "isUserInRole"})


def _is_look(node: Call) -> bool:
    """Tell a look at the caller: the container's, at an attribute of the session, at the Authorization header."""
    name = method_of(node)
    if name == "getAttribute" and isinstance(node.callee, Attribute):
        return "session" in dotted(node.callee.object).lower()
    header = node.arguments[0].value if node.arguments and isinstance(node.arguments[0], Literal) else None
    return name in _LOOKS or (name == "getHeader" and isinstance(header, str) and header.lower() == "authorization")


@dataclass(frozen=True, slots=True)
class _Filter:
    place: Place
    method: Function
    patterns: tuple[str, ...]


class Filters:
    """Tells which controls stand before the paths of web applications."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._descriptors = descriptors(reading.project)
        self._filters = list(self._refusing())

    def of(self, file: str, path: str) -> Iterator[Guard]:
        """The guards of a path that a file of an application serves."""
        for each in self._filters:
            if file.startswith(build_of(each.place.module.path)) and any(covers(pattern, path) for pattern in each.patterns):
                evidence = self._reading.project.evidence(each.place.module.path, each.method.line, each.method.line)
                yield Guard(category=ControlCategory.AUTHENTICATION, name=each.place.label, scope="application", evidence=evidence)
        yield from constrained(self._reading, self._descriptors, file, path)

    def in_handler(self, place: Place, method: Function) -> Iterator[Guard]:
        """The guard that a servlet is itself: it turns callers away whose session or token it does not know."""
        look = next((node for node in walk(method.body) if isinstance(node, Call) and _is_look(node)), None)
        if look is not None and refuses(place, method):
            evidence = self._reading.project.evidence(place.module.path, look.line, look.end)
            yield Guard(category=ControlCategory.AUTHENTICATION, name=method_of(look), scope="handler", evidence=evidence)

    def _refusing(self) -> Iterator[_Filter]:
        mapped = {
            mapped.class_name.rpartition(".")[2]: mapped.patterns
            for descriptor in self._descriptors
            for mapped in descriptor.filters
            if mapped.class_name
        }
        for module in modules_of(self._reading.project, ("doFilter",)):
            for place in places(module):
                method = next((found for name in _METHODS if (found := place.method(name)) is not None), None)
                if method is None or not refuses(place, method):
                    continue
                mark = find(place, place.node.decorators, ("WebFilter",))
                patterns = tuple(self._reading.constants.texts(place, mark.argument("urlPatterns", "value"))) if mark is not None else ()
                yield _Filter(place, method, patterns or mapped.get(place.node.name, ()))
