"""The import graph is the data flow: dags -> plugins -> product, and inside the product downwards only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_import_contracts_hold():
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_dag_files_import_nothing_heavy():
    """Parsers and templates load where an agent or the report works, never when a DAG file is parsed."""
    code = "import sys; import threat_modeling.phases; print([m for m in ('ast_grep_py', 'jinja2', 'cvss', 'pathspec') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
