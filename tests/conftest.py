"""What several test folders share."""

from __future__ import annotations

import os

import pytest

from tests.airflow.person import CHROMIUM, FLAGS

NOBODY = 65534


@pytest.fixture
def without_root(tmp_path):
    """Run the test as someone whom permissions bind: root reads everything."""
    if os.geteuid() != 0:
        yield
        return
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture(scope="session")
def chromium():
    """The browser; whoever asks for it is skipped, visibly, where it is missing."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
