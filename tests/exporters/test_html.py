"""The HTML report runs nothing but its own two blocks, links nowhere in vain, can be read by a screen reader and escapes everything."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from threat_modeling.exporters import html_report
from threat_modeling.model import CoverageGap

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\" onmouseover='x' \u202egnp\x07 {{ 7 * 7 }} &amp; --> ]]>"
VOID = {"meta", "input", "br", "rect", "path", "circle"}


class Page(HTMLParser):
    """Collects elements with their attributes, and the text of style and script blocks."""

    def __init__(self, text) -> None:
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.blocks = {"style": [], "script": []}
        self.text = []
        self.open = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Opens an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """An element that closes itself."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        """Closes the element that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Text, of the page or of a block."""
        inside = self.open[-1] if self.open else ""
        self.blocks.get(inside, self.text).append(data)

    def attributes(self, name):
        """Every value of an attribute."""
        return [attrs[name] for _, attrs in self.elements if name in attrs]


@pytest.fixture
def page(document):
    return Page(html_report.export(document))


def test_every_element_is_closed_in_order(page):
    assert page.open == []


def test_the_policy_names_the_two_inline_blocks_and_allows_nothing_else(page):
    (policy,) = [a["content"] for t, a in page.elements if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for kind in ("style", "script"):
        (block,) = page.blocks[kind]
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert directives[f"{kind}-src"] == f"'sha256-{digest}'"
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in policy


def test_nothing_is_fetched_and_no_inline_attribute_needs_a_policy(page):
    assert not page.attributes("style")
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert not [tag for tag, _ in page.elements if tag in {"link", "img", "iframe", "object", "embed", "base", "image", "use"}]
    assert not page.attributes("src")
    assert "url(" not in page.blocks["style"][0].replace("url(#", "")
    assert "@import" not in page.blocks["style"][0]


def test_every_link_inside_the_page_leads_somewhere_and_ids_are_unique(page):
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    inside = {href[1:] for href in page.attributes("href") if href.startswith("#")}
    assert inside <= set(ids)
    outside = {href for href in page.attributes("href") if not href.startswith("#")}
    assert all(href.startswith("https://cwe.mitre.org/") for href in outside)


def test_the_page_has_landmarks_captions_labels_and_headings_in_order(page):
    tags = [tag for tag, _ in page.elements]
    assert {"main", "nav", "header"} <= set(tags)
    assert tags.count("table") == tags.count("caption")
    assert tags.count("h1") == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    sections = [attrs for tag, attrs in page.elements if tag == "section"]
    assert all(attrs["aria-labelledby"] in page.attributes("id") for attrs in sections)
    assert all("scope" in attrs for tag, attrs in page.elements if tag == "th")
    assert dict(page.elements[0][1]) == {"lang": "en"}


def test_threats_carry_what_the_filters_ask_for(page):
    threats = [attrs for _, attrs in page.elements if "data-threat" in attrs]
    assert [attrs["data-severity"] for attrs in threats] == ["CRITICAL", "HIGH", "MEDIUM"]
    assert {attrs["data-cwe"] for attrs in threats} == {"CWE-89"}
    assert threats[0]["data-stride"].split() == ["tampering", "information-disclosure"]


def test_no_findings_stand_beside_the_coverage(make_document):
    text = " ".join("".join(Page(html_report.export(make_document(threats=0))).text).split())
    assert "0 open threats in the 60% of the code that was analyzed (3 of 5 code files were analyzed" in text
    assert "No finding is not a proof of safety" in text


def test_a_partial_report_says_so_before_anything_else(make_document):
    document = make_document(complete=False)
    gap = CoverageGap(assignment="web", label="web · full", reason="AgentTimeout")
    document = document.model_copy(update={"outcome": document.outcome.model_copy(update={"gaps": (gap,)})})
    text = html_report.export(document)
    assert "<title>Partial threat model" in text
    assert text.index("<strong>Partial.</strong>") < text.index('id="matrix"')
    assert "alice stopped the session at phase-5" in text
    assert "<strong>web · full</strong>: AgentTimeout" in text


@pytest.mark.parametrize("section", ["context", "mapping", "controls", "threats", "tests"])
def test_any_phase_may_be_missing(document, section):
    empty = type(getattr(document, section))()
    page = Page(html_report.export(document.model_copy(update={section: empty, "sizing": None})))
    assert page.open == []
    assert "has no result" in "".join(page.text)


def test_hostile_text_changes_no_element(make_document):
    hostile = Page(html_report.export(make_document(HOSTILE)))
    plain = Page(html_report.export(make_document("harmless")))
    assert outline(hostile) == outline(plain)
    shown = "".join(hostile.text)
    assert "\\u202egnp\\x07 {{ 7 * 7 }} &amp;" in shown
    assert not set(shown) & {"\u202e", "\x07"}


def outline(page):
    """Elements and the names of their attributes, but for the lines that a label in the diagram is broken into."""
    return [(tag, sorted(attrs)) for tag, attrs in page.elements if tag != "text"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_is_escaped(make_document, text):
    page = Page(html_report.export(make_document("x" + text)))
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert page.open == []
    assert "\u202e" not in "".join(page.text)


def test_the_same_document_gives_the_same_bytes(make_document):
    assert html_report.export(make_document(HOSTILE)) == html_report.export(make_document(HOSTILE))
