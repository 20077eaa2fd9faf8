"""A business-context.yaml: what it may say, and errors that name file, field, line and remedy."""

from __future__ import annotations

import pytest

from threat_modeling.errors import RequestInvalid
from threat_modeling.phases.phase_1_business_context.context_file import read_context


def refusal(text: str) -> str:
    with pytest.raises(RequestInvalid) as raised:
        read_context(text, "business-context.yaml")
    return str(raised.value)


def test_words_and_records_are_both_read():
    context, lines = read_context(
        "application_name: Shop\ncrown_jewels:\n  - card data\n  - name: accounts\n    paths: [api/users.py]\ndata_types: [PII]\nrto_hours: 4\n", "f"
    )
    assert [jewel.name for jewel in context.crown_jewels] == ["card data", "accounts"]
    assert context.data_types[0].category == "PII"
    assert (lines["crown_jewels.1"], lines["rto_hours"]) == (4, 7)


def test_an_empty_file_says_nothing():
    assert read_context("# nothing yet\n", "f")[0].application_name is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("application_name: x\ncrown_jewel: [a]\n", "line 2: crown_jewel: no such field; there are application_name"),
        ("a: 1\n", "no such field"),
        ("compliance: [GDPR]\n\nrto_hours: soon\n", "line 3: rto_hours: "),
        ("data_types:\n  - PII\n  - email\n", "line 3: data_types.1"),
        ("crown_jewels:\n  - name: x\n    paths: [/etc/passwd]\n", "line 3: crown_jewels.0.paths"),
        ("rto_hours: -1\n", "greater than or equal to 0"),
        ("rto_hours: .inf\n", "rto_hours"),
        ("- a\n", "is no mapping"),
        ("a: [1\n", "line 2: "),
        ("rto_hours: 1\nrto_hours: 2\n", "line 2: rto_hours is given twice"),
        ("a: &x [1]\nb: *x\n", "line 2: aliases are not read"),
        ("a: " + "[" * 50 + "]" * 50, "nested too deeply"),
        ("users: [" + "a," * 30_000 + "]", "too many values"),
        ("purpose: " + "x" * 300_000, "larger than"),
        ("a: !!python/object/apply:os.system ['true']\n", "correct the YAML"),
        ("a: \x00", "correct the YAML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(text, told):
    assert told in refusal(text)
    assert refusal(text).startswith("business-context.yaml: ")
