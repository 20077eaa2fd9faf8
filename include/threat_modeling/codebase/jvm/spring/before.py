"""What Spring runs before a handler besides its filter chain: interceptors by their patterns, and servlet filters that are beans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import find
from threat_modeling.codebase.jvm.calls import in_order, links, method_of
from threat_modeling.codebase.jvm.classes import Place, modules_of, places, written
from threat_modeling.codebase.jvm.paths import matches
from threat_modeling.codebase.jvm.refusals import refuses
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import Call, Function, Name
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.methods import Methods
    from threat_modeling.codebase.jvm.routes import Reading

_FILTERS: Final = frozenset({"OncePerRequestFilter", "GenericFilterBean", "Filter", "WebFilter", "HttpFilter"})
_FILTERING: Final = ("doFilterInternal", "doFilter", "filter")


@dataclass(frozen=True, slots=True)
class Before:
    """A guard with the paths that it covers (all, where none are given) and those that it leaves out."""

    file: str
    guard: Guard
    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """Whether it runs before the handler of a path."""
        inside = not self.included or any(matches(pattern, path) for pattern in self.included)
        return inside and not any(matches(pattern, path) for pattern in self.excluded)


def befores(reading: Reading, methods: Methods, *, chained: bool) -> Iterator[Before]:
    """Interceptors and filters that turn callers away; where there is a filter chain, filters are its matter."""
    for module in modules_of(reading.project, ("addInterceptor",)):
        for place in places(module):
            for method in place.methods():
                yield from _interceptors(reading, methods, place, method)
    for module in modules_of(reading.project, tuple(_FILTERS)) if not chained else ():
        for place in places(module):
            if find(place, place.node.decorators, ("Component", "Service")) is not None and _FILTERS & reading.types.base_names(place):
                running = next((found for name in _FILTERING if (found := place.method(name)) is not None), None)
                if running is not None and refuses(place, running):
                    yield Before(module.path, _guard(reading, place, running))


def _interceptors(reading: Reading, methods: Methods, place: Place, method: Function) -> Iterator[Before]:
    """`registry.addInterceptor(new Login()).addPathPatterns("/a/**").excludePathPatterns("/login")`."""
    seen: set[int] = set()
    for call in reversed(list(in_order(method.body))):
        chain = links(call)
        added = next((link for link in chain if method_of(link) == "addInterceptor" and link.arguments), None)
        if added is None or id(added) in seen:
            continue
        seen.add(id(added))
        found = _made(reading, methods, place, added)
        running = found.method("preHandle") if found is not None else None
        if found is None or running is None or not refuses(found, running):
            continue
        patterns: dict[str, list[str]] = {"addPathPatterns": [], "excludePathPatterns": []}
        for link in chain:
            if method_of(link) in patterns:
                patterns[method_of(link)] += [text for argument in link.arguments for text in reading.constants.texts(place, argument)]
        yield Before(place.module.path, _guard(reading, found, running), tuple(patterns["addPathPatterns"]), tuple(patterns["excludePathPatterns"]))


def _made(reading: Reading, methods: Methods, place: Place, call: Call) -> Place | None:
    """The class of an interceptor: made in place, a field, or what a method of the class gives back."""
    given = call.arguments[0]
    if isinstance(given, Name):
        return methods.typed(place, given.id)
    if not isinstance(given, Call):
        return None
    found = methods.find(given.callee, place)
    if found is not None and found[1].returns is not None:
        return reading.types.find(found[0], written(found[1].returns))
    return reading.types.find(place, written(given.callee))


def _guard(reading: Reading, place: Place, method: Function) -> Guard:
    evidence = reading.project.evidence(place.module.path, method.line, method.line)
    return Guard(category=ControlCategory.AUTHENTICATION, name=place.label, scope="application", evidence=evidence)
