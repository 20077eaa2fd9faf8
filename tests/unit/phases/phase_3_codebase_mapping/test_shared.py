"""Agents of one session share what they need of the whole target, and none trusts what was made of another state of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.integrity import TREES
from threat_modeling.model import Depth
from threat_modeling.phases.phase_3_codebase_mapping.agent import CodebaseMapper
from threat_modeling.phases.phase_3_codebase_mapping.components import MapComponent
from threat_modeling.phases.phase_3_codebase_mapping.shared import FOLDER, forget, whole_target
from threat_modeling.request import SessionRequest
from threat_modeling.session import Session

if TYPE_CHECKING:
    from pathlib import Path

APP = "from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route('/{}')\ndef page():\n    return 'page'\n"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "target"
    folder.mkdir()
    (folder / "app.py").write_text(APP.format("one"))
    (folder / "deep.py").write_text("x = " + "(" * 5000 + ")" * 5000)
    return folder


@pytest.fixture
def session(tmp_path: Path, target: Path) -> Session:
    return Session.create(SessionRequest(target=str(target)), tmp_path / "out", {"kind": "test"})


def paths(session: Session, target: Path) -> list[str]:
    return [route.path for route in whole_target(session, Project(target)).routes]


def test_the_second_agent_gets_what_the_first_made(session: Session, target: Path) -> None:
    first, second = Project(target), Project(target)
    made = whole_target(session, first)
    file = session.path / FOLDER / "whole-target.json"
    kept = file.read_bytes()
    assert whole_target(session, second) == made
    assert file.read_bytes() == kept
    assert set(made.skips) <= set(second.skips)


def test_a_target_that_changed_is_read_again(session: Session, target: Path) -> None:
    assert paths(session, target) == ["/one"]
    (target / "app.py").write_text(APP.format("two"))
    os.utime(target / "app.py", (1, 1))
    assert paths(session, target) == ["/two"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"state": "x"}', b"\xff\xfe"])
def test_a_broken_file_is_made_again(session: Session, target: Path, content: bytes) -> None:
    whole_target(session, Project(target))
    (session.path / FOLDER / "whole-target.json").write_bytes(content)
    assert paths(session, target) == ["/one"]


def test_a_file_that_someone_edited_is_not_trusted(session: Session, target: Path) -> None:
    whole_target(session, Project(target))
    file = session.path / FOLDER / "whole-target.json"
    file.write_text(file.read_text().replace('"/one"', '"/two"'))
    assert paths(session, target) == ["/one"]


def test_a_folder_that_is_in_the_way_costs_no_result(session: Session, target: Path) -> None:
    (session.path / FOLDER / "whole-target.json" / "x").mkdir(parents=True)
    assert paths(session, target) == ["/one"]


def test_a_session_with_trees_in_it_is_sound_and_none_is_left_when_the_phase_is_consolidated(session: Session, target: Path) -> None:
    (target / "long.py").write_text("# " + "long " * 500 + "\n" + APP.format("long"))
    task = MapComponent(id="all", label="all", path=".", depth=Depth.FULL)
    CodebaseMapper().analyze(task, session, Project(target))
    assert list((session.path / TREES).iterdir())
    assert session.integrity.problems() == []
    forget(session)
    assert not (session.path / FOLDER).exists()
    assert not (session.path / TREES).exists()
    assert session.integrity.problems() == []
