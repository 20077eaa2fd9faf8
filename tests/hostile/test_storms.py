"""Cases of much work: an agent maps each alone within its limits of time and memory, and still finds what was planted beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.hostile.corpus import STORMS, build, cases_of
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 60
GIGABYTE = 1024**3
MAP = """
import sys
from pathlib import Path
from threat_modeling.codebase.project import Project
from threat_modeling.phases.phase_3_codebase_mapping.agent import CodebaseMapper
from threat_modeling.phases.phase_3_codebase_mapping.components import MapComponent
from threat_modeling.request_check import accept
from threat_modeling.session import Session
task = MapComponent(id="all", label="all", path=".", depth="full")
request = accept({"target": sys.argv[1], "out": str(Path("sessions").resolve())})
session = Session.create(request, Path(request.out), {"kind": "process"}, {})
for _ in range(int(sys.argv[2])):
    mapped = CodebaseMapper().analyze(task, session, Project(Path(sys.argv[1])))
print(mapped.model_dump_json())
"""


def mapped(tmp_path: Path, agents: int = 1) -> ComponentMap:
    """What the last of so many agents of a session, one after the other, says of the folder "target"."""
    with (tmp_path / "map.json").open("wb") as out:
        process = subprocess.Popen([sys.executable, "-c", MAP, str(tmp_path / "target"), str(agents)], stdout=out, cwd=tmp_path)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert usage.ru_utime < SECONDS / 2
    assert usage.ru_maxrss * 1024 < GIGABYTE
    return ComponentMap.model_validate_json((tmp_path / "map.json").read_bytes())


@pytest.mark.parametrize("name", cases_of(STORMS))
def test_it_is_mapped_within_the_limits(tmp_path, name):
    build(tmp_path / "target", [name])
    found = mapped(tmp_path)
    assert any(w.cwe == "CWE-89" and w.evidence.path == f"{name}/shop.py" for w in found.weaknesses)


def test_tens_of_thousands_of_skips_are_told_by_every_agent(tmp_path):
    (tmp_path / "target").mkdir()
    for number in range(30_000):
        (tmp_path / f"target/link{number}").symlink_to("nowhere")
    assert len(mapped(tmp_path, agents=2).coverage.skipped) == 30_000
