"""What several test folders share."""

from __future__ import annotations

import os

import pytest

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
