"""The recovery guide stands in three places, which say the same: typed errors, the person's guide, and these tests."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from threat_modeling import errors

HERE = Path(__file__).parent
GUIDE = (HERE.parents[1] / "docs" / "recovery.md").read_text("utf-8").split("\n# Other things")[0]
EXTRA = {"process killed", "wrong environment"}
"""Rows without an error of their own: what is killed raises nothing, and the environment raises its own."""

ROWS = {kind.row: kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.ThreatModelingError) and kind.row}


def test_each_of_the_ten_rows_has_its_typed_error():
    assert len(ROWS) == 10
    for kind in ROWS.values():
        told = inspect.getdoc(kind)
        assert re.search(r"Symptom: .*Cause: .*Recovery: ", told, re.DOTALL), kind


def test_each_row_has_a_section_for_the_person():
    assert {title.lower() for title in re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)} == set(ROWS) | EXTRA
    for section in re.split(r"^## ", GUIDE, flags=re.MULTILINE)[1:]:
        assert all(part in section for part in ("**You see**", "**By itself**", "**You click**")), section.splitlines()[0]


def test_each_row_has_its_fault_test():
    files = {file.stem.removeprefix("test_").replace("_", " ") for file in HERE.glob("test_*.py")} - {"guide"}
    assert set(ROWS) | EXTRA <= files
