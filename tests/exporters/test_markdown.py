"""The Markdown report shows text from code letter for letter."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from threat_modeling.exporters import markdown

HOSTILE = "</td> <script>x</script> | `tick` ```` [a](b) # * _ \n\n# Heading\n- item \u202e\x07"
QUOTES = re.compile(r"^(`{3,})text\n.*?^\1$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def outside_code(text):
    return CODE.sub("", QUOTES.sub("", text))


def headings(text):
    return [line for line in QUOTES.sub("", text).splitlines() if line.startswith("#")]


def test_it_tells_threats_with_quote_score_and_measure(document):
    text = markdown.export(document)
    assert "### T-001 Orders of others can be read through SQL" in text
    assert "```text\n    rows = db.execute(query + id)  # \n```" in text
    assert "`CVSS:4.0/AV:N" in text
    assert "- **Do:** Bind parameters" in text


def test_a_partial_report_says_so_on_its_first_line(make_document):
    text = markdown.export(make_document(complete=False))
    assert text.startswith("> **PARTIAL REPORT.**")
    assert "alice stopped the session" in text


def test_no_findings_stand_beside_the_coverage(make_document):
    assert "**0 open threats in the 60% of the code that was analyzed** (3 of 5 code files" in markdown.export(make_document(threats=0))


def test_hostile_text_makes_no_markup(make_document):
    text = markdown.export(make_document(HOSTILE))
    assert "<" not in outside_code(text)
    assert len(headings(text)) == len(headings(markdown.export(make_document("harmless"))))
    assert not set(text) & {"\u202e", "\x07"}


def test_tables_keep_their_columns(make_document):
    rows = [line for line in outside_code(markdown.export(make_document("a | b"))).splitlines() if line.startswith("|")]
    widths = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
    plain = [line for line in outside_code(markdown.export(make_document("a b"))).splitlines() if line.startswith("|")]
    assert widths == {row.count("|") for row in plain}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_is_escaped(make_document, text):
    shown = markdown.export(make_document("x" + text))
    assert len(headings(shown)) == len(headings(markdown.export(make_document("x"))))
    assert "\u202e" not in shown


def test_the_same_document_gives_the_same_bytes(make_document):
    assert markdown.export(make_document(HOSTILE)) == markdown.export(make_document(HOSTILE))
