"""Process killed: at each phase, in the middle of a write, of an answer, of mending and of making the session."""

from __future__ import annotations

import json
import random
import shutil
import signal

import pytest

from tests.faults.death import dies_at
from tests.faults.injected import BY, Inline, at_gate, finish, run_round, until_asked
from tests.pipeline.shops import write_services
from threat_modeling.checkpoints import APPROVE, REVISE
from threat_modeling.errors import AgentEnded, AgentFailed
from threat_modeling.phases.order import STAGES
from threat_modeling.recovery import prepare
from threat_modeling.request_check import accept
from threat_modeling.session import Session
from threat_modeling.settings import settings
from threat_modeling.stage import PHASE_AGAIN
from threat_modeling.start import start
from threat_modeling.verification import verify


def work(session, key):
    """A stage from its check to its answer."""
    prepare(session, BY[key])
    rounds = run_round(session, key)
    if rounds and not session.checkpoints.get(key, rounds[-1]["round"]):
        BY[key].decide(session, rounds[-1]["round"], APPROVE, by="ann")


def all_json_is_whole(session):
    for file in session.path.rglob("*.json"):
        if not file.name.startswith("."):
            json.loads(file.read_bytes())


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("key", ["phase-1", "phase-2", "phase-3", "phase-4-high", "phase-5", "phase-6"])
def test_no_file_is_half_written_and_the_session_goes_on(before, key, after):
    numbers = random.Random(f"{key} {after}")  # noqa: S311 - seeded, so that a failure can be repeated
    for number in numbers.sample(range(1, 26), 2):
        session = before(key)
        with dies_at(number, after=after) as done:
            work(session, key)
        assert len(done) == number - (not after), "it died, and did nothing more"
        all_json_is_whole(session)
        answers = {p: p.read_bytes() for p in session.path.glob("checkpoints/*.json")}
        again = Session.open(session.path)
        assert finish(again).status == "complete"
        assert verify(again, again.target)[1] == []
        assert {p: p.read_bytes() for p in answers} == answers
        assert not list(again.path.glob("checkpoints/*-round-2*")), "nothing is asked again"


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_answer_that_goes_back_is_taken_whole_or_not_at_all(before, after):
    asked = before("phase-5")
    rounds = until_asked(asked, "phase-5")
    for number in random.Random(f"back {after}").sample(range(1, 13), 3):  # noqa: S311 - as above
        session = Session.open(shutil.copytree(asked.path, asked.path.with_name(f"copy-{number}")))
        with dies_at(number, after=after) as done:
            BY["phase-5"].decide(session, rounds[-1]["round"], REVISE, by="ann", feedback="look again", form={PHASE_AGAIN: "phase-3"})
        assert len(done) == number - (not after)
        all_json_is_whole(session)
        again = Session.open(session.path)
        BY["phase-5"].decide(again, rounds[-1]["round"], REVISE, by="ann", feedback="look again", form={PHASE_AGAIN: "phase-3"})
        assert prepare(again, BY["phase-6"]) is BY["phase-3"]
        assert finish(again).status == "complete"
        assert verify(again, again.target)[1] == []
        assert [d.feedback for d in again.checkpoints.decisions("phase-3") if d.feedback] == ["look again"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_mending_that_is_killed_is_mended(before, after):
    numbers = random.Random(f"mending {after}")  # noqa: S311 - as above
    for number in numbers.sample(range(1, 60), 2):
        session = before("phase-5")
        content = {p: p.read_bytes() for p in session.path.glob("phase-[34]/**/*.json")}
        shutil.rmtree(session.path / "phase-3")
        (session.path / "phase-4/control-gaps.json").write_text("{}")
        with dies_at(number, after=after) as done:
            prepare(session, BY["phase-5"])
        assert len(done) == number - (not after)
        all_json_is_whole(session)
        again = Session.open(session.path)
        assert prepare(again, BY["phase-5"]) is BY["phase-5"], "nothing is asked again"
        assert {p: p.read_bytes() for p in content} == content
        assert again.integrity.problems() == []


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_session_that_is_killed_while_it_is_made_is_made_once(shop, tmp_path, after):
    for number in range(1, 11):
        root = tmp_path / f"out-{number}"
        request = accept({"target": str(shop), "out": str(root)})
        with dies_at(number, after=after) as done:
            start(request, {"run_id": "r1"}, settings(), {})
        assert len(done) == number - (not after)
        session = start(request, {"run_id": "r1"}, settings(), {})
        assert [one.path for one in Session.all(root)] == [session.path]
        assert prepare(session, BY["phase-1"]) is BY["phase-1"]
        assert session.integrity.problems() == []
        assert start(request, {"run_id": "r1"}, settings(), {}).path == session.path


ENDED = """import os, sys
if "threat_modeling.agent_process" in sys.orig_argv:
    os.kill(os.getpid(), int(os.environ["PATH"]))  # one of the few variables that an agent inherits
"""


@pytest.mark.parametrize(("number", "kind", "counted"), [(signal.SIGKILL, AgentFailed, True), (signal.SIGTERM, AgentEnded, False)])
def test_an_agent_is_given_up_after_three_deaths_of_its_own(before, tmp_path, monkeypatch, number, kind, counted):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(ENDED)
    session, stage = before("phase-3"), BY["phase-3"]
    assigned = stage.open_round(session)[0]["id"]
    with monkeypatch.context() as patched:
        patched.setenv("PYTHONPATH", str(tmp_path / "site"))
        patched.setenv("PATH", str(int(number)))
        for tries in range(1, 4):
            with pytest.raises(kind):
                stage.run_agent(session, assigned, 60.0)
            assert stage.given_up(session, assigned) is (counted and tries == 3)
    assert stage.run_agent(session, assigned, 60.0)["reused"] is False
    assert stage.given_up(session, assigned) is False


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
