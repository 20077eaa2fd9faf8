"""Garbage in every field of every checkpoint's form: nothing fails, and what is not understood becomes an open note."""

from __future__ import annotations

import shutil

import pytest

from tests.pipeline.shops import new_session, write_services
from threat_modeling.artifact import canonical
from threat_modeling.checkpoints import APPROVE, REVISE
from threat_modeling.codebase.project import Project
from threat_modeling.phases.order import STAGES
from threat_modeling.session import Session

NESTED: list = []
for _ in range(300):
    NESTED = [NESTED]
GARBAGE = {
    "number": -1,
    "infinite": float("inf"),
    "truth": True,
    "word": "nation-state low",
    "mapping": {"a": [{"b": 1}]},
    "nested": NESTED,
    "lists": [[], {}, None, 1, 2.5, [[1]], {"path": "../.."}],
    "long": ["x" * 30_000, "y" * 5_000 + " full"],
    "many": [f"x{n}" for n in range(3000)],
    "outside": ["../../etc/passwd", "/etc full", ". -> ..", "cart -> /etc", "\\\\host\\share"],
    "half lines": [" -> ", "cart -> ", "GET  internal", "critical", "T-001 ", "T-001 P9", "| C-001 |", "|||", "PII:", ": ", "PII: nothing"],
    "characters": ["\x00", "\x1b[2J", "\u202e", "\ud800", "<script>", "{{7*191}}", "a\nb\rc"],
}


class Inline:
    """Runs an agent in this process: these tests are about forms."""

    name = "inline"

    def run(self, role, session, stage_key, task, timeout_seconds):  # noqa: ARG002, D102 - the protocol of a backend
        return canonical(role.analyze(task, session, Project(session.target)).dump())


def run_round(stage, session):
    for assignment in stage.open_round(session):
        stage.run_agent(session, assignment["id"], 60.0, Inline())
    return stage.close_round(session)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """A copy of a session at each of its checkpoints."""
    root = tmp_path_factory.mktemp("forms")
    session = new_session(write_services(root / "shop", ["cart"]), root / "out")
    copies = {}
    for stage in STAGES:
        rounds = run_round(stage, session)
        if rounds:
            copies[stage.key] = shutil.copytree(session.path, root / "at" / stage.key)
            stage.decide(session, rounds[-1]["round"], APPROVE, by="ann")
    return copies


@pytest.mark.parametrize("key", ["phase-1", "phase-3", "phase-4-high", "phase-5", "phase-6"])
@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_in_every_field(asked, tmp_path, key, kind):
    session = Session.open(shutil.copytree(asked[key], tmp_path / "session"))
    stage = next(s for s in STAGES if s.key == key)
    form = dict.fromkeys(stage.form(session), GARBAGE[kind]) | {"no such field": GARBAGE[kind]}
    form.pop("feedback")
    stage.decide(session, 1, REVISE, by="ann\x1b[2J\ud800", feedback="\ud800\x00</div> {{7*191}}", form=form)
    rounds = run_round(stage, session)
    assert [r["round"] for r in rounds] == [1, 2]
    assert stage.state(session) == "waiting"
    assert session.notes("open") or session.notes("override")
    stage.decide(session, 2, APPROVE, by="ann")
    assert Session.open(session.path).checkpoints.get(key, 2).status == "approved"
    assert session.integrity.problems() == []
