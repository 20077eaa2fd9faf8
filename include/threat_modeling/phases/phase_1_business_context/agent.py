"""The business-context-analyst: one agent that joins what was stated with what the code shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from threat_modeling.agent import Output, Role, Task
from threat_modeling.errors import RequestInvalid
from threat_modeling.model import Model
from threat_modeling.phases.phase_1_business_context.artifacts import (
    BusinessImpact,
    BusinessObjectives,
    CrownJewel,
    DataType,
    Requirement,
    SecurityObjectives,
    Source,
    ThreatActor,
)
from threat_modeling.phases.phase_1_business_context.claims import Claim, from_target
from threat_modeling.phases.phase_1_business_context.compose import Files, compose
from threat_modeling.phases.phase_1_business_context.context_file import Context

if TYPE_CHECKING:
    from threat_modeling.codebase.project import Project
    from threat_modeling.session import Session


class AnalyzeContext(Task):
    """Find out what the application is for and what is at stake. `stated` are the form and the person's file, in that order."""

    stated: tuple[Context, ...]
    corrections: str = "{}"
    """The corrected fields of earlier rounds, as JSON."""
    feedback: tuple[str, ...] = ()
    """What the person said in words, oldest first."""

    def corrected(self) -> dict[str, Any]:
        """Field -> corrected value."""
        return dict(json.loads(self.corrections))


class Remark(Model):
    """Something that could not be used, for the person who reads the result."""

    text: str


class BusinessContext(Output):
    """What the analyst delivers; lists stand apart, so that one false quote costs one entry and not all."""

    objectives: BusinessObjectives
    data_types: tuple[DataType, ...]
    crown_jewels: tuple[CrownJewel, ...]
    threat_actors: tuple[ThreatActor, ...]
    impact: BusinessImpact
    requirements: tuple[Requirement, ...]
    security: SecurityObjectives
    remarks: tuple[Remark, ...] = ()


class BusinessContextAnalyst(Role[AnalyzeContext, BusinessContext]):
    """Reads metadata, README, data models and imports of the target, and its business-context.yaml as its own claim."""

    name = "business-context-analyst"
    task_type = AnalyzeContext
    output_type = BusinessContext

    def analyze(self, task: AnalyzeContext, session: Session, project: Project) -> BusinessContext:
        """The six files' content. A wrong business-context.yaml of the target is a remark, never a failure: the target can't stop its analysis."""
        from threat_modeling.phases.phase_1_business_context.observing import observe  # noqa: PLC0415 - a scheduler that only names the phase loads no parser

        claims = [Claim(Source.REQUEST, context) for context in task.stated]
        remarks = []
        try:
            own = from_target(project)
        except RequestInvalid as error:
            own = None
            remarks = [f"the target's own business context is not used: {line}" for line in str(error).split("\n")[:10]]
        files, unusable = compose(
            observe(project), [*claims, *([own] if own else [])], task.corrected(), project.paths, session.target.name or "target"
        )
        return delivered(files, [*remarks, *unusable])


def delivered(files: Files, remarks: list[str]) -> BusinessContext:
    """The files as an agent's output."""
    return BusinessContext(
        objectives=files.objectives,
        data_types=files.classification.data_types,
        crown_jewels=files.classification.crown_jewels,
        threat_actors=files.actors.threat_actors,
        impact=files.impact,
        requirements=files.compliance.requirements,
        security=files.security,
        remarks=tuple(Remark(text=remark) for remark in remarks),
    )
