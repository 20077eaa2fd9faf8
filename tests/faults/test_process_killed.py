"""Process killed: at each phase, and in the middle of a write."""

from __future__ import annotations

import json
import random
from contextlib import suppress

import pytest

from tests.faults.injected import BY, Inline, at_gate, finish, run_round
from tests.pipeline.shops import write_services
from threat_modeling import storage
from threat_modeling.phases import STAGES
from threat_modeling.recovery import prepare
from threat_modeling.session import Session
from threat_modeling.verification import verify


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it, and nothing is cleaned up."""


def killed_at(monkeypatch, number, where):
    """Die in the number-th write of a file from now on: before it, in the middle, or between temp file and name."""
    left = [number]
    write = storage.write_whole

    def dying(path, content):
        left[0] -= 1
        if left[0] == 0:
            if where == "middle":
                path.parent.mkdir(parents=True, exist_ok=True)
                (path.parent / f".{path.name[:80]}.killed").write_bytes(content[: len(content) // 2])
            if where == "after":
                write(path, content)
            raise Killed
        write(path, content)

    for module in ("session", "integrity", "storage"):
        monkeypatch.setattr(f"threat_modeling.{module}.write_whole", dying)


@pytest.mark.parametrize("where", ["before", "middle", "after"])
@pytest.mark.parametrize("key", ["phase-1", "phase-2", "phase-3", "phase-4-critical", "phase-5", "phase-6"])
def test_no_file_is_half_written_and_the_session_goes_on(before, monkeypatch, key, where):
    numbers = random.Random(f"{key} {where}")  # noqa: S311 - seeded, so that a failure can be repeated
    for _ in range(2):
        session = before(key)
        with monkeypatch.context() as patched:
            killed_at(patched, numbers.randint(1, 14), where)
            with suppress(Killed):
                run_round(session, key)
        for file in session.path.rglob("*.json"):
            if not file.name.startswith("."):
                json.loads(file.read_bytes())
        again = Session.open(session.path)
        approved = {p: p.read_bytes() for p in again.path.glob("checkpoints/*.json")}
        assert finish(again).status == "complete"
        assert verify(again, again.target)[1] == []
        assert {p: p.read_bytes() for p in approved if p.name.endswith("1.json")}.items() <= approved.items(), "no answer is asked again"


def test_no_approved_work_is_done_twice(before):
    backend = Inline()
    session = before("phase-5")
    for stage in STAGES:
        if stage.phase.number < 5:
            run_round(session, stage.key, backend)
    assert backend.ran == []
    assert prepare(session, BY["phase-5"]) is BY["phase-5"]


def test_an_answer_is_asked_again_only_if_its_input_changed(tmp_path):
    session = at_gate("phase-5", write_services(tmp_path / "shop", ["cart"]), tmp_path / "out")
    before = len(session.checkpoints.rounds("phase-3"))
    run_round(session, "phase-3")
    assert len(session.checkpoints.rounds("phase-3")) == before
    (session.target / "cart" / "app.py").write_text("x = 1\n")
    (session.path / "phase-3/components/root.json").unlink()
    run_round(session, "phase-3")  # the lost output is found
    run_round(session, "phase-3")  # and made again, of other code
    assert BY["phase-3"].state(session) == "waiting"
