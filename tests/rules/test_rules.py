"""Every rule against its annotated code: `ruleid: <id>` marks a line that it reports on the line above, `ok: <id>` one that it leaves alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from threat_modeling.codebase.rule import RULE_TYPES
from threat_modeling.codebase.rulebook import FOLDER
from threat_modeling.codebase.trial import tried

HERE = Path(__file__).parent
RULES = [path.relative_to(FOLDER).with_suffix("") for path in sorted(FOLDER.rglob("*.yaml")) if path.relative_to(FOLDER).parts[0] in RULE_TYPES]


def fixtures(rule: Path) -> list[Path]:
    return sorted(path for path in (HERE / rule.parent).glob(f"{rule.name}.*") if path.name.partition(".")[0] == rule.name)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_rule_reports_what_its_fixture_marks(rule: Path, tmp_path: Path) -> None:
    found = fixtures(rule)
    assert found, f"tests/rules/{rule}.* is missing"
    for fixture in found:
        copy = shutil.copy(fixture, tmp_path)  # what lies in a folder of tests is none of the product
        trial = tried((FOLDER / rule).with_suffix(".yaml"), Path(copy))
        assert trial.passed, f"{fixture.name}: missed {trial.missed}, wrong {trial.wrong} {trial.problem}"


def test_every_fixture_belongs_to_a_rule() -> None:
    known = {fixture for rule in RULES for fixture in fixtures(rule)}
    files = {path for path in HERE.rglob("*") if path.is_file() and path.parent != HERE and "__pycache__" not in path.parts}
    assert sorted(files - known) == []


def test_rules_speak_of_code_not_of_answers() -> None:
    for rule in RULES:
        path = (FOLDER / rule).with_suffix(".yaml")
        assert not re.search(r"vulnerable|\bbad\b|goat|juice", path.read_text("utf-8"), re.IGNORECASE), path
