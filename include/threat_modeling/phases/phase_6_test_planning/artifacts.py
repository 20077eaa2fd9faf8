"""The files of phase 6: what to test, how, in which order; every test names the threats it proves or disproves."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from threat_modeling.artifact import Artifact
from threat_modeling.model import ControlCategory, Cwe, Evidence, Model, Severity

Priority = Literal["P0", "P1", "P2", "P3"]


class ReviewTask(Model):
    """A place for a person to read. id CR-001 ..."""

    id: str
    threats: tuple[str, ...] = Field(min_length=1)
    priority: Priority
    file: str
    lines: tuple[int, ...]
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    focus: ControlCategory
    questions: tuple[str, ...] = Field(min_length=1)
    cwes: tuple[Cwe, ...]


class CodeReviewPlan(Artifact):
    """One task per file with threats, most urgent first."""

    path: ClassVar[str] = "phase-6/code-review-plan.json"
    reviews: tuple[ReviewTask, ...]


class SastRule(Model):
    """What a static scanner should look for. id SA-001 ..."""

    id: str
    threats: tuple[str, ...] = Field(min_length=1)
    priority: Priority
    cwe: Cwe
    weakness_class: str
    languages: tuple[str, ...]
    look_for: str
    files: tuple[str, ...]


class SastRecommendations(Artifact):
    """One recommendation per weakness class and CWE."""

    path: ClassVar[str] = "phase-6/sast-recommendations.json"
    rules: tuple[SastRule, ...]


class DastEndpoint(Model):
    """An endpoint to exercise from outside."""

    entry_point: str
    method: str
    path: str
    parameters: tuple[str, ...]
    """`name (source)`."""
    authentication: Literal["required", "none", "unknown"]
    threats: tuple[str, ...] = Field(min_length=1)
    priority: Priority


class DastScenario(Model):
    """What to send to an endpoint, and what must come back. id DA-001 ..."""

    id: str
    threats: tuple[str, ...] = Field(min_length=1)
    priority: Priority
    entry_point: str
    request: str
    """`METHOD path`."""
    parameter: str | None
    payload_kind: str
    expected: str
    failure: str


class DastRecommendations(Artifact):
    """Endpoints worth exercising and the scenarios to run against them."""

    path: ClassVar[str] = "phase-6/dast-recommendations.json"
    endpoints: tuple[DastEndpoint, ...]
    scenarios: tuple[DastScenario, ...]


class ScaCheck(Model):
    """A dependency, or a manifest, to check against advisories. id SC-001 ..."""

    id: str
    threats: tuple[str, ...] = Field(min_length=1)
    priority: Priority
    ecosystem: str
    package: str
    version: str
    action: str
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class ScaRecommendations(Artifact):
    """Checks of third-party code that threats call for; `inventory` counts all packages by ecosystem, `unpinned` those without a fixed version."""

    path: ClassVar[str] = "phase-6/sca-recommendations.json"
    inventory: dict[str, int]
    unpinned: dict[str, int]
    checks: tuple[ScaCheck, ...]
    general: tuple[str, ...]


class TestStep(Model):
    """One step and what should be seen."""

    __test__ = False  # not a pytest class

    action: str
    expected: str


class TestCase(Model):
    """A test that a person can run. id TC-001 ..."""

    __test__ = False  # not a pytest class

    id: str
    threat: str
    title: str
    priority: Priority
    objective: str
    preconditions: tuple[str, ...]
    steps: tuple[TestStep, ...] = Field(min_length=1)
    pass_when: str = Field(alias="pass")
    fail_when: str = Field(alias="fail")
    cvss_vector: str
    cvss_score: float = Field(ge=0, le=10)
    severity: Severity


class ManualTestCases(Artifact):
    """One case per open threat, most urgent first."""

    path: ClassVar[str] = "phase-6/manual-test-cases.json"
    test_cases: tuple[TestCase, ...]


class PrioritizedThreat(Model):
    """A threat, its priority and every test that names it."""

    threat: str
    title: str
    severity: Severity
    cvss_score: float = Field(ge=0, le=10)
    cvss_vector: str
    priority: Priority
    reason: str
    tests: tuple[str, ...] = Field(min_length=1)


class TestPriorities(Artifact):
    """Threats in the order they should be tested: P0 9.0-10.0, P1 7.0-8.9, P2 4.0-6.9, P3 below, by environmental score."""

    __test__ = False  # not a pytest class

    path: ClassVar[str] = "phase-6/test-priorities.json"
    priorities: tuple[PrioritizedThreat, ...]
    by_priority: dict[Priority, int]
