"""summary.md of phase 6: what a person needs to decide on the test plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.phases.phase_6_test_planning.artifacts import (
    CodeReviewPlan,
    DastRecommendations,
    ManualTestCases,
    SastRecommendations,
    ScaRecommendations,
    TestPriorities,
)
from threat_modeling.text import md_escape

if TYPE_CHECKING:
    from threat_modeling.session import Session

TOP = 10


def summarize(session: Session) -> str:
    """Markdown: counts by priority and kind, the ten most urgent threats with their tests."""
    plan = session.load(TestPriorities)
    dast, sca = session.load(DastRecommendations), session.load(ScaRecommendations)
    counts = ", ".join(f"{n} {p}" for p, n in plan.by_priority.items() if n) or "none"
    lines = [
        "## Test plan",
        "",
        "Is this the order to test in? Set the priority of a threat in the form.",
        "",
        f"- Threats with tests: {len(plan.priorities)} ({counts})",
        f"- Manual test cases: {len(session.load(ManualTestCases).test_cases)}",
        f"- Files to review: {len(session.load(CodeReviewPlan).reviews)}; static rules: {len(session.load(SastRecommendations).rules)}",
        f"- Endpoints to exercise: {len(dast.endpoints)} with {len(dast.scenarios)} scenarios",
        f"- Dependency checks: {len(sca.checks)}; packages: {sum(sca.inventory.values())}, not fixed to a version: {sum(sca.unpinned.values())}",
        "",
    ]
    if not plan.priorities:
        return "\n".join([*lines, "There is no threat to test; see the coverage of the map for what was not analyzed."])
    lines += ["| Threat | Priority | Why | Tests |", "|---|---|---|---|"]
    for p in plan.priorities[:TOP]:
        lines.append(f"| {p.threat} {md_escape(p.title, 100)} | {p.priority} | {md_escape(p.reason)} | {', '.join(p.tests[:4])} |")
    if len(plan.priorities) > TOP:
        lines.append(f"| and {len(plan.priorities) - TOP} more | | | |")
    return "\n".join(lines)
