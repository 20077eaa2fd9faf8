"""What was stated, by whom, most binding first: a checkpoint's corrections, the request, the target's own file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from threat_modeling.model import Provenance
from threat_modeling.phases.phase_1_business_context.artifacts import Source
from threat_modeling.phases.phase_1_business_context.context_file import FILENAMES, Context, StatedData, StatedJewel, read_context
from threat_modeling.secrets import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.model import Evidence
    from threat_modeling.request import SessionRequest

_TOLD = {
    Source.CHECKPOINT: "a person corrected it at the checkpoint",
    Source.REQUEST: "given when the session was started",
    Source.TARGET_FILE: "the target's own business-context file says so",
}


@dataclass(frozen=True)
class Claim:
    """One source's context; `places` quote the lines of its fields where the source is a file of the target."""

    source: Source
    context: Context
    places: dict[str, Evidence] = field(default_factory=dict)

    def said(self, name: str, index: int | None = None) -> dict[str, Any]:
        """Provenance, source, reason and evidence of a statement that rests on a field, or on one entry of it."""
        keys = [name] if index is None else [f"{name}.{index}", name]
        place = next((self.places[key] for key in keys if key in self.places), None)
        return {"provenance": Provenance.STATED, "source": self.source, "reason": _TOLD[self.source], "evidence": (place,) if place else ()}


class Claims:
    """All claims of a session, most binding first."""

    def __init__(self, *claims: Claim) -> None:
        self._claims = sorted(claims, key=lambda claim: list(Source).index(claim.source))

    def first(self, name: str) -> tuple[Any, dict[str, Any]] | None:
        """The most binding value of a field, and how it is known; None where nobody said."""
        for claim in self._claims:
            value = getattr(claim.context, name)
            if value not in (None, (), {}):
                return value, claim.said(name)
        return None

    def every(self, name: str) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Every entry of a list field, most binding first."""
        for claim in self._claims:
            for index, value in enumerate(getattr(claim.context, name)):
                yield value, claim.said(name, index)


def from_request(request: SessionRequest) -> Context:
    """What the fields of the form say."""
    return Context(
        primary_purpose=request.purpose,
        crown_jewels=tuple(StatedJewel(name=line) for line in request.crown_jewels),
        data_types=tuple(StatedData(category=category) for category in request.data_classes),
        compliance=request.compliance,
        data_modification_impact=request.data_modification_impact,
        downtime_cost_per_hour=request.downtime_cost_per_hour,
        rto_hours=request.rto_hours,
        rpo_hours=request.rpo_hours,
        redundancy=request.redundancy,
    )


def from_target(project: Project) -> Claim | None:
    """The claim of the target's own file; RequestInvalid where it is there and wrong."""
    path = next((name for name in FILENAMES if name in project.paths), None)
    text = project.text(path) if path else None
    if path is None or text is None:
        return None
    context, lines = read_context(mask(text), path)
    return Claim(Source.TARGET_FILE, context, {key: project.evidence(path, line, line) for key, line in lines.items() if key.count(".") <= 1})
