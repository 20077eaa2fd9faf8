from __future__ import annotations

import pytest

from tests.unit.phases.phase_3_codebase_mapping.observed import component, route, step, store, weakness
from threat_modeling.codebase.observations import PersonalField
from threat_modeling.model import Provenance, Sensitivity, Severity
from threat_modeling.phases.phase_1_business_context.artifacts import CrownJewel, Source
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ConcernScore
from threat_modeling.phases.phase_3_codebase_mapping.concerns import Surroundings, concerns, severity
from threat_modeling.phases.phase_3_codebase_mapping.corrections import Corrections
from threat_modeling.phases.phase_3_codebase_mapping.entry_points import entry_points
from threat_modeling.phases.phase_3_codebase_mapping.flows import data_flows
from threat_modeling.phases.phase_3_codebase_mapping.links import Links
from threat_modeling.phases.phase_3_codebase_mapping.stores import data_stores, integrations


def jewel(**more):
    given = {
        "id": "CJ-users",
        "name": "users",
        "description": "accounts",
        "category": "PII",
        "sensitivity": Sensitivity.RESTRICTED,
        "paths": ("models.py",),
        "provenance": Provenance.STATED,
        "source": Source.REQUEST,
    }
    return CrownJewel(**{**given, **more})


def found(*maps, jewels=(), wanted=None):
    wanted = wanted or Corrections()
    points = entry_points(maps, wanted)
    links = Links(points, maps)
    flows = data_flows(maps, points, links, data_stores(maps, wanted), integrations(maps))
    return concerns(maps, Surroundings(points, links, flows, jewels, wanted))


@pytest.mark.parametrize(
    ("scores", "raised", "expected"),
    [
        ((3, 3, 3), False, "CRITICAL"),
        ((3, 3, 2), False, "CRITICAL"),
        ((3, 2, 2), False, "HIGH"),
        ((2, 2, 2), False, "HIGH"),
        ((2, 2, 1), False, "MEDIUM"),
        ((1, 2, 1), False, "MEDIUM"),
        ((1, 1, 1), False, "LOW"),
        ((1, 0, 1), False, "LOW"),
        ((1, 0, 0), False, "INFO"),
        ((0, 0, 0), False, "INFO"),
        ((1, 2, 1), True, "HIGH"),
        ((3, 3, 3), True, "CRITICAL"),
    ],
)
def test_severity_is_the_sum_of_three_scores(scores, raised, expected):
    crown_jewel, exposure, sensitivity = scores
    assert severity(ConcernScore(crown_jewel=crown_jewel, exposure=exposure, sensitivity=sensitivity, raised=raised)) is Severity(expected)


def test_places_of_one_class_in_one_component_are_one_concern():
    (concern,) = found(component(weaknesses=(weakness(line=12), weakness("models.py", 3))))
    assert [loc.evidence.place for loc in concern.locations] == ["app.py:12", "models.py:3"]
    assert concern.title == "SQL injection in the application (2 places)"


def test_the_scores_come_from_jewel_exposure_and_data():
    reached = weakness("models.py", 3, trace=(step("source", "app.py", 12), step("sink", "models.py", 3)), attacker_reached=True)
    (concern,) = found(component(routes=(route(),), weaknesses=(reached,)), jewels=(jewel(),))
    assert (concern.score.crown_jewel, concern.score.exposure, concern.score.sensitivity) == (3, 3, 3)
    assert concern.severity is Severity.CRITICAL
    assert concern.entry_points == ("EP-001",)
    assert concern.crown_jewels == ("CJ-users",)


def test_code_that_no_entry_point_reaches_is_internal():
    (concern,) = found(component(routes=(route(),), weaknesses=(weakness(line=90, function="batch"),)))
    assert concern.exposure == "internal"


def test_personal_fields_of_the_store_raise_the_sensitivity():
    field = PersonalField(model="User", field="email", category="PII", evidence=weakness("models.py", 1).evidence)
    (concern,) = found(component(routes=(route(),), stores=(store(),), personal_fields=(field,), weaknesses=(weakness(),)))
    assert concern.sensitivity is Sensitivity.CONFIDENTIAL
    assert concern.data_flows


def test_a_person_corrects_the_sensitivity_of_a_concern():
    before = found(component(weaknesses=(weakness(),)))
    wanted = Corrections(sensitivity=((before[0].name, Sensitivity.CRITICAL),))
    (after,) = found(component(weaknesses=(weakness(),)), wanted=wanted)
    assert after.sensitivity is Sensitivity.CRITICAL
    assert after.score.total > before[0].score.total


def test_ids_follow_severity_whatever_the_order_of_agents():
    hard = weakness("keys.py", 1, weakness_class="hard-coded-secret", title="Secret in code", function="")
    one, two = component("a", weaknesses=(weakness(),)), component("b", path="b", weaknesses=(hard,))
    assert found(one, two) == found(two, one)
    assert [c.id for c in found(one, two)] == ["C-001", "C-002"]


def test_what_only_unsure_rules_say_is_medium_at_most_and_stands_last():
    way = (step("source", "app.py", 12), step("sink", "models.py", 3))
    unsure = weakness("models.py", 3, trace=way, attacker_reached=True, confidence="low", weakness_class="other")
    sure = weakness("models.py", 4, trace=way, attacker_reached=True)
    first, last = found(component(routes=(route(),), weaknesses=(unsure, sure)), jewels=(jewel(),))
    assert (first.severity, last.severity) == (Severity.CRITICAL, Severity.MEDIUM)
    assert (last.score.unsure, last.score.raised) == (True, False)
    (both,) = found(component(routes=(route(),), weaknesses=(weakness("models.py", 3, confidence="low"), sure)), jewels=(jewel(),))
    assert (both.severity, both.locations[0].evidence.start) == (Severity.CRITICAL, 4)


def test_unsure_and_harmless_stays_what_it_is():
    assert severity(ConcernScore(crown_jewel=1, exposure=1, sensitivity=0, raised=True, unsure=True)) is Severity.LOW
