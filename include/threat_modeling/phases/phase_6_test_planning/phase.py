"""Phase 6: turns threats into tests that a person or a scanner can run."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, get_args

from threat_modeling.phase import FormField, Phase
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import EntryPoints, Manifest
from threat_modeling.phases.phase_6_test_planning.agent import TestPlanner
from threat_modeling.phases.phase_6_test_planning.artifacts import (
    CodeReviewPlan,
    DastRecommendations,
    ManualTestCases,
    Priority,
    SastRecommendations,
    ScaRecommendations,
    TestPriorities,
)
from threat_modeling.phases.phase_6_test_planning.corrections import FORM, corrections
from threat_modeling.phases.phase_6_test_planning.scored import ScoredThreatModel
from threat_modeling.phases.phase_6_test_planning.summary import summarize
from threat_modeling.phases.phase_6_test_planning.task import PlanTests, TestPlan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.artifact import Artifact
    from threat_modeling.model import CoverageGap
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage

TASK = "test-plan"


class TestPlanning(Phase):
    """Phase 6: one agent plans tests for every threat (seed: Test Plan Missing Priorities)."""

    __test__ = False  # not a pytest class

    number = 6
    name = "test-planning"
    title = "Test plan"
    role: ClassVar[TestPlanner] = TestPlanner()
    needs = (ScoredThreatModel, EntryPoints, Manifest)
    makes = (CodeReviewPlan, SastRecommendations, DastRecommendations, ScaRecommendations, ManualTestCases, TestPriorities)
    guidance = ("Run the tests in the order of their priority.",)

    def assign(self, session: Session, stage: Stage) -> Sequence[PlanTests]:
        """One task for all threats."""
        wanted = corrections(session.checkpoints.decisions(stage.key))
        self.note_unused(session, stage, wanted.unused)
        for threat, priority in wanted.priorities:
            session.override(f"priority of {threat} set to {priority}", stage.key)
        return [PlanTests(id=TASK, label="tests for all threats", priorities=wanted.priorities)]

    def consolidate(self, session: Session, stage: Stage, outputs: Mapping[str, TestPlan], gaps: Sequence[CoverageGap]) -> Sequence[Artifact]:  # noqa: ARG002
        """The plan's parts as files; without a plan the files are empty, and the gap says why."""
        plan = next((outputs[key] for key in sorted(outputs)), None)
        if plan is None:
            plan = TestPlan(
                reviews=(), rules=(), endpoints=(), scenarios=(), checks=(), inventory={}, unpinned={}, general=(), cases=(), priorities=()
            )
        for line in plan.unused:
            session.open_note(f"no such threat: {line}", stage.key)
        return [
            CodeReviewPlan(reviews=plan.reviews),
            SastRecommendations(rules=plan.rules),
            DastRecommendations(endpoints=plan.endpoints, scenarios=plan.scenarios),
            ScaRecommendations(inventory=plan.inventory, unpinned=plan.unpinned, checks=plan.checks, general=plan.general),
            ManualTestCases(test_cases=plan.cases),
            TestPriorities(
                priorities=plan.priorities,
                by_priority={p: sum(found.priority == p for found in plan.priorities) for p in get_args(Priority)},
            ),
        ]

    def summarize(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> str:  # noqa: ARG002 - the signature is the contract
        """What a person needs to decide on the plan."""
        return summarize(session)

    def form(self, session: Session, stage: Stage) -> dict[str, FormField]:  # noqa: ARG002 - the signature is the contract
        """Priorities."""
        return dict(FORM)
