"""The weaknesses of the catalog: complete, consistent, usable for what it lacks."""

from __future__ import annotations

import re

import pytest

from threat_modeling.catalog.weakness import weakness, weaknesses
from threat_modeling.model import ControlCategory, Stride


@pytest.mark.parametrize("cwe", sorted(weaknesses()))
def test_a_record_is_named_after_its_file_and_says_something(cwe):
    kind = weaknesses()[cwe]
    assert kind.id == cwe
    assert kind.stride
    assert kind.controls
    assert all(re.fullmatch(r"CAPEC-\d+", c) for c in kind.capec)
    assert all(re.fullmatch(r"A\d\d:2021", o) for o in kind.owasp)
    assert all(re.fullmatch(r"V\d+\.\d+\.\d+", a) for a in kind.asvs)
    re.compile(kind.recognize)
    assert not re.search(r"\{(?!input\}|where\})", kind.attack)
    assert set(kind.impact.dump().values()) != {"N"}, "an attack without any impact scores 0"


def test_a_cwe_that_the_catalog_lacks_is_told_by_its_category():
    kind = weakness("CWE-9999", ControlCategory.AUTHENTICATION)
    assert kind.id == "CWE-9999"
    assert kind.controls == (ControlCategory.AUTHENTICATION,)
    assert kind.stride == (Stride.SPOOFING,)
    assert kind.capec == ()


def test_one_record_is_the_same_as_among_all():
    assert weakness("CWE-89") == weaknesses()["CWE-89"]
