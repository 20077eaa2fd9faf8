"""Where not all files of a component are read, those that say most are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pipeline.shops import SERVICE
from threat_modeling.codebase.project import Project
from threat_modeling.model import Depth
from threat_modeling.phases.phase_3_codebase_mapping.agent import CodebaseMapper
from threat_modeling.phases.phase_3_codebase_mapping.components import MapComponent
from threat_modeling.request import SessionRequest
from threat_modeling.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap

SERVING = SERVICE.format(name="shop")
TOKENS = "import random\n\n\ndef token():\n    return ''.join(random.choice('abcdef') for _ in range(16))\n"
FILLER = "x = 1\n"


def mapped(tmp_path: Path, files: dict[str, str], limit: int) -> ComponentMap:
    target = tmp_path / "target"
    for path, text in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text)
    session = Session.create(SessionRequest(target=str(target)), tmp_path / "out", {"kind": "test"})
    task = MapComponent(id="root", label="all", path=".", depth=Depth.SAMPLING, sample_files=limit)
    return CodebaseMapper().analyze(task, session, Project(target))


@pytest.mark.parametrize(("text", "cwe"), [(SERVING, "CWE-89"), (TOKENS, "CWE-330")])
def test_the_one_file_that_says_anything_is_read_among_hundreds(tmp_path, text, cwe):
    found = mapped(tmp_path, {f"f{n:03}.py": FILLER for n in range(300)} | {"f150x.py": text}, 3)
    assert [(w.evidence.path, w.cwe) for w in found.weaknesses if w.cwe == cwe] == [("f150x.py", cwe)]
    assert (found.coverage.files, found.coverage.analyzed, found.coverage.sampled_out) == (301, 3, 298)


def test_files_that_serve_come_before_those_with_a_telling_name_or_of_tests(tmp_path):
    tests = {f"tests/test_{n}.py": TOKENS for n in range(30)}
    names = {f"auth_token_{n}.py": FILLER for n in range(30)}
    found = mapped(tmp_path, {**tests, **names, "zz.py": SERVING}, 1)
    assert [route.path for route in found.routes] == ["/shop/search"]
    assert {w.evidence.path for w in found.weaknesses} == {"zz.py"}
