"""CR, IR and AR from the business context, by the formulas of the artifacts page."""

from __future__ import annotations

import pytest

from tests.unit.phases.modeled import business_impact, security_objectives
from threat_modeling.phases.phase_5_threat_modeling.requirements import Stake, requirements


def needs(version="3.1", stake=None, change=None, hour=None, rto=None, redundancy=None, *, by_person=True):
    return requirements(
        version,
        stake or Stake(),
        business_impact(change, hour, by_person=by_person),
        security_objectives(rto, redundancy, by_person=by_person),
    )


@pytest.mark.parametrize(
    ("stake", "level"),
    [
        ({"crown_jewels": ("CJ-orders",), "sensitivity": "public"}, "H"),
        ({"categories": {"PII"}}, "H"),
        ({"categories": {"PHI"}}, "H"),
        ({"categories": {"PCI"}}, "H"),
        ({"categories": {"credentials"}}, "H"),
        ({"regulated": True}, "H"),
        ({"sensitivity": "restricted"}, "H"),
        ({"sensitivity": "confidential"}, "M"),
        ({"sensitivity": "internal"}, "M"),
        ({"sensitivity": "public"}, "L"),
    ],
)
def test_confidentiality(stake, level):
    assert needs(stake=Stake.model_validate(stake)).confidentiality == level


@pytest.mark.parametrize(("change", "level"), [(None, "X"), (99_999, "L"), (100_000, "M"), (999_999, "M"), (1_000_000, "H")])
def test_integrity_by_the_cost_of_a_change(change, level):
    assert needs(change=change).integrity == level


@pytest.mark.parametrize("stake", [Stake(categories=frozenset({"PCI"})), Stake(configuration=True)])
def test_payment_and_configuration_data_need_integrity(stake):
    assert needs(stake=stake, change=1).integrity == "H"


@pytest.mark.parametrize(
    ("rto", "redundancy", "hour", "level"),
    [
        (None, None, None, "X"),
        (None, "full", None, "X"),
        (None, None, 10_000, "H"),
        (23.9, None, None, "H"),
        (24, None, None, "M"),
        (120, None, None, "M"),
        (121, None, None, "L"),
        (4, "full", None, "M"),
        (4, "partial", None, "H"),
        (48, "full", None, "L"),
        (200, "full", None, "L"),
        (48, None, 10_000, "H"),
        (200, None, 10_000, "M"),
        (48, "full", 10_000, "M"),
        (4, None, 10_000, "H"),
    ],
)
def test_availability(rto, redundancy, hour, level):
    assert needs(rto=rto, redundancy=redundancy, hour=hour).availability == level


@pytest.mark.parametrize(
    ("version", "rto", "level"), [("4.0", 4, "H"), ("4.0", 48, "X"), ("4.0", 200, "X"), ("3.1", 4, "H"), ("3.1", 48, "M"), ("3.1", 200, "X")]
)
def test_the_targets_own_word_never_lowers_a_score(version, rto, level):
    assert needs(version, rto=rto, by_person=False).availability == level


@pytest.mark.parametrize(("version", "change", "level"), [("4.0", 1, "X"), ("3.1", 1, "X"), ("3.1", 100_000, "M"), ("4.0", 2_000_000, "H")])
def test_the_targets_own_figures_may_raise_a_score(version, change, level):
    assert needs(version, change=change, by_person=False).integrity == level
