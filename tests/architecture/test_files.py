"""Files stay small enough to be read in one go, and extensions are found by their folder, never listed by hand."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [p for folder in ("include", "plugins", "dags") for p in sorted((ROOT / folder).rglob("*.py"))]
EXTENDED_BY_A_FILE = {
    "resolvers": ROOT / "include/threat_modeling/codebase/resolvers",
    "languages": ROOT / "include/threat_modeling/codebase/languages",
    "checks": ROOT / "include/threat_modeling/codebase/checks",
    "exporters": ROOT / "include/threat_modeling/exporters",
    "backends": ROOT / "include/threat_modeling/backends",
}


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_file_is_over_400_lines():
    assert [f"{p.relative_to(ROOT)}: {lines(p)}" for p in SOURCES if lines(p) > 400] == []


def test_the_median_file_is_under_160_lines():
    assert statistics.median(lines(p) for p in SOURCES) < 160


def test_the_dag_file_is_at_most_80_lines():
    assert all(lines(p) <= 80 for p in (ROOT / "dags").glob("*.py"))


def test_there_are_no_drawers_for_odds_and_ends():
    forbidden = {"utils", "util", "helpers", "helper", "core", "common", "managers", "manager", "misc"}
    assert [str(p.relative_to(ROOT)) for p in SOURCES if forbidden & set(p.with_suffix("").parts[len(ROOT.parts) :])] == []


def _without_docstrings(path: Path) -> ast.Module:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree


@pytest.mark.parametrize("kind", sorted(EXTENDED_BY_A_FILE))
def test_no_registration_list_names_the_extensions(kind):
    """A new file must be enough: no other file of the product names an extension by its module."""
    folder = EXTENDED_BY_A_FILE[kind]
    stems = [p.stem for p in folder.glob("*.py") if not p.stem.startswith("_")]
    assert stems or kind == "backends"
    package = ".".join(folder.relative_to(ROOT / "include").parts)
    code = [line for line in ast.unparse(_without_docstrings(folder / "__init__.py")).splitlines() if line.strip()]
    named = [s for s in stems if any(re.search(rf"import {s}\b|[\"']{s}[\"']", line) for line in code)]
    assert named == [], f"{package} lists {named}"


def test_the_project_speaks_of_itself_alone():
    """No machine paths, no registry hosts in what a user receives."""
    here = "|".join(re.escape(f"{place}/") for place in (ROOT, Path.home()))
    pattern = re.compile(rf"{here}|registry\.npmjs|pypi\.org|files\.pythonhosted")
    texts = [p for p in ROOT.rglob("*") if p.suffix in {".py", ".md", ".yaml", ".toml", ".json", ".txt"} and p.is_file()]
    ours = [p for p in texts if not {".venv", ".git", "node_modules", ".airflow", ".threat-modeling"} & set(p.parts)]
    found = [str(p.relative_to(ROOT)) for p in ours if pattern.search(p.read_text("utf-8", "replace")) and p != Path(__file__)]
    assert found == []
