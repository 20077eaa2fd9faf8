"""Each check runs on the small applications of tests/codebases/checks/<check>; their marks say what it must find."""

import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes

APPLICATIONS = Path(__file__).parents[3] / "codebases" / "checks"
MODELS = APPLICATIONS.parent / "check_models"
"""What the applications of a framework have in common, a folder each: their models and how they start."""
MARK = re.compile(r"^\s*(?:#|//) (ruleid|ok): ([\w-]+)$")


def marked(root):
    """(rule, file, line) of what is expected, the line after the mark; and how many places are marked as fine."""
    expected, fine = set(), 0
    for path in sorted(root.rglob("*")):
        for number, line in enumerate(path.read_text().splitlines() if path.is_file() else [], 1):
            if found := MARK.match(line):
                fine += found[1] == "ok"
                if found[1] == "ruleid":
                    expected.add((found[2], path.relative_to(root).as_posix(), number + 1))
    return expected, fine


@pytest.fixture
def assert_marked(tmp_path):
    """Run one check on one of its applications and compare what it finds with the marks."""

    def compare(check, application):
        root = Path(shutil.copytree(APPLICATIONS / check / application, tmp_path / application))
        if (MODELS / application).is_dir():
            shutil.copytree(MODELS / application, root, dirs_exist_ok=True)
        project = Project(root)
        found = import_module(f"threat_modeling.codebase.checks.{check}").check(project, routes(project))
        expected, fine = marked(root)
        assert {(weakness.rule, weakness.evidence.path, weakness.evidence.start) for weakness in found} == expected
        assert expected or fine, "nothing is marked"

    return compare
