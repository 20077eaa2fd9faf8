"""The test-planner: turns every threat into tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from threat_modeling.agent import Role
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import EntryPoints, Manifest
from threat_modeling.phases.phase_6_test_planning.artifacts import PrioritizedThreat
from threat_modeling.phases.phase_6_test_planning.cases import manual_cases
from threat_modeling.phases.phase_6_test_planning.scanning import checks, endpoints, general, inventory, reviews, rules, scenarios
from threat_modeling.phases.phase_6_test_planning.scored import ScoredThreatModel
from threat_modeling.phases.phase_6_test_planning.subject import subjects
from threat_modeling.phases.phase_6_test_planning.task import PlanTests, TestPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.project import Project
    from threat_modeling.phases.phase_6_test_planning.subject import Subject
    from threat_modeling.session import Session


class TestPlanner(Role[PlanTests, TestPlan]):
    """The one agent of phase 6."""

    __test__ = False  # not a pytest class

    name: ClassVar[str] = "test-planner"
    task_type = PlanTests
    output_type = TestPlan

    def analyze(self, task: PlanTests, session: Session, project: Project) -> TestPlan:
        """A manual case for every threat, and what reviewers and scanners should look at."""
        threats = session.load(ScoredThreatModel).threats
        points = {p.id: p for p in session.load(EntryPoints).entry_points}
        dependencies = session.load(Manifest).dependencies
        found, unused = subjects(threats, points, dict(task.priorities))
        counts, unpinned = inventory(dependencies)
        plan = TestPlan(
            reviews=reviews(found),
            rules=rules(found, {f.path: f.language for f in project.files}),
            endpoints=endpoints(found),
            scenarios=scenarios(found),
            checks=checks(found, dependencies),
            inventory=counts,
            unpinned=unpinned,
            general=general(counts, unpinned),
            cases=manual_cases(found),
            priorities=(),
            unused=tuple(unused),
        )
        return plan.model_copy(update={"priorities": _prioritized(found, plan)})


def _prioritized(subjects: Sequence[Subject], plan: TestPlan) -> tuple[PrioritizedThreat, ...]:
    named: dict[str, list[str]] = {}
    for case in plan.cases:
        named.setdefault(case.threat, []).append(case.id)
    others = [(test.id, test.threats) for kind in (plan.reviews, plan.rules, plan.scenarios, plan.checks) for test in kind]
    for identity, threats in others:
        for threat in threats:
            named.setdefault(threat, []).append(identity)
    return tuple(
        PrioritizedThreat(
            threat=s.threat.id,
            title=s.threat.title,
            severity=s.threat.severity,
            cvss_score=s.threat.cvss.environmental.score,
            cvss_vector=s.threat.cvss.environmental.vector,
            priority=s.priority,
            reason="set by a person" if s.by_person else f"environmental score {s.threat.cvss.environmental.score:.1f}",
            tests=tuple(named[s.threat.id]),
        )
        for s in subjects
    )
