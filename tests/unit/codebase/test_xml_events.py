"""XML as elements with lines; nothing in it is resolved."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.xml_events import XmlRefused, elements


def test_elements_know_their_place():
    found = elements('<?xml version="1.0" encoding="utf-16"?>\n<a:b xmlns:a="x">\n  <c a:Name="n"/>\n</a:b>')
    assert [(e.name, e.attributes.get("Name"), e.line, e.above) for e in found] == [("b", None, 2, ()), ("c", "n", 3, ("b",))]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "entities"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "entities"),
        ("<a><b></a>", "malformed"),
        ("<a>" * 300, "nested"),
    ],
)
def test_what_is_refused(text, reason):
    with pytest.raises(XmlRefused, match=reason):
        elements(text)
