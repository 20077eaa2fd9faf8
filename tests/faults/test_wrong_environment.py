"""Wrong environment: a full or read-only disk, a target that is gone or changes, a clock that moves, two sessions at once."""

from __future__ import annotations

import errno
import json
import resource
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pendulum
import pytest

from tests.faults.injected import BY, Inline, at_gate, finish, notes, run_round, until_asked
from tests.pipeline.shops import new_session, write_services
from threat_modeling.errors import AgentFailed, SessionBusy, TargetUnreadable
from threat_modeling.pipeline import run_session
from threat_modeling.recovery import close_round, prepare
from threat_modeling.session import Session
from threat_modeling.verification import verify


@pytest.fixture
def session(tmp_path):
    """Before phase 3, on a target of its own."""
    return at_gate("phase-3", write_services(tmp_path / "shop", ["cart", "legacy"]), tmp_path / "out", components=["cart", "legacy"])


def test_a_target_that_is_gone_is_told_and_going_on_works_when_it_is_back(session):
    session.target.rename(session.target.with_name("moved"))
    with pytest.raises(TargetUnreadable, match="put it back"):
        prepare(session, BY["phase-3"])
    session.target.with_name("moved").rename(session.target)
    assert finish(session).status == "complete"


def test_a_target_that_goes_while_agents_work_asks_nobody_and_going_on_works_when_it_is_back(session):
    assigned = BY["phase-3"].open_round(session)
    session.target.rename(session.target.with_name("moved"))
    with pytest.raises(AgentFailed, match=r"the target .*shop is gone; put it back"):
        BY["phase-3"].run_agent(session, assigned[0]["id"], 60.0)
    with pytest.raises(TargetUnreadable, match="put it back where it was, then clear this task"):
        close_round(session, BY["phase-3"])
    assert session.checkpoints.rounds("phase-3") == []
    session.target.with_name("moved").rename(session.target)
    assert finish(session).status == "complete"


def test_what_changes_while_agents_work_is_shown_in_the_same_question(session):
    prepare(session, BY["phase-3"])
    stage = BY["phase-3"]
    for assignment in stage.open_round(session):
        stage.run_agent(session, assignment["id"], 60.0, Inline())
        (session.target / "late.py").write_text("y = 1\n")
    (asked,) = close_round(session, stage)
    assert "1 files added; late.py" in asked["body"].replace("\\", "")
    backend = Inline()
    stage.decide(session, 1, "Revise", by="ann")
    run_round(session, "phase-3", backend)
    assert sorted(backend.ran) == ["phase-3 cart", "phase-3 legacy", "phase-3 root"], "a revision reads the new code"


def test_a_target_that_changes_is_noticed_by_its_hashes_and_shown(session):
    prepare(session, BY["phase-3"])
    (session.target / "cart" / "app.py").write_text("x = 1\n")
    (session.target / "new.py").write_text("y = 1\n")
    (session.target / "README.md").unlink()
    prepare(session, BY["phase-3"])
    (asked,) = until_asked(session, "phase-3")
    assert "the target changed in mid" in asked["body"]
    told = notes(session, "target")
    assert "1 files changed, 1 files added, 1 files removed" in told
    assert all(name in told for name in ("cart/app.py", "new.py", "README.md"))


def test_a_new_revision_is_noticed(session):
    git = session.target / ".git"
    git.mkdir()
    (git / "HEAD").write_text("a" * 40)
    prepare(session, BY["phase-3"])
    (git / "HEAD").write_text("b" * 40)
    prepare(session, BY["phase-3"])
    assert "revision aaaaaaaaaaaa became bbbbbbbbbbbb" in notes(session, "target")


def test_a_touched_file_is_no_change(session):
    prepare(session, BY["phase-3"])
    for file in session.target.rglob("*.py"):
        file.touch()
    prepare(session, BY["phase-3"])
    assert notes(session, "target") == ""


@pytest.mark.parametrize("full", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_takes_nothing_leaves_no_half_file_and_going_on_works(session, monkeypatch, full):
    before = {p: p.read_bytes() for p in session.path.rglob("*") if p.is_file()}

    def refused(self, _):
        raise OSError(full, "no", str(self))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refused)  # the disk, not our code
        with pytest.raises(OSError, match="no"):
            run_round(session, "phase-3")
    assert {p: p.read_bytes() for p in session.path.rglob("*") if p.is_file()} == before
    assert finish(session).status == "complete"


@pytest.mark.parametrize("limit", [0, 300, 2000])
def test_a_write_that_the_kernel_cuts_short_leaves_no_half_file(session, limit):
    before = {p: p.read_bytes() for p in session.path.rglob("*") if p.is_file()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))  # a file grows to so many bytes, then its write fails
        with pytest.raises(OSError, match=r"phase-3|handoffs|metadata|notes") as told:
            run_round(session, "phase-3")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert told.value.errno == errno.EFBIG
    assert told.value.filename.startswith(str(session.path)), "the file that could not be written is named"
    assert not list(session.path.rglob(".*")), "nor a temporary one"
    for file in session.path.rglob("*.json"):
        json.loads(file.read_bytes())
    assert before.keys() <= {p for p in session.path.rglob("*") if p.is_file()}
    assert finish(session).status == "complete"
    assert verify(session, session.target)[1] == []


def test_a_read_only_root_is_told(session, request):
    request.getfixturevalue("without_root")  # only now: root made the session
    for folder in [session.path, *(p for p in session.path.rglob("*") if p.is_dir() and p.owner() != "root")]:
        with suppress(PermissionError):  # root made it, and this user may not write to it anyway
            folder.chmod(0o555)
    with pytest.raises(PermissionError):
        run_round(session, "phase-3")


@pytest.mark.parametrize("days", [-400, 400])
def test_a_clock_that_moves_changes_nothing(session, monkeypatch, days):
    now = pendulum.now
    with monkeypatch.context() as patched:
        patched.setattr(pendulum, "now", lambda zone: now(zone).add(days=days))
        run_round(session, "phase-3")
        BY["phase-3"].decide(session, 1, "Approve", by="ann")
    assert finish(session).status == "complete"
    assert session.integrity.problems() == []


def test_two_sessions_on_one_target_do_not_meet(tmp_path):
    target = write_services(tmp_path / "shop", ["cart"])
    one, other = (new_session(target, tmp_path / "out") for _ in range(2))
    assert one.path != other.path
    for key in BY:
        for session in (one, other):
            rounds = run_round(session, key, Inline())
            if rounds:
                BY[key].decide(session, rounds[-1]["round"], "Approve", by="ann")
    assert finish(one).status == finish(other).status == "complete"
    for session in (one, other):
        assert verify(session, target)[1] == []


def test_two_processes_do_not_work_on_one_session(session):
    def ask(session, stage, question):
        with pytest.raises(SessionBusy, match="another process works on"):
            finish(Session.open(session.path))
        stage.decide(session, question["round"], "Approve", by="ann")

    assert run_session(session, ask, lambda _: None, Inline()).status == "complete"
    assert finish(session).status == "complete", "later, another one may"


def test_what_several_note_at_once_is_all_kept(session):
    texts = [f"note {number}" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: Session.open(session.path).note("open", "session", text), texts))
    assert sorted(notes(session, "open").splitlines()) == sorted(texts)
    assert session.integrity.problems() == []


def test_a_target_that_changes_never_leaves_a_false_quote(session):
    shutil.rmtree(session.target / "cart")
    assert finish(session).status == "complete"
    problems = verify(session, session.target)[1]
    assert not [p for p in problems if p.startswith(("phase-3", "phase-4", "phase-5"))]


def test_going_back_after_a_change_reads_the_new_code(session):
    finish(session)
    (session.target / "cart" / "app.py").write_text("x = 1\n")
    assert prepare(session, BY["phase-6"]) is BY["phase-6"], "noticed, and not held up"
    backend = Inline()
    run_round(session, "phase-3", backend)
    assert sorted(backend.ran) == ["phase-3 cart", "phase-3 legacy", "phase-3 root"]
    assert BY["phase-3"].state(session) == "waiting", "what was approved is another map now"


def test_damage_after_a_change_is_mended_from_what_was_delivered(session):
    finish(session)
    content = (session.path / "phase-3/concerns.json").read_bytes()
    (session.target / "README.md").write_text("# Another shop\n")
    assert prepare(session, None) is None
    (session.path / "phase-3/concerns.json").unlink()
    assert prepare(session, None) is None
    assert (session.path / "phase-3/concerns.json").read_bytes() == content
