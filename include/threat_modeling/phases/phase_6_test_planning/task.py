"""What the test-planner is asked, and what it delivers."""

from __future__ import annotations

from threat_modeling.agent import Output, Task
from threat_modeling.phases.phase_6_test_planning.artifacts import (
    DastEndpoint,
    DastScenario,
    PrioritizedThreat,
    Priority,
    ReviewTask,
    SastRule,
    ScaCheck,
    TestCase,
)


class PlanTests(Task):
    """All threats at once; `priorities` are those that a person set, by threat id or fingerprint."""

    priorities: tuple[tuple[str, Priority], ...] = ()


class TestPlan(Output):
    """Every test, in the order of the threats."""

    __test__ = False  # not a pytest class

    reviews: tuple[ReviewTask, ...]
    rules: tuple[SastRule, ...]
    endpoints: tuple[DastEndpoint, ...]
    scenarios: tuple[DastScenario, ...]
    checks: tuple[ScaCheck, ...]
    inventory: dict[str, int]
    unpinned: dict[str, int]
    general: tuple[str, ...]
    cases: tuple[TestCase, ...]
    priorities: tuple[PrioritizedThreat, ...]
    unused: tuple[str, ...] = ()
    """Priorities set for threats that there are not."""
