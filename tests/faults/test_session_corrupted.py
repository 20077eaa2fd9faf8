"""Session corrupted: files of the session are deleted, cut off, edited, or whole folders are gone."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.faults.injected import BY, Inline, finish, notes, run_round, until_asked
from threat_modeling.errors import ArtifactInvalid, RequestInvalid
from threat_modeling.phases.order import STAGES
from threat_modeling.recovery import last_approved, prepare, resume
from threat_modeling.session import Session
from threat_modeling.verification import verify


@pytest.fixture
def session(before):
    return before("phase-5")


def deleted(path):
    path.unlink()


def a_folder_instead(path):
    path.unlink()
    path.mkdir()
    (path / "note.txt").write_text("mine")


def cut_off(path):
    path.write_bytes(path.read_bytes()[:-20])


def edited(path):
    path.write_text(path.read_text().replace("e", "E", 1))


ARTIFACTS = [
    "phase-1/data-classification.json",
    "phase-1/summary.md",
    "phase-1/assignments.json",
    "phase-2/sizing-report.json",
    "phase-3/components/legacy.json",
    "phase-3/concerns.json",
    "phase-4/batch-summary.json",
    "phase-4/assignments-high.json",
    "phase-4/authentication.json",
]


@pytest.mark.parametrize("damage", [deleted, cut_off, edited])
@pytest.mark.parametrize("file", ARTIFACTS)
def test_an_artifact_is_made_again_as_it_was_approved(session, file, damage):
    path = session.path / file
    content = path.read_bytes()
    damage(path)
    wrong = path.read_bytes() if path.exists() else None
    assert prepare(session, BY["phase-5"]) is BY["phase-5"], "approved, and the same: nobody is asked again"
    assert path.read_bytes() == content
    assert f"{file}: " in notes(session, "corruption")
    assert session.integrity.problems() == []
    if wrong is not None:  # an edit by hand is never lost
        kept = list((session.path / "edited" / file).parent.glob(f"{path.name}.*"))
        assert wrong in [copy.read_bytes() for copy in kept]


@pytest.mark.parametrize(
    "file",
    [
        "phase-3/concerns.json",
        "phase-3/components/legacy.json",
        "integrity/phase-3/concerns.json.json",
        "checkpoints/phase-3-round-1.json",
        "checkpoints/phase-3-round-1.request.json",
        "integrity/checkpoints/phase-3-round-1.json.json",
        "metadata.json",
        "notes.md",
        "target.json",
    ],
)
def test_a_folder_in_the_place_of_a_file_is_put_aside(session, file):
    a_folder_instead(session.path / file)
    assert finish(Session.open(session.path)).status == "complete"
    assert (session.path / file).is_file()
    assert session.integrity.problems() == []
    assert [kept.read_text() for kept in session.path.glob("edited/**/note.txt*")] == ["mine"]


def test_a_broken_record_of_a_later_batch_holds_no_earlier_one_up(session):
    for file in (session.path / "phase-4").glob("assignments-*.json"):
        file.write_bytes(b"")
    run_round(session, "phase-4-critical")
    assert finish(session).status == "complete"
    assert session.integrity.problems() == []


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_phases_folder_is_made_again(session, number):
    content = {p: p.read_bytes() for p in (session.path / f"phase-{number}").rglob("*.json")}
    shutil.rmtree(session.path / f"phase-{number}")
    assert prepare(session, BY["phase-5"]) is BY["phase-5"]
    assert {p: p.read_bytes() for p in (session.path / f"phase-{number}").rglob("*.json")} == content
    assert session.integrity.problems() == []


@pytest.mark.parametrize("number", [5, 6])
def test_so_is_that_of_a_late_phase_before_the_report(before, number):
    session = before("end")
    content = {p: p.read_bytes() for p in (session.path / f"phase-{number}").rglob("*.json")}
    shutil.rmtree(session.path / f"phase-{number}")
    assert prepare(session, None) is None, "approved, and the same: nobody is asked again"
    assert {p: p.read_bytes() for p in content} == content
    assert session.integrity.problems() == []


@pytest.mark.parametrize("damage", [deleted, cut_off])
def test_a_handoff_is_made_again_from_the_artifacts(session, damage):
    path = session.path / "handoffs/phase-2-to-3.json"
    before = json.loads(path.read_bytes())
    damage(path)
    prepare(session, BY["phase-5"])
    after = json.loads(path.read_bytes())
    assert after["artifacts"] == before["artifacts"]
    assert after["crown_jewels"] == before["crown_jewels"]
    assert session.integrity.problems() == []


@pytest.mark.parametrize("damage", [deleted, cut_off, edited])
@pytest.mark.parametrize("file", ["phase-3-round-1.json", "phase-3-round-1.request.json"])
def test_an_answer_that_is_not_as_it_was_given_is_asked_again(session, file, damage):
    damage(session.path / "checkpoints" / file)
    assert prepare(session, BY["phase-5"]) is BY["phase-3"]
    assert last_approved(session) is BY["phase-2"]
    assert f"checkpoints/{file}" in notes(session, "corruption")
    assert finish(session).status == "complete"
    assert session.integrity.problems() == []


def test_a_forged_answer_counts_for_nothing(before):
    session = before("phase-3")
    stage = BY["phase-3"]
    for assignment in stage.open_round(session):
        stage.run_agent(session, assignment["id"], 60.0, Inline())
    stage.close_round(session)
    record = json.loads((session.path / "checkpoints/phase-1-round-1.json").read_bytes())
    (session.path / "checkpoints/phase-3-round-1.json").write_text(json.dumps(record | {"stage": "phase-3"}))
    assert prepare(session, BY["phase-4-critical"]) is stage


@pytest.mark.parametrize("file", ["metadata.json", "notes.md", "scope.json", "target.json"])
@pytest.mark.parametrize("damage", [deleted, edited])
def test_what_belongs_to_no_phase_is_mended(session, file, damage):
    finish(session)
    session.note("open", "session", "a word of ann")
    damage(session.path / file)
    assert prepare(Session.open(session.path), None) is None
    assert f"{file}: " in notes(session, "corruption")
    assert session.integrity.problems() == []


@pytest.mark.parametrize("damage", [deleted, cut_off])
def test_a_status_that_is_lost_while_a_question_waits_holds_nothing_up(session, damage):
    (asked,) = until_asked(session, "phase-5")
    damage(session.path / "metadata.json")
    BY["phase-5"].decide(session, asked["round"], "Approve", by="ann")
    assert finish(session).status == "complete"
    assert "metadata.json: " in notes(session, "corruption")
    assert session.integrity.problems() == []


def test_settings_that_someone_changed_stand_and_are_told(session):
    file = session.path / "config.json"
    file.write_text(file.read_text().replace('"agent_timeout_minutes": 30', '"agent_timeout_minutes": 20'))
    assert prepare(Session.open(session.path), BY["phase-5"]) is BY["phase-5"]
    assert "config.json: changed since it was written" in notes(session, "corruption")
    assert session.integrity.problems() == []


@pytest.mark.parametrize("file", ["config.json", "config-copy.json"])
@pytest.mark.parametrize("damage", [deleted, cut_off, edited])
def test_settings_that_are_lost_are_made_again_from_their_copy(session, file, damage):
    before = (session.path / file).read_bytes()
    damage(session.path / file)
    (again,) = Session.all(session.path.parent)
    assert again.config == session.config
    assert prepare(again, BY["phase-5"]) is BY["phase-5"]
    assert (session.path / file).read_bytes() == before
    assert f"{file}: " in notes(session, "corruption")
    assert session.integrity.problems() == []


def test_settings_and_all_records_that_are_lost_cost_no_session(session):
    shutil.rmtree(session.path / "integrity")
    (session.path / "config.json").unlink()
    again = Session.open(session.path)
    assert again.config == session.config
    assert finish(again).status == "complete"
    assert session.integrity.problems() == []


def test_settings_that_nobody_can_read_are_told_with_the_remedy(session):
    edited(session.path / "config.json")
    edited(session.path / "config-copy.json")
    with pytest.raises(ArtifactInvalid, match=r"config\.json: request: .*restore the file"):
        Session.open(session.path)


def test_the_index_is_only_a_shortcut(session):
    root = session.path.parent
    (root / "sessions.json").unlink(missing_ok=True)
    Session.index(root)
    assert session.id in (root / "sessions.json").read_text()


def test_the_last_complete_approved_phase_is_found(before):
    for stage, earlier in zip(STAGES[1:], STAGES, strict=False):
        assert last_approved(before(stage.key)) is earlier
        shutil.rmtree(before(stage.key).path)


def test_it_goes_on_in_a_new_run_from_its_files(session):
    shutil.rmtree(session.path / "phase-3")
    request = session.request.model_copy(update={"resume": session.id, "out": str(session.path.parent)})
    again = resume(request, {"run_id": "second"})
    assert finish(again).status == "complete"
    assert "phase-3/concerns.json: missing" in notes(again, "corruption")
    assert "by second" in notes(again, "recovery")
    assert verify(again, again.target)[1] == []


@pytest.mark.parametrize(("name", "told"), [("2020-01-01-000000-gone", "is no session"), ("../x", "is no session")])
def test_only_a_session_can_be_resumed(session, name, told):
    request = session.request.model_copy(update={"resume": name, "out": str(session.path.parent)})
    with pytest.raises(RequestInvalid, match=told):
        resume(request, {"run_id": "second"})


def test_a_session_on_another_target_is_not_taken(session, tmp_path):
    request = session.request.model_copy(update={"resume": session.id, "out": str(session.path.parent), "target": str(tmp_path)})
    with pytest.raises(RequestInvalid, match="give its target"):
        resume(request, {"run_id": "second"})
