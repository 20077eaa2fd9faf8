"""The page of a real session's report stays small: its threats and test cases, repeated until there are 500 of each."""

from __future__ import annotations

from itertools import cycle, islice

from threat_modeling.exporters import html_report
from threat_modeling.exporters.material.gather import gather

MANY = 500


def test_a_report_of_500_threats_is_under_3_megabytes(finished):
    document = gather(finished)
    model, cases = document.threats.threat_model, document.tests.manual_test_cases
    threats = [one.model_copy(update={"id": f"T-{n:03}"}) for n, one in enumerate(islice(cycle(model.threats), MANY), 1)]
    tests = [one.model_copy(update={"id": f"TC-{n:03}", "threat": f"T-{n:03}"}) for n, one in enumerate(islice(cycle(cases.test_cases), MANY), 1)]
    larger = document.model_copy(
        update={
            "threats": document.threats.model_copy(update={"threat_model": model.model_copy(update={"threats": tuple(threats)})}),
            "tests": document.tests.model_copy(update={"manual_test_cases": cases.model_copy(update={"test_cases": tuple(tests)})}),
        }
    )
    page = html_report.export(larger)
    assert page.count(" data-threat ") == MANY
    assert len(page.encode()) < 3_000_000
