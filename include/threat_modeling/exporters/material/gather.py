"""Reads a session, whole or partial, into one report document. A file that is missing or broken is a reason, never an exception."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from threat_modeling.artifact import Artifact
from threat_modeling.errors import ArtifactInvalid
from threat_modeling.exporters.material.counts import count
from threat_modeling.exporters.material.document import (
    ContextSection,
    ControlsSection,
    DecisionLine,
    MappingSection,
    Note,
    Outcome,
    ReportDocument,
    TestsSection,
    ThreatsSection,
)
from threat_modeling.exporters.material.outcome import outcome
from threat_modeling.model import Model
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_4_security_controls.artifacts import CategoryControls, Investigation
from threat_modeling.versions import versions

if TYPE_CHECKING:
    from threat_modeling.session import NoteKind, Session

A = TypeVar("A", bound=Artifact)
M = TypeVar("M", bound=Model)
_INVESTIGATIONS = "phase-4/investigations"
TOLD: tuple[NoteKind, ...] = ("override", "open", "recovery", "corruption", "target")
"""Kinds of notes that a report lists."""


def gather(session: Session) -> ReportDocument:
    """The document of a session."""
    reading = _Reading(session)
    context = reading.section(ContextSection)
    mapping = reading.section(MappingSection)
    controls = reading.controls()
    threats = reading.section(ThreatsSection)
    tests = reading.section(TestsSection)
    sizing = reading.artifact(SizingReport)
    decisions = _decisions(session)
    document = ReportDocument(
        application=context.business_objectives.application_name.value if context.business_objectives else session.target.name or "target",
        revision=session.metadata().target_revision,
        generator=f"threat-modeling {versions()['threat-modeling']}".strip(),
        outcome=Outcome(complete=False),
        counts=count(mapping, controls, threats, tests),
        context=context,
        sizing=sizing,
        mapping=mapping,
        controls=controls,
        threats=threats,
        tests=tests,
        decisions=decisions,
        notes=tuple(Note(kind=kind, stage=stage, text=text) for kind in TOLD for stage, text in session.notes(kind)),
    )
    return document.model_copy(update={"outcome": outcome(session, document, tuple(reading.broken))})


class _Reading:
    """Loads what is there and remembers what is broken."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.broken: list[str] = []

    def artifact(self, kind: type[A]) -> A | None:
        return self._read(kind, kind.path) if self._session.exists(kind) else None

    def section(self, kind: type[M]) -> M:
        """A section whose every field is an artifact or None."""
        found = {}
        for name, field in kind.model_fields.items():
            (artifact,) = [part for part in field.annotation.__args__ if part is not type(None)]  # type: ignore[union-attr]
            found[name] = self.artifact(artifact)
        return kind(**found)

    def controls(self) -> ControlsSection:
        """Phase 4: its single artifacts, the ten categories and one file for each concern."""
        single = ControlsSection.model_fields.keys() - {"categories", "investigations"}
        found = {}
        for name in sorted(single):
            (artifact,) = [part for part in ControlsSection.model_fields[name].annotation.__args__ if part is not type(None)]  # type: ignore[union-attr]
            found[name] = self.artifact(artifact)
        categories = [self.artifact(kind) for kind in CategoryControls.__subclasses__()]
        return ControlsSection(**found, categories=tuple(c for c in categories if c), investigations=self._investigations())

    def _investigations(self) -> tuple[Investigation, ...]:
        """What agents delivered, most severe first; an ERROR file beside them is a gap, told by the outcome."""
        found: list[Investigation] = []
        for file in sorted((self._session.path / _INVESTIGATIONS).glob("*/*.json")):
            if not file.name.endswith("-ERROR.json"):
                found += filter(None, [self._read(Investigation, file.relative_to(self._session.path).as_posix())])
        return tuple(sorted(found, key=lambda i: (i.severity.rank, i.concern)))

    def _read(self, kind: type[M], path: str) -> M | None:
        try:
            return self._session.read(kind, path)
        except ArtifactInvalid as error:
            self.broken.append(str(error))
            return None


def _decisions(session: Session) -> tuple[DecisionLine, ...]:
    """Every round that was asked, by stage and number, with its answer."""
    names = (file.name for file in Path(session.path, "checkpoints").glob("*.request.json"))
    stages = {match[1] for name in names if (match := re.fullmatch(r"(.+)-round-\d+\.request\.json", name))}
    lines = []
    for stage in sorted(stages, key=_stage_order):
        for question in session.checkpoints.rounds(stage):
            answer = session.checkpoints.get(stage, question.round)
            line = {"stage": stage, "round": question.round, "subject": question.subject, "sha256": question.sha256}
            if answer is None:
                lines.append(DecisionLine(**line, status="waiting"))
            else:
                lines.append(DecisionLine(**line, status=answer.status, by=answer.by, feedback=answer.feedback, corrections=answer.form))
    return tuple(lines)


_SEVERITIES = ("critical", "high", "medium", "low", "info")


def _stage_order(stage: str) -> tuple[str, int, str]:
    """Phases in order, the batches of phase 4 most severe first."""
    number, _, rest = stage.removeprefix("phase-").partition("-")
    severity = rest.partition("-")[0]
    return number, _SEVERITIES.index(severity) if severity in _SEVERITIES else -1, rest
