"""A report of thousands of threats is used a page at a time."""

from __future__ import annotations

import pytest

from threat_modeling.exporters import html_report

PAGE = html_report.MOST_SHOWN
MANY = 5_000


@pytest.fixture(scope="module")
def report(chromium, tmp_path_factory):
    """A page that shows a report of five thousand threats, opened from disk."""
    from tests.exporters.conftest import build  # noqa: PLC0415 - only where there is a browser

    file = tmp_path_factory.mktemp("large") / "report.html"
    file.write_text(html_report.export(build(threats=MANY)))
    page = chromium.new_page(viewport={"width": 1400, "height": 900})
    page.goto(file.as_uri())
    yield page
    page.close()


@pytest.fixture(autouse=True)
def fresh(request):
    """Each test starts without a filter, but for those that open no page."""
    if "report" in request.fixturenames:
        request.getfixturevalue("report").evaluate("location.hash = ''; document.getElementById('filters').reset()")


def shown(report):
    return report.locator("[data-threat]").count()


def test_only_a_page_of_threats_is_in_the_document(report):
    assert shown(report) == PAGE
    assert report.locator("#shown").inner_text() == f"{MANY} threats"
    assert report.evaluate("document.querySelectorAll('*').length") < 40_000
    report.get_by_role("button", name=f"Show {PAGE} more of {MANY - PAGE}").first.click()
    assert shown(report) == 2 * PAGE


def test_a_filter_finds_a_threat_of_a_page_that_is_not_shown(report):
    report.get_by_role("searchbox", name="Text").fill("T-4321 ")
    report.locator("#T-4321").wait_for()
    assert shown(report) == 1
    assert report.locator("#shown").inner_text() == f"1 of {MANY} threats match"


def test_a_filter_by_severity_counts_all_that_match(report):
    report.locator("#filters select[name=severity]").select_option("MEDIUM")
    told = report.locator("#shown").inner_text()
    matching = int(told.split()[0])
    assert PAGE < matching < MANY
    assert shown(report) == PAGE
    assert set(report.locator("[data-threat] > summary .chip").all_text_contents()) == {"MEDIUM"}


def test_a_link_leads_to_a_threat_of_a_page_that_is_not_shown(report):
    from playwright.sync_api import expect  # noqa: PLC0415 - only where there is a browser

    report.locator("#filters select[name=severity]").select_option("MEDIUM")
    report.evaluate("location.hash = '#T-3000'")
    report.locator("#T-3000[open]").wait_for()
    assert shown(report) == 3000
    expect(report.locator("#T-3000 > summary")).to_be_in_viewport()


def test_paper_gets_all(report):
    report.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert shown(report) == MANY
    report.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown(report) == PAGE
