"""The codebase-sizer: one agent that sizes the target and decides how phase 3 is spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.agent import Output, Role, Task
from threat_modeling.phases.phase_1_business_context.artifacts import DataClassification
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.request import GivenComponent

if TYPE_CHECKING:
    from threat_modeling.codebase.project import Project
    from threat_modeling.session import Session


class SizeTarget(Task):
    """Size what is in scope; components given by a person replace the discovered ones."""

    scope: tuple[str, ...]
    components: tuple[GivenComponent, ...]
    max_agents: int
    reduced: bool = False
    """Count code only: the second try of a sizer that died or ran out of time."""
    required: tuple[str, ...] = ()
    """Fields that an earlier output lacked or broke, each with the reason: the report must have them."""


class Sizing(Output):
    """What the sizer delivers."""

    report: SizingReport


class CodebaseSizer(Role[SizeTarget, Sizing]):
    """Reads names and sizes of files, never their content."""

    name = "codebase-sizer"
    task_type = SizeTarget
    output_type = Sizing

    def analyze(self, task: SizeTarget, session: Session, project: Project) -> Sizing:
        """The report, with the components of crown jewels (phase 1) first."""
        from threat_modeling.codebase.walk import walk  # noqa: PLC0415 - a scheduler that only names the phase loads no parser
        from threat_modeling.phases.phase_2_codebase_sizing.minimal import reduced  # noqa: PLC0415
        from threat_modeling.phases.phase_2_codebase_sizing.sizing import size  # noqa: PLC0415

        jewels = session.load(DataClassification).crown_jewels
        walked = walk(project.root)
        return Sizing(report=size(reduced(walked) if task.reduced else walked, task.scope, task.components, jewels, task.max_agents))
