"""The report in a browser: how large it is, how soon it can be used, and how long a filter takes, with hundreds and thousands of threats."""

from __future__ import annotations

import shutil
import statistics
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from scoring import NotRun, Row, Setup
from sessions import session_of

from threat_modeling.exporters import html_report
from threat_modeling.exporters.material.gather import gather
from threat_modeling.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from threat_modeling.exporters.material.document import ReportDocument

SAMPLE = Path(__file__).parents[1] / "samples" / "bookshop"
SIZES = {500: ("< 2 s", "< 3 MB"), 5_000: ("", "")}
RUNS = 5
USABLE = "() => document.getElementById('shown')?.textContent ? performance.now() : 0"
FILTER = """() => {
    const field = document.querySelector('#filters input[name=text]'), began = performance.now();
    field.value = 'injection';
    field.dispatchEvent(new Event('input', {bubbles: true}));
    document.body.getBoundingClientRect();
    return performance.now() - began;
}"""


def report(setup: Setup) -> Iterator[Row]:
    """A session on the sample whose threats and test cases are repeated; medians, each time in a new window."""
    browser_path = shutil.which("chromium")
    if not browser_path:
        raise NotRun("Chromium is not installed")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    document = gather(Session.open(session_of(SAMPLE, setup.work / "report")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for number, (soon, small) in SIZES.items():
            file = setup.work / f"report-{number}.html"
            file.write_text(html_report.export(_larger(document, number)))
            usable, filtered = zip(*(_opened(browser, file) for _ in range(RUNS)), strict=True)
            yield Row(f"report of {number:,} threats: can be used after", soon, f"{statistics.median(usable) / 1000:.2f} s")
            yield Row(f"report of {number:,} threats: a filter takes", "", f"{statistics.median(filtered) / 1000:.2f} s")
            yield Row(f"report of {number:,} threats: size", small, f"{file.stat().st_size / 1e6:.2f} MB")
        browser.close()


def _opened(browser: Browser, file: Path) -> tuple[float, float]:
    """Milliseconds from the request until the script has shown the first page, and what a filter by text takes."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(file.as_uri(), wait_until="commit")
    usable = page.wait_for_function(USABLE, polling="raf").json_value()
    filtered: float = page.evaluate(FILTER)
    page.close()
    return usable, filtered


def _larger(document: ReportDocument, number: int) -> ReportDocument:
    """The document with its threats and test cases repeated until there are `number` of each."""
    threats, tests = document.threats, document.tests
    assert threats.threat_model  # noqa: S101 - the sample has threats
    assert tests.manual_test_cases  # noqa: S101
    repeated = [
        threat.model_copy(update={"id": f"T-{place:05}"}) for place, threat in enumerate(islice(cycle(threats.threat_model.threats), number), 1)
    ]
    cases = [
        case.model_copy(update={"id": f"TC-{place:05}", "threat": f"T-{place:05}"})
        for place, case in enumerate(islice(cycle(tests.manual_test_cases.test_cases), number), 1)
    ]
    return document.model_copy(
        update={
            "threats": threats.model_copy(update={"threat_model": threats.threat_model.model_copy(update={"threats": tuple(repeated)})}),
            "tests": tests.model_copy(update={"manual_test_cases": tests.manual_test_cases.model_copy(update={"test_cases": tuple(cases)})}),
        }
    )
