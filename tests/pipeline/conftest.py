from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.pipeline.shops import run_whole

SAMPLE = Path(__file__).parents[2] / "samples" / "bookshop"


@pytest.fixture(scope="session")
def bookshop(tmp_path_factory):
    """A copy of the sample, in a folder of its own name."""
    return Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("targets") / "bookshop"))


@pytest.fixture(scope="session")
def finished(bookshop, tmp_path_factory):
    """A whole session on the sample."""
    return run_whole(bookshop, tmp_path_factory.mktemp("first"))
