"""Cumulative files: nothing is lost, and the order in which agents ended changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.phases.modeled import at, concern, gap, investigation
from threat_modeling.model import Severity
from threat_modeling.phases.phase_1_business_context.artifacts import Requirement
from threat_modeling.phases.phase_4_security_controls.accounts import batch, batch_summary
from threat_modeling.phases.phase_4_security_controls.cumulative import blocked_gap, category_controls, compliance_status, control_gaps


def further(number: int, line: int) -> object:
    return gap(
        f"C-{number:03d}-G2",
        category="logging-audit",
        title="No logging and audit around SQL injection",
        severity="LOW",
        cwe="CWE-778",
        affected=("root", f"EP-{number:03d}"),
        evidence=(at(line=line),),
    )


INVESTIGATIONS = [
    investigation(n, gap(f"C-{n:03d}-G1", score=n % 3), further(n, n), severity=s)
    for n, s in enumerate(["CRITICAL", "HIGH", "HIGH", "MEDIUM", "LOW"], 1)
]


@given(st.permutations(INVESTIGATIONS))
def test_the_order_of_agents_changes_nothing(order):
    in_order = sorted(order, key=lambda i: i.concern)
    assert control_gaps(order, []) == control_gaps(INVESTIGATIONS, [])
    assert category_controls(in_order, control_gaps(order, [])) == category_controls(INVESTIGATIONS, control_gaps(INVESTIGATIONS, []))


def test_the_same_further_gap_of_a_component_is_told_once_and_names_every_concern():
    gaps = control_gaps(INVESTIGATIONS, []).control_gaps
    logging = [g for g in gaps if g.cwe == "CWE-778"]
    assert len(logging) == 1
    assert {logging[0].concern, *logging[0].also} == {f"C-{n:03d}" for n in range(1, 6)}
    assert len(logging[0].evidence) == 5
    assert len(gaps) == 6


def test_gaps_are_sorted_by_severity_then_score():
    gaps = control_gaps(INVESTIGATIONS, []).control_gaps
    assert [(g.severity.rank, -g.score) for g in gaps] == sorted((g.severity.rank, -g.score) for g in gaps)


def test_a_blocked_concern_is_a_gap_with_its_places_and_never_clean():
    lost = blocked_gap(concern(7), "AgentTimeout: too slow")
    assert lost.type == "investigation-blocked"
    assert lost.evidence == (concern(7).locations[0].evidence,)
    assert control_gaps([], [lost]).control_gaps == (lost,)


def test_every_concern_is_accounted_for():
    concerns = [concern(n) for n in range(1, 5)]
    done = batch(Severity.HIGH, [investigation(1), investigation(2)], [(concerns[2], "AgentFailed: gone")])
    summary = batch_summary([done], concerns)
    assert (done.assigned, done.investigated, done.failed, done.blocked) == (3, 2, 1, ("C-003",))
    assert {a.concern: a.status for a in done.concerns} == {"C-001": "open", "C-002": "open", "C-003": "blocked"}
    assert summary.waiting == ("C-004",)


def test_a_requirement_is_at_risk_with_its_gaps_and_unknown_while_anything_waits():
    rule = Requirement.model_validate({"framework": "PCI DSS", "provenance": "stated", "source": "request"})
    hit = investigation(1, gap(), compliance_impact=({"framework": "PCI DSS", "requirement": "6.2.4", "reason": "r"},))
    found = {s.requirement: s for s in compliance_status([rule], [hit], control_gaps([hit], []), complete=False).requirements}
    assert (found["6.2.4"].status, found["6.2.4"].gaps) == ("at-risk", ("C-001-G1",))
    assert found["8.3"].status == "unknown"
    whole = compliance_status([rule], [hit], control_gaps([hit], []), complete=True)
    assert {s.status for s in whole.requirements} == {"at-risk", "no-gap-found"}
