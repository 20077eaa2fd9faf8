"""Writing the report into a session: whatever phases exist, the same bytes, through the session's own writer."""

from __future__ import annotations

import json

import pytest

from threat_modeling.artifact import Artifact
from threat_modeling.checkpoints import Round
from threat_modeling.exporters import exporters, write_report
from threat_modeling.model import Model
from threat_modeling.request import SessionRequest
from threat_modeling.session import Session

FILES = {"threat-model-data.json", "threat-model-report.html", "threat-model-report.md", "threat-model.sarif"}


@pytest.fixture
def target(tmp_path):
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "app.py").write_text("print('hello')\n")
    return folder


def session_of(target, root, document=None, **fields):
    session = Session.create(SessionRequest(target=str(target), out=str(root), **fields), root, {"run": root.name})
    for artifact in artifacts_in(document) if document else ():
        session.save(artifact)
    return session


def artifacts_in(model):
    for _, value in model:
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Artifact):
                yield part
            elif isinstance(part, Model):
                yield from artifacts_in(part)


def test_it_writes_all_formats_through_the_session_and_tells_small_counts(target, tmp_path, document):
    session = session_of(target, tmp_path / "out", document)
    told = write_report(session)
    assert {path.name for path in (session.path / "final-report").iterdir()} == FILES
    assert told["files"] == sorted(told["files"], key=lambda path: next(e.name for e in exporters() if path.endswith(e.filename)))
    assert session.integrity.problems() == []
    assert (told["threats"], told["entry_points"], told["threats_by_severity"]["CRITICAL"]) == (3, 1, 1)
    assert len(json.dumps(told)) < 2000


def test_two_sessions_on_the_same_target_give_the_same_bytes(target, tmp_path, document):
    first, second = (session_of(target, tmp_path / name, document) for name in ("one", "two"))
    write_report(first)
    write_report(second)
    for name in FILES:
        content = (first.path / "final-report" / name).read_bytes()
        assert content == (second.path / "final-report" / name).read_bytes()
        assert str(tmp_path).encode() not in content
    write_report(first)
    assert first.integrity.problems() == []


def test_an_empty_session_gets_a_report_that_says_what_is_missing(target, tmp_path):
    session = session_of(target, tmp_path / "out")
    told = write_report(session)
    assert told["complete"] is False
    text = (session.path / "final-report/threat-model-report.md").read_text()
    assert text.startswith("> **PARTIAL REPORT.**")
    assert "phase 5 (threat modeling)" in text.splitlines()[2].replace("\\", "")
    log = json.loads((session.path / "final-report/threat-model.sarif").read_bytes())
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_files_of_all_phases_without_an_approval_are_still_partial(target, tmp_path, document):
    assert write_report(session_of(target, tmp_path / "out", document))["complete"] is False


def test_a_stop_tells_who_and_why_but_not_when(target, tmp_path, document):
    session = session_of(target, tmp_path / "out", document)
    question = Round(stage="phase-3", round=1, subject="Phase 3: round 1", body="?", options=("Approve", "Stop"), sha256="0" * 64)
    session.checkpoints.ask(question)
    answer = session.checkpoints.record("phase-3", 1, "stopped", by="alice", feedback="the wrong branch")
    session.open_note("look at the gateway", "phase-3")
    write_report(session)
    page = (session.path / "final-report/threat-model-report.html").read_text()
    assert "alice stopped the session at the checkpoint phase-3, round 1: the wrong branch" in page
    assert "look at the gateway" in page
    assert answer.at[:10] not in page


def test_a_broken_file_is_a_reason_and_no_crash(target, tmp_path, document):
    session = session_of(target, tmp_path / "out", document)
    (session.path / "phase-5/threat-model.json").write_text('{"threats": 7}')
    write_report(session)
    page = (session.path / "final-report/threat-model-report.html").read_text()
    assert "phase-5/threat-model.json: cvss_version: Field required" in page


def test_only_the_formats_that_were_asked_for_are_written(target, tmp_path, document):
    told = write_report(session_of(target, tmp_path / "out", document, formats=("markdown",)))
    assert told["files"] == ["final-report/threat-model-report.md"]


def test_formats_are_found_by_their_folder():
    found = exporters()
    assert [exporter.name for exporter in found] == ["html", "json", "markdown", "sarif"]
    assert {exporter.filename for exporter in found} == FILES
    assert {exporter.name for exporter in found} == set(SessionRequest(target="x").formats)
