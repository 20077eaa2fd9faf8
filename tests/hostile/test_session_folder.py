"""A session's folder that someone damaged: what reads it says which file and how to mend it, and never fails otherwise."""

from __future__ import annotations

import shutil

import pytest

from tests.pipeline.shops import run_whole, write_services
from threat_modeling.__main__ import main
from threat_modeling.errors import ThreatModelingError
from threat_modeling.pipeline import run_session
from threat_modeling.session import Session

DAMAGE = {
    "deleted": lambda file: file.unlink(),
    "truncated": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "binary": lambda file: file.write_bytes(b"\xff\xfe\x00"),
    "deep": lambda file: file.write_bytes(b"[" * 100_000),
    "another kind": lambda file: file.write_bytes(b'[1, {"a": []}]'),
    "half a surrogate": lambda file: file.write_bytes(b'{"path": "\\ud800", "start": "x", "end": [], "quote": {}, "sha256": null}'),
    "a folder": lambda file: file.unlink() or file.mkdir(),
}
FILES = [
    "config.json",
    "metadata.json",
    "phase-1/business-impact.json",
    "phase-2/sizing-report.json",
    "phase-3/assignments.json",
    "phase-3/components/root.json",
    "phase-3/concerns.json",
    "phase-3/summary.md",
    "phase-5/threat-model.json",
    "checkpoints/phase-3-round-1.json",
    "checkpoints/phase-3-round-1.request.json",
    "handoffs/phase-3-to-4.json",
    "integrity/phase-3/concerns.json.json",
    "final-report/threat-model.sarif",
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    root = tmp_path_factory.mktemp("folder")
    return run_whole(write_services(root / "shop", ["cart"]), root / "out")


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("file", FILES)
def test_a_damaged_file_is_told(whole, tmp_path, capsys, file, how):
    folder = shutil.copytree(whole.path, tmp_path / "session")
    assert (folder / file).is_file()
    DAMAGE[how](folder / file)
    code = main(["verify", str(folder)])
    told = capsys.readouterr()
    assert code in {1, 2} or file == "metadata.json" or (file.startswith("checkpoints") and how == "deleted")
    assert code != 2 or told.err.count("\n") == 1
    assert main(["export", str(folder)]) in {0, 2}
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("how", ["deleted", "binary", "deep"])
@pytest.mark.parametrize(
    "file", ["phase-1/business-impact.json", "phase-3/assignments.json", "phase-3/components/root.json", "phase-3/concerns.json", "notes.md"]
)
def test_a_session_mends_what_it_makes_itself(whole, tmp_path, file, how):
    folder = shutil.copytree(whole.path, tmp_path / "session")
    (folder / file).touch()
    DAMAGE[how](folder / file)
    session = Session.open(folder)
    assert run_session(session, None, lambda _: None).status == "complete"
    assert session.integrity.problems() == []


def test_a_broken_index_is_made_again(whole, tmp_path):
    root = tmp_path / "out"
    shutil.copytree(whole.path, root / whole.id)
    (root / "sessions.json").write_bytes(b"\xff[")
    (root / "2020-01-01-000000-broken").mkdir()
    (root / "2020-01-01-000000-broken" / "config.json").write_bytes(b"[" * 100_000)
    Session.index(root)
    assert whole.id in (root / "sessions.json").read_text()


def test_an_answer_with_a_wrong_content_is_asked_again(whole, tmp_path):
    folder = shutil.copytree(whole.path, tmp_path / "session")
    record = folder / "checkpoints" / "phase-3-round-1.json"
    record.write_text(record.read_text().replace('"approved"', '"approved by me"'))
    session = Session.open(folder)
    with pytest.raises(ThreatModelingError, match=r"checkpoints/phase-3-round-1\.json: status"):
        session.checkpoints.get("phase-3", 1)
    assert run_session(session, None, lambda _: None).status == "complete"
    assert "checkpoints/phase-3-round-1.json" in session.notes("corruption")[0][1]
    assert "approved by me" in next((folder / "edited" / "checkpoints").iterdir()).read_text()
