"""Frameworks as people write them."""

from __future__ import annotations

import pytest

from threat_modeling.catalog.compliance import requirement
from threat_modeling.model import ControlCategory


@pytest.mark.parametrize(
    ("name", "number"), [("PCI DSS", "8.3"), ("pci-dss 4.0.1", "8.3"), ("GDPR", "Art. 32(1)(b)"), ("SOC 2 Type II", "CC6.1"), ("SOC-2", "CC6.1")]
)
def test_a_framework_is_found_by_its_words(name, number):
    assert requirement(name, ControlCategory.AUTHENTICATION) == number


def test_an_unknown_framework_has_no_requirement():
    assert requirement("House rules", ControlCategory.AUTHENTICATION) is None
