"""Phase 5: one agent joins weaknesses, gaps and flows into scored threats."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from threat_modeling.errors import AgentRejected, GenericThreats
from threat_modeling.phase import FormField, Phase
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Manifest
from threat_modeling.phases.phase_5_threat_modeling.abuse import abuse_cases
from threat_modeling.phases.phase_5_threat_modeling.actors import likelihood
from threat_modeling.phases.phase_5_threat_modeling.agent import ThreatModeler
from threat_modeling.phases.phase_5_threat_modeling.artifacts import AbuseCases, AttackTrees, Dfd, RiskMatrix, ThreatModel
from threat_modeling.phases.phase_5_threat_modeling.corrections import FORM, corrections
from threat_modeling.phases.phase_5_threat_modeling.diagram import Mapped, dfd
from threat_modeling.phases.phase_5_threat_modeling.picture import NEEDS, Picture
from threat_modeling.phases.phase_5_threat_modeling.ranking import ranked, settled
from threat_modeling.phases.phase_5_threat_modeling.risk import risk_matrix
from threat_modeling.phases.phase_5_threat_modeling.summary import summarize
from threat_modeling.phases.phase_5_threat_modeling.task import ModelThreats, Threats
from threat_modeling.phases.phase_5_threat_modeling.trees import attack_trees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.agent import Task
    from threat_modeling.artifact import Artifact
    from threat_modeling.errors import AgentFailed
    from threat_modeling.model import CoverageGap
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage

TASK = "threat-model"
CITED = ("evidence: a place in the code", "a control gap of phase-4/control-gaps.json or a data flow of phase-3/data-flows.json")
"""What every threat must name."""


class ThreatModeling(Phase):
    """Phase 5: one agent looks at the whole system (seed: Generic Threats)."""

    number = 5
    name = "threat-modeling"
    title = "Threat model"
    role: ClassVar[ThreatModeler] = ThreatModeler()
    needs = (*NEEDS, Manifest)
    makes = (ThreatModel, AbuseCases, AttackTrees, Dfd, RiskMatrix)
    guidance = ("Give every threat of HIGH and above a test.", "Order tests by environmental score: P0 from 9.0, P1 from 7.0, P2 from 4.0.")

    def assign(self, session: Session, stage: Stage) -> Sequence[ModelThreats]:
        """One task for all: threats of one component come in by another."""
        wanted = corrections(session.checkpoints.decisions(stage.key))
        self.note_unused(session, stage, wanted.unused)
        for profile, level in wanted.likelihoods:
            session.override(f"likelihood of {profile} set to {level}", stage.key)
        return [ModelThreats(id=TASK, label="the whole system", cvss_version=session.request.cvss_version, likelihoods=wanted.likelihoods)]

    def again(self, task: Task, error: AgentFailed) -> tuple[AgentFailed, Task | None]:
        """Threats that nobody could check are asked for again, with what each must cite (seed: Generic Threats)."""
        if not isinstance(error, AgentRejected) or not any(field.startswith("threats.") for field in error.fields):
            return error, None
        named = GenericThreats(f"{error}; each threat must cite {' and '.join(CITED)}", error.partial, error.fields)
        return named, task.model_copy(update={"cite": CITED, "label": f"{task.label}, citing {' and '.join(CITED)}"})

    def consolidate(self, session: Session, stage: Stage, outputs: Mapping[str, Threats], gaps: Sequence[CoverageGap]) -> Sequence[Artifact]:  # noqa: ARG002
        """Threats in order with their status, and the pictures drawn of them."""
        picture = Picture(session)
        wanted = corrections(session.checkpoints.decisions(stage.key))
        threats, lost = settled(ranked(t for key in sorted(outputs) for t in outputs[key].threats), wanted.statuses)
        for line in lost:
            session.open_note(f"no such threat: {line.threat} {line.status} {line.reason}", stage.key)
        for threat in threats:
            if threat.status != "open":
                session.override(f"{threat.id} {threat.title}: {threat.status}: {threat.status_reason or 'no reason given'}", stage.key)
        corrected = dict(wanted.likelihoods)
        return [
            ThreatModel(cvss_version=session.request.cvss_version, threats=tuple(threats)),
            abuse_cases(threats, picture),
            attack_trees(threats, picture),
            dfd(session.load(Manifest), Mapped.of(session), threats),
            risk_matrix(threats, {actor.profile: likelihood(actor, corrected) for actor in picture.actors}),
        ]

    def summarize(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> str:  # noqa: ARG002 - the signature is the contract
        """What a person needs to decide on the threats."""
        path = f"phase-{self.number}/components/{TASK}.json"
        unfounded = [] if gaps else session.read(Threats, path).unfounded
        return summarize(session, gaps, unfounded)

    def form(self, session: Session, stage: Stage) -> dict[str, FormField]:  # noqa: ARG002 - the signature is the contract
        """Status of threats, likelihood of actors."""
        return dict(FORM)
