"""The schema refuses generic threats."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.unit.phases.modeled import threat


def test_a_threat_rests_on_a_place():
    with pytest.raises(ValidationError, match="evidence"):
        threat(evidence=())


def test_a_threat_rests_on_a_gap_or_a_flow():
    with pytest.raises(ValidationError, match="control gap or data flow"):
        threat(control_gaps=(), data_flows=())
    assert threat(control_gaps=(), data_flows=("DF-001",)).data_flows == ("DF-001",)


@pytest.mark.parametrize("status", ["accepted", "false-positive"])
def test_a_threat_is_not_waved_away_without_a_reason(status):
    with pytest.raises(ValidationError, match="states its reason"):
        threat(status=status)
    assert threat(status=status, status_reason="an outage is planned").status == status


@pytest.mark.parametrize("field", ["stride", "steps", "mitigations"])
def test_a_threat_without_its_parts_is_refused(field):
    with pytest.raises(ValidationError):
        threat(**{field: ()})
