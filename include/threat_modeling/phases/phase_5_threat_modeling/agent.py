"""The threat-modeler: one holistic look that turns weaknesses, gaps and flows into threats."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from threat_modeling.agent import Role
from threat_modeling.phases.phase_5_threat_modeling.clusters import clusters
from threat_modeling.phases.phase_5_threat_modeling.picture import Picture
from threat_modeling.phases.phase_5_threat_modeling.task import ModelThreats, Threats
from threat_modeling.phases.phase_5_threat_modeling.threats import threat

if TYPE_CHECKING:
    from threat_modeling.codebase.project import Project
    from threat_modeling.session import Session


class ThreatModeler(Role[ModelThreats, Threats]):
    """The one agent of phase 5."""

    name: ClassVar[str] = "threat-modeler"
    task_type = ModelThreats
    output_type = Threats

    def analyze(self, task: ModelThreats, session: Session, project: Project) -> Threats:  # noqa: ARG002 - it works on what was found
        """One threat for each weakness and file that no control covers."""
        picture = Picture(session)
        found = clusters(picture)
        return Threats(
            threats=tuple(threat(c, picture, task) for c in found if c.gaps or c.flows),
            unfounded=tuple(f"{c.concern.id} {c.cwe} {c.path}" for c in found if not (c.gaps or c.flows)),
        )
