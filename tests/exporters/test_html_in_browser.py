"""A real browser accepts the policy, runs the script and reaches for nothing."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from threat_modeling.exporters import html_report

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed: apt-get install chromium")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000", "--enable-logging=stderr", "--dump-dom")


def opened(document, folder, fragment=""):
    """The page's elements after its script ran, and what the browser's console said."""
    file = folder / "report.html"
    file.write_text(html_report.export(document))
    command = [BROWSER, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"{file.as_uri()}{fragment}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def test_the_script_runs_and_nothing_is_refused(document, tmp_path):
    page, console = opened(document, tmp_path)
    assert console == []
    assert "3 threats</output>" in page
    assert 'id="filters" aria-label' in page


def test_a_link_to_a_threat_unfolds_it(document, tmp_path):
    page, _ = opened(document, tmp_path, "#T-002")
    assert re.search(r'<details[^>]*id="T-002"[^>]* open=""', page)
    assert not re.search(r'<details[^>]*id="T-001"[^>]* open=""', page)


def test_hostile_text_runs_nothing(make_document, tmp_path):
    text = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><svg onload=\"document.title='owned'\">"
    page, console = opened(make_document(text), tmp_path)
    assert console == []
    assert "<title>owned" not in page
