"""The roadmap holds each measure once, the most urgent first."""

from __future__ import annotations

from threat_modeling.exporters.material.roadmap import roadmap
from threat_modeling.model import Severity


def test_a_measure_answers_all_threats_that_ask_for_it(document):
    ((horizon, (measure,)),) = roadmap(document)
    assert horizon == "Now"
    assert measure.threats == ("T-001", "T-002", "T-003")
    assert (measure.severity, measure.residual) == (Severity.CRITICAL, Severity.LOW)


def test_closed_threats_ask_for_nothing(document):
    model = document.threats.threat_model
    closed = tuple(threat.model_copy(update={"status": "mitigated"}) for threat in model.threats)
    threats = document.threats.model_copy(update={"threat_model": model.model_copy(update={"threats": closed})})
    assert roadmap(document.model_copy(update={"threats": threats})) == ()
