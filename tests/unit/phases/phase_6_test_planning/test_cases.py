"""Tests of threats: concrete, complete, in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.phases.modeled import at, entry_point, threat
from threat_modeling.codebase.observations import Dependency
from threat_modeling.phases.phase_6_test_planning.cases import manual_cases
from threat_modeling.phases.phase_6_test_planning.scanning import checks, endpoints, inventory, reviews, rules, scenarios
from threat_modeling.phases.phase_6_test_planning.subject import subjects

POINTS = {p.id: p for p in (entry_point(1), entry_point(2, authentication={"state": "required"}))}
LOW = "CVSS:4.0/AV:N/AC:L/AT:P/PR:L/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N"
THREATS = [
    threat(1, entry_points=("EP-001",), evidence=(at("shop.py", 3, "run(q)"),)),
    threat(2, LOW, cwe="CWE-798", weakness_class="hardcoded-secret", evidence=(at("config.py", 9),)),
    threat(3, cwe="CWE-639", weakness_class="object-authorization", entry_points=("EP-002", "EP-001"), evidence=(at("shop.py", 30),)),
    threat(4, LOW, cwe="CWE-1104", weakness_class="unpinned", evidence=(at("requirements.txt", 2),)),
]


def planned(threats=THREATS, **priorities):
    return subjects(threats, POINTS, priorities)


def test_every_threat_has_a_case_that_names_it_and_the_urgent_ones_come_first():
    cases = manual_cases(planned()[0])
    assert sorted(c.threat for c in cases) == [t.id for t in THREATS]
    assert [c.priority for c in cases] == sorted(c.priority for c in cases)


def test_steps_name_method_path_parameter_payload_and_what_should_come_back():
    case = next(c for c in manual_cases(planned()[0]) if c.threat == "T-001")
    told = " ".join(step.action for step in case.steps)
    assert "Send GET /items/1" in told
    assert "the query parameter q" in told
    assert "UNION" in told
    assert "database error" in case.fail_when
    assert case.dump()["pass"]


def test_another_account_is_asked_for_where_rights_are_tested():
    case = next(c for c in manual_cases(planned()[0]) if c.threat == "T-003")
    assert any("second test account" in p for p in case.preconditions)
    assert any("as the second account" in step.action for step in case.steps)


def test_what_no_request_can_prove_is_read_instead():
    case = next(c for c in manual_cases(planned()[0]) if c.threat == "T-002")
    assert case.steps[0].action.startswith("Read config.py:9.")


def test_a_priority_that_a_person_set_wins_and_an_unknown_threat_is_told():
    found, unused = planned(**{"T-002": "P0", "T-999": "P1"})
    assert {s.threat.id: (s.priority, s.by_person) for s in found}["T-002"] == ("P0", True)
    assert unused == ["T-999 P1"]


def test_scanners_get_what_they_can_prove():
    found, _ = planned()
    assert {e.entry_point for e in endpoints(found)} == {"EP-001", "EP-002"}
    assert {t for s in scenarios(found) for t in s.threats} == {"T-001", "T-003"}
    first = reviews(found)[0]
    assert (first.file, first.threats) == ("shop.py", ("T-001", "T-003"))
    assert next(r for r in rules(found, {"shop.py": "python"}) if r.cwe == "CWE-89").languages == ("python",)


def test_dependency_checks_name_the_package_at_the_place():
    package = Dependency.model_validate({"name": "flask", "version": "", "ecosystem": "pypi", "pinned": False, "evidence": at("requirements.txt", 2)})
    found = checks(planned()[0], [package])
    assert [(c.package, c.ecosystem, c.threats) for c in found] == [("flask", "pypi", ("T-004",))]
    assert inventory([package]) == ({"pypi": 1}, {"pypi": 1})


@given(st.permutations(THREATS))
def test_the_order_of_threats_changes_nothing(order):
    assert manual_cases(planned(order)[0]) == manual_cases(planned()[0])
    assert scenarios(planned(order)[0]) == scenarios(planned()[0])
