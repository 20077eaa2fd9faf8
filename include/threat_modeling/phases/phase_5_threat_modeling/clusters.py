"""One weakness in one file, with all its places: what one threat is about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.catalog.weakness import WeaknessType, weakness
from threat_modeling.codebase.observations import Confidence
from threat_modeling.phases.phase_4_security_controls.artifacts import MAX_EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern, ConcernLocation, DataFlow, EntryPoint, Exposure
    from threat_modeling.phases.phase_4_security_controls.artifacts import CategoryControl, ControlGap
    from threat_modeling.phases.phase_5_threat_modeling.picture import Picture

_EXPOSURES: tuple[Exposure, ...] = ("external-unauthenticated", "external-authenticated", "internal", "unreachable")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A CWE in a file of a concern. `places` are sorted: those of low confidence last, reached by an attacker first, then by line."""

    concern: Concern
    cwe: str
    path: str
    places: tuple[ConcernLocation, ...]
    points: tuple[EntryPoint, ...]
    flows: tuple[DataFlow, ...]
    gaps: tuple[ControlGap, ...]
    controls: tuple[CategoryControl, ...]
    exposure: Exposure
    application_wide: bool
    """No entry point of its own leads here, so that it is as exposed as its component."""

    @property
    def kind(self) -> WeaknessType:
        """The catalog's record of the weakness."""
        expected = self.concern.expected_controls
        return weakness(self.cwe, expected[0] if expected else None)

    @property
    def primary(self) -> ConcernLocation:
        """The place that speaks for all."""
        return self.places[0]

    @property
    def confidence(self) -> Confidence:
        """That of the surest place."""
        return min((place.confidence for place in self.places), key=_sure)

    @property
    def reached(self) -> bool:
        """Whether input was seen to reach any of the places."""
        return any(place.attacker_reached for place in self.places)

    @property
    def partly_covered(self) -> bool:
        """Whether a control stands in the way that does not close it."""
        return any(gap.type == "incomplete" and gap.cwe == self.cwe for gap in self.gaps)

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits of class, CWE and file; lines, quotes and the way the code was split do not count."""
        identity = f"{self.concern.weakness.weakness_class}\x00{self.cwe}\x00{self.path}"
        return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def clusters(picture: Picture) -> list[Cluster]:
    """Every weakness that no control covers, one for each concern, CWE and file."""
    found: list[Cluster] = []
    for concern in picture.concerns:
        grouped: dict[tuple[str, str], list[ConcernLocation]] = {}
        for place in picture.open_places(concern):
            grouped.setdefault((place.cwe, place.evidence.path), []).append(place)
        found += [_cluster(picture, concern, cwe, path, places) for (cwe, path), places in sorted(grouped.items())]
    return found


def _cluster(picture: Picture, concern: Concern, cwe: str, path: str, places: Sequence[ConcernLocation]) -> Cluster:
    ordered = sorted(
        places,
        key=lambda p: (p.confidence is Confidence.LOW, not p.attacker_reached, _sure(p.confidence), p.evidence.start, p.evidence.end, p.rule),
    )
    points = {p.id: p for place in ordered for p in picture.entry_points(place)}
    ids = frozenset(points)
    files = frozenset({path, *(p.code.file for p in points.values() if p.code), *(p.registration.path for p in points.values())})
    kind = weakness(cwe, concern.expected_controls[0] if concern.expected_controls else None)
    gaps = picture.gaps_of(concern)
    own = [g for g in gaps if g.cwe == cwe and _holds(g, path)]
    around = [g for g in gaps if g not in own and (g.category is not kind.controls[0] or g.type == "investigation-blocked")]
    exposures = [p.exposure for p in points.values()]
    application_wide = not exposures and not any(place.attacker_reached for place in ordered)
    component = concern.components[0] if concern.components else ""
    widest = picture.widest.get(component, "internal") if application_wide else concern.exposure
    exposure = min(exposures, key=_EXPOSURES.index) if exposures else next(e for e in _EXPOSURES if e == widest)
    return Cluster(
        concern=concern,
        cwe=cwe,
        path=path,
        places=tuple(ordered),
        points=tuple(points[key] for key in sorted(points)),
        flows=tuple(picture.flows_of(concern, ids, path)),
        gaps=(*own, *around),
        controls=tuple(picture.controls_of(concern, files)),
        exposure=exposure,
        application_wide=application_wide,
    )


def _holds(gap: ControlGap, path: str) -> bool:
    return len(gap.evidence) >= MAX_EVIDENCE or any(e.path == path for e in gap.evidence)


def _sure(confidence: Confidence) -> int:
    return list(Confidence).index(confidence)
