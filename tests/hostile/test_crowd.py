"""Dozens of hostile cases in one target: nothing runs, hangs, leaves the root, hides a finding or goes unsaid."""

from __future__ import annotations

import html.parser
import json
import re
from functools import cache

import pytest

from tests.hostile.corpus import OUTSIDE, crowd
from tests.hostile.corpus.running import CANARY
from threat_modeling.integrity import Record
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns, Coverage, EntryPoints
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatModel
from threat_modeling.verification import verify

GIGABYTE = 1024**3
SECONDS = 60
HOLD_TIMES = ("metadata", "integrity", "target.json")
"""Any number may stand in these by chance."""
RAW_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]")
ACTIVE = re.compile(r"^\s*(?:javascript|data|vbscript)\s*:|127\.0\.0\.1|\.internal", re.IGNORECASE)


class Page(html.parser.HTMLParser):
    """The text of an HTML page, and whatever in it would act or load. Its methods are those that its base calls."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.acting: list[str] = []
        self.scripts = 0
        self._raw = False

    def handle_starttag(self, tag, attrs):  # noqa: D102
        self._raw = tag in {"script", "style"}
        self.scripts += tag == "script"
        if tag in {"iframe", "object", "embed", "base", "img", "link"}:
            self.acting.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (name in {"href", "src", "action", "xlink:href"} and ACTIVE.search(value or "")):
                self.acting.append(f"{tag} {name}={(value or '')[:80]}")

    def handle_endtag(self, tag):  # noqa: D102, ARG002
        self._raw = False

    def handle_data(self, data):  # noqa: D102
        if not self._raw:
            self.text.append(data)


@pytest.fixture(scope="module")
def page(attacked):
    parsed = Page()
    parsed.feed((attacked.session.path / "final-report/threat-model-report.html").read_text("utf-8"))
    parsed.close()
    return parsed


@pytest.fixture(scope="module")
def written(attacked):
    """Every text file that the session wrote, by its path."""
    return {p.relative_to(attacked.session.path).as_posix(): p.read_text("utf-8") for p in attacked.session.path.rglob("*") if p.is_file()}


def test_there_are_enough_cases():
    assert len(crowd()) >= 60


def test_the_session_ends_complete(attacked):
    assert attacked.code == 0, attacked.printed[-2000:]
    assert "Traceback" not in attacked.printed


def test_everything_verifies(attacked):
    quotes, problems = verify(attacked.session, attacked.session.target)
    assert problems == []
    assert quotes > len(crowd())


def test_nothing_was_executed(attacked):
    folders = [attacked.root, attacked.root / "target", *(attacked.root / "target" / name for name in crowd()), attacked.session.path]
    assert not any((folder / CANARY).exists() for folder in folders)


def test_no_agent_took_long_or_much(attacked):
    assert attacked.memory < GIGABYTE
    records = [Record.model_validate_json(p.read_bytes()) for p in (attacked.session.path / "integrity").rglob("*.json")]
    assert max(r.seconds for r in records if r.seconds is not None) < SECONDS


def test_nothing_outside_the_target_was_read(attacked, written):
    assert [name for name, text in written.items() if OUTSIDE in text or "root:x:0" in text] == []
    assert OUTSIDE not in attacked.printed


@pytest.mark.parametrize("name", crowd())
def test_the_planted_weakness_is_found(attacked, name):
    place = f"{name}/shop.py"
    assert place in _injected(attacked.session.load(Concerns), "locations")
    assert place in _injected(attacked.session.load(ThreatModel), "evidence")
    assert f"/{name}/search" in {p.path for p in attacked.session.load(EntryPoints).entry_points}


@cache
def _injected(document, field):
    if isinstance(document, Concerns):
        return {location.evidence.path for c in document.concerns if c.weakness.cwe == "CWE-89" for location in c.locations}
    return {evidence.path for t in document.threats if t.cwe == "CWE-89" for evidence in getattr(t, field)}


@pytest.mark.parametrize("name", crowd())
def test_each_skip_is_listed_with_its_reason(attacked, name):
    skipped = {(s.path, s.reason) for s in attacked.session.load(Coverage).total.skipped}
    for path, reason in attacked.expected[name].skips:
        assert any(found == f"{name}/{path}" and reason in told for found, told in skipped), path


@pytest.mark.parametrize("name", crowd())
def test_no_secret_is_told(attacked, written, name):
    for secret in attacked.expected[name].secrets:
        assert [path for path, text in written.items() if secret in text] == [], secret
        assert secret not in attacked.printed


@pytest.mark.parametrize("name", crowd())
def test_hostile_text_shows_as_text(attacked, page, name):
    shown = " ".join(" ".join(page.text).split())
    for text in attacked.expected[name].shown:
        assert " ".join(text.split()) in shown, text


def test_the_page_holds_nothing_that_acts(page):
    assert page.acting == []
    assert page.scripts == 1


def test_the_page_names_no_script_of_the_target(attacked):
    source = (attacked.session.path / "final-report/threat-model-report.html").read_text("utf-8")
    assert "<script>window.pwned" not in source
    assert "<svg onload" not in source
    assert "<img" not in source


def test_no_control_character_reaches_a_report(written):
    for name in ("final-report/threat-model-report.html", "final-report/threat-model-report.md", *(n for n in written if n.endswith("summary.md"))):
        found = RAW_CONTROL.search(written[name])
        assert found is None, (name, written[name][max(found.start() - 60, 0) : found.end() + 20].encode("unicode_escape"))


def test_no_control_character_reaches_the_terminal(attacked):
    assert RAW_CONTROL.search(attacked.printed) is None


def test_markdown_holds_no_markup_of_the_target(written):
    for name in ("final-report/threat-model-report.md", *(n for n in written if n.endswith("summary.md"))):
        outside_code = re.sub(r"(`+)(?:(?!\1).)+?\1|^(```+)[^\n]*\n[\s\S]*?^\2$", "", written[name], flags=re.MULTILINE)
        assert not re.search(r"(?<!\\)<(?:script|img|svg|b>|/script)", outside_code), name
        assert not re.search(r"(?<!\\)\]\(javascript:", outside_code), name
        assert "# Approved by security" not in outside_code.split("\n"), name


def test_nothing_was_rendered_as_a_template(written):
    assert [name for name, text in written.items() if str(7 * 191) in text and "{{ 7" not in text and not name.startswith(HOLD_TIMES)] == []


def test_summaries_are_short(written):
    assert [name for name, text in written.items() if name.endswith("summary.md") and len(text) > 8000] == []


def test_the_sarif_is_well_formed(written):
    document = json.loads(written["final-report/threat-model.sarif"])
    results = document["runs"][0]["results"]
    places = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results}
    assert {f"{name}/shop.py" for name in crowd()} <= places
