"""Every metric of both versions is told in words."""

from __future__ import annotations

import pytest
from cvss.constants3 import METRICS_VALUE_NAMES as NAMES_3
from cvss.constants4 import METRICS_VALUE_NAMES as NAMES_4

from threat_modeling.exporters.material.cvss_words import words

SUPPLEMENTAL = {"AU", "R", "V", "RE", "U"}
"""CVSS 4.0 metrics that change no score; nothing here sets them."""


def test_a_vector_is_told_metric_by_metric_without_what_is_not_defined_or_not_lost():
    told = dict(words("CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/E:X/CR:H"))
    assert told["Attack"] == "over a network"
    assert told["Privileges"] == "with an ordinary account"
    assert told["Confidentiality"] == "total loss"
    assert told["Need for confidentiality here"] == "high"
    assert "Integrity" not in told
    assert "Exploit" not in told


@pytest.mark.parametrize(("version", "names"), [("3.1", NAMES_3), ("4.0", NAMES_4)])
def test_no_metric_is_told_as_its_letters(version, names):
    for metric, values in names.items():
        if metric in SUPPLEMENTAL:
            continue
        for value in values:
            for title, told in words(f"CVSS:{version}/{metric}:{value}"):
                assert len(title) > 3, (metric, value)
                assert len(told) > 2, (metric, value)


def test_what_is_unknown_is_told_as_written():
    assert words("CVSS:4.0/ZZ:Q/nonsense") == (("ZZ", "Q"),)
