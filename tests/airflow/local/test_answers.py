"""What a person may type."""

import pytest

from threat_modeling_airflow.local.answers import Draft, NotUnderstoodError, help_text, read
from threat_modeling_airflow.local.api import Question

FIELDS = {
    "feedback": {"value": None, "schema": {"type": ["string", "null"]}},
    "crown_jewels": {"value": ["users"], "schema": {"type": "array"}},
    "rto_hours": {"value": None, "schema": {"type": ["number", "null"]}},
    "purpose": {"value": "x", "schema": {"type": ["string", "null"]}},
}
QUESTION = Question("phase_4_high.checkpoint", 0, "s", "b", ("Approve", "Approve rest", "Revise", "Stop"), FIELDS, "2026-01-01T00:00:00Z")


def typed(*lines):
    draft = Draft()
    for line in lines:
        read(QUESTION, line, draft)
    return draft


@pytest.mark.parametrize(
    ("line", "option"),
    [("1", "Approve"), ("approve", "Approve"), ("2", "Approve rest"), ("Approve rest", "Approve rest"), ("s", "Stop"), ("4", "Stop")],
)
def test_options_by_number_and_by_word(line, option):
    assert typed(line).option == option


@pytest.mark.parametrize("choice", ["3", "revise", "Revise:"])
def test_revise_takes_the_words_after_it(choice):
    draft = typed(f"{choice} look at the payments = important")
    assert (draft.option, draft.form) == ("Revise", {"feedback": "look at the payments = important"})


def test_revise_without_words_is_asked_for_them():
    with pytest.raises(NotUnderstoodError, match="Say what to do differently"):
        typed("revise")


def test_fields_are_collected_before_the_choice():
    draft = typed("crown_jewels = customer data, payments", "rto_hours = 4", "purpose = sells books", "3")
    assert draft.option == "Revise"
    assert draft.form == {"crown_jewels": ["customer data", "payments"], "rto_hours": 4, "purpose": "sells books"}


@pytest.mark.parametrize("line", ["", "5", "0", "ap", "what", "rto_hours = soon"])
def test_anything_else_is_not_understood(line):
    with pytest.raises(NotUnderstoodError):
        typed(line)


def test_help_shows_the_choices_and_the_fields():
    text = help_text(QUESTION)
    assert "1  Approve" in text
    assert "crown_jewels = users" in text
    assert "feedback =" not in text
