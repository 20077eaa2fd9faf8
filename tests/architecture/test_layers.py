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
    code = "import sys; import threat_modeling.phases.order; print([m for m in ('ast_grep_py', 'jinja2', 'cvss', 'pathspec') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_an_agent_imports_its_own_phase_alone(tmp_path):
    """A session starts dozens of agents that each work for a moment: what one of phase 4 needs is loaded, and nothing else."""
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "app.py").write_text("x = 1\n")
    code = f"""
import sys
from pathlib import Path
import threat_modeling.agent_process, threat_modeling.session
from threat_modeling.codebase.project import Project
from threat_modeling.phases.phase_4_security_controls import agent, gaps, grounds, searching, weighing
assert Project(Path({str(tmp_path / "target")!r})).module("app.py").body
print("\\n".join(sys.modules))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(result.stdout.split())
    assert "threat_modeling.codebase.python.expressions" in loaded
    assert not {"airflow", "pendulum", "jinja2", "cvss", "pathspec", "subprocess", "threat_modeling.stage", "threat_modeling.phase"} & loaded
    assert not {m for m in loaded if m.endswith(".grammar") or m.startswith(("threat_modeling.phases.phase_2", "threat_modeling.phases.phase_5"))}
