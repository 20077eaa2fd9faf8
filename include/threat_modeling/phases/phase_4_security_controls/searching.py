"""The searches of one investigation: guards of the entry points, the code around the places, their files, the application.

Each returns what it met and how much it looked at: a control that is reported missing was looked for here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.catalog.category import categories
from threat_modeling.model import ControlCategory, Provenance
from threat_modeling.phases.phase_4_security_controls.artifacts import Search
from threat_modeling.phases.phase_4_security_controls.sight import STANDS_BESIDE, Cover, Sight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.codebase.observations import ControlSighting, Guard
    from threat_modeling.model import Evidence
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ConcernLocation
    from threat_modeling.phases.phase_4_security_controls.grounds import Grounds

MAX_EVIDENCE = 5
MAX_SPAN = 200
"""Lines of a function that is read again: a longer one wraps a module, and what it calls says nothing about one place."""
_FULL_WHEN = {"strong": Cover.FULL, "partial": Cover.PART, "weak": Cover.NEARBY}

Result = tuple[Search, list[Sight]]


def searched(grounds: Grounds, category: ControlCategory) -> list[Result]:
    """All four searches for one category, nearest first."""
    return [guards(grounds, category), functions(grounds, category), in_files(grounds, category), application(grounds, category)]


def guards(grounds: Grounds, category: ControlCategory) -> Result:
    """Guards on the entry points that lead to the places. A place is covered where every one of its entry points bears one."""
    points = {p.id: p for location in grounds.concern.locations for p in grounds.points(location)}
    found: dict[tuple[str, str], list[Guard]] = {}
    bearers: dict[tuple[str, str], set[str]] = {}
    for point in points.values():
        for guard in point.guards:
            if guard.category is category:
                key = (guard.name, guard.scope)
                found.setdefault(key, []).append(guard)
                bearers.setdefault(key, set()).add(point.id)
    sights = []
    for (name, scope), group in sorted(found.items()):
        borne = bearers[name, scope]
        sights.append(
            Sight(
                category=category,
                implementation=name,
                scope=group[0].scope,
                strength="strong" if borne == set(points) else "partial",
                effectiveness=f"runs before {len(borne)} of the {len(points)} entry points that lead here",
                provenance=Provenance.OBSERVED,
                evidence=_few(g.evidence for g in group),
                covers=_guarded(grounds, category, name, borne),
            )
        )
    files = {p.code.file if p.code else p.registration.path for p in points.values()}
    return _search(category, "guards: decorators, dependencies, middleware", "entry-point", len(files), len(points), len(sights)), sights


def _guarded(grounds: Grounds, category: ControlCategory, name: str, borne: set[str]) -> tuple[tuple[int, Cover], ...]:
    covers = []
    for index, location in enumerate(grounds.concern.locations):
        points = grounds.points(location)
        if points and grounds.recognizes(category, location, name):
            covered = [p.id in borne for p in points]
            covers.append((index, Cover.FULL if all(covered) else Cover.PART if any(covered) else Cover.NEARBY))
    return tuple(covers)


def functions(grounds: Grounds, category: ControlCategory) -> Result:
    """The functions around the places: controls that phase 3 saw in them, and calls that bear the name of one, read again."""
    spans: dict[tuple[str, int, int], list[int]] = {}
    for index, location in enumerate(grounds.concern.locations):
        for span in grounds.spans(location):
            spans.setdefault(span, []).append(index)
    sights: dict[tuple[str, str], Sight] = {}
    for span, places in sorted(spans.items()):
        for sight in [*_sighted(grounds, category, span, places), *_called(grounds, category, span, places)]:
            key = (sight.implementation, sight.evidence[0].path)
            sights[key] = _joined(sights[key], sight) if key in sights else sight
    looked = f"{categories()[category].looked_for} in the functions around the places"
    return _search(category, looked, "function", len({s[0] for s in spans}), len(spans), len(sights)), list(sights.values())


def _sighted(grounds: Grounds, category: ControlCategory, span: tuple[str, int, int], places: list[int]) -> Iterable[Sight]:
    path, first, last = span
    for control in grounds.controls:
        if control.category is category and control.evidence.path == path and first <= control.evidence.start <= last:
            yield _sight(
                control,
                "function",
                "stands in the function that runs here",
                tuple((i, _FULL_WHEN[control.strength]) for i in places if grounds.recognizes(category, grounds.concern.locations[i], control.name)),
            )


def _called(grounds: Grounds, category: ControlCategory, span: tuple[str, int, int], places: list[int]) -> Iterable[Sight]:
    if span[2] - span[1] > MAX_SPAN:
        return
    cover = Cover.PART if category in STANDS_BESIDE else Cover.NEARBY
    known = {c.evidence.start for c in grounds.controls if c.evidence.path == span[0] and c.category is category}
    own = {line for i in places for line in _lines(grounds.concern.locations[i], span[0])}
    for name, line in grounds.calls(span):
        if line in known or line in own or not grounds.named_like(category, name):
            continue
        yield Sight(
            category=category,
            implementation=name,
            scope="function",
            strength="partial",
            effectiveness="bears the name of such a control; what it checks is not proven",
            provenance=Provenance.INFERRED,
            evidence=(grounds.project.evidence(span[0], line, line),),
            covers=tuple((i, cover) for i in places if grounds.recognizes(category, grounds.concern.locations[i], name)),
        )


def _lines(location: ConcernLocation, path: str) -> Iterable[int]:
    """The lines of the weakness itself and of its trace: a call there is the weakness, not its control."""
    for evidence in (location.evidence, *(step.evidence for step in location.trace)):
        if evidence.path == path:
            yield from range(evidence.start, evidence.end + 1)


def in_files(grounds: Grounds, category: ControlCategory) -> Result:
    """Controls in the same files, outside of these functions: they show that the control is known, and cover nothing unless a router's."""
    paths = {location.evidence.path for location in grounds.concern.locations}
    spans = {span for location in grounds.concern.locations for span in grounds.spans(location)}
    outside = [
        c
        for c in grounds.controls
        if c.category is category
        and c.scope != "application"
        and c.evidence.path in paths
        and not any(c.evidence.path == path and first <= c.evidence.start <= last for path, first, last in spans)
    ]
    sights = []
    for control in outside:
        places = [i for i, location in enumerate(grounds.concern.locations) if location.evidence.path == control.evidence.path]
        router = control.scope == "router"
        covers = tuple((i, min(_FULL_WHEN[control.strength], Cover.PART)) for i in places if router)
        said = "set for the routes of this file" if router else "used elsewhere in this file, not on the way to these places"
        sights.append(_sight(control, "router" if router else "file", said, covers))
    return _search(category, "controls elsewhere in the files of the places", "file", len(paths), len(outside), len(sights)), sights


def application(grounds: Grounds, category: ControlCategory) -> Result:
    """Controls that are set for the application as a whole. They cover what needs no decision per route, such as browser security."""
    whole = [c for c in grounds.controls if c.category is category and c.scope == "application"]
    sights = []
    for control in whole:
        cover = _application_cover(category, control)
        covers = tuple((i, cover) for i, location in enumerate(grounds.concern.locations) if grounds.recognizes(category, location, control.name))
        said = "applies to the whole application" if cover else "is set up for the application; whether it applies here is not shown"
        sights.append(_sight(control, "application", said, covers if cover else ()))
    return _search(
        category, "controls set for the whole application", "application", len({c.evidence.path for c in whole}), len(whole), len(sights)
    ), sights


def _application_cover(category: ControlCategory, control: ControlSighting) -> Cover:
    if category is ControlCategory.CORS_CSP:
        return _FULL_WHEN[control.strength]
    return Cover.PART if category is ControlCategory.RATE_LIMITING and control.strength != "weak" else Cover.NEARBY


def _sight(control: ControlSighting, scope: str, effectiveness: str, covers: tuple[tuple[int, Cover], ...]) -> Sight:
    return Sight(
        category=control.category,
        implementation=control.name,
        scope=scope,  # type: ignore[arg-type]
        strength=control.strength,
        effectiveness=effectiveness,
        provenance=Provenance.OBSERVED,
        evidence=(control.evidence,),
        covers=covers,
    )


def _joined(first: Sight, second: Sight) -> Sight:
    covers = dict(first.covers)
    for place, cover in second.covers:
        covers[place] = max(cover, covers.get(place, Cover.NEARBY))
    return Sight(
        category=first.category,
        implementation=first.implementation,
        scope=first.scope,
        strength=first.strength,
        effectiveness=first.effectiveness,
        provenance=first.provenance,
        evidence=_few((*first.evidence, *second.evidence)),
        covers=tuple(sorted(covers.items())),
    )


def _few(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    unique = {(e.path, e.start, e.end): e for e in evidence}
    return tuple(unique[key] for key in sorted(unique))[:MAX_EVIDENCE]


def _search(category: ControlCategory, looked_for: str, scope: str, files: int, places: int, found: int) -> Search:
    return Search.model_validate({"category": category, "looked_for": looked_for, "scope": scope, "files": files, "places": places, "found": found})
