"""The clean-up: by age and number, and never what a person may still want."""

import json
import os
import shutil

import pendulum
import pytest

from threat_modeling.__main__ import main
from threat_modeling.integrity import Integrity
from threat_modeling.pipeline import run_session
from threat_modeling.prune import prune
from threat_modeling.request_check import accept
from threat_modeling.session import Session
from threat_modeling.source.clone import CLONES

CODE = """\
import subprocess
from flask import Flask, request

app = Flask(__name__)


@app.get("/x")
def x():
    return subprocess.getoutput(request.args["c"])
"""


@pytest.fixture(scope="module")
def complete(tmp_path_factory):
    """The folder of a complete session."""
    folder = tmp_path_factory.mktemp("complete")
    (folder / "code").mkdir()
    (folder / "code" / "app.py").write_text(CODE)
    request = accept({"target": str(folder / "code"), "out": str(folder / "out"), "approval": "auto"})
    session = Session.create(request, folder / "out", {"kind": "process"})
    assert run_session(session, None, lambda _: None).status == "complete"
    return session.path


@pytest.fixture
def root(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def session(complete, root):
    """Make a session that is so many days old; `change` edits its config."""

    def made(days, place=root, **config):
        day = pendulum.now("UTC").subtract(days=days)
        path = place / f"{day.format('YYYY-MM-DD-HHmmss')}-code"
        shutil.copytree(complete, path)
        metadata = json.loads((path / "metadata.json").read_text()) | {"id": path.name, "created": day.to_iso8601_string()}
        (path / "metadata.json").write_text(json.dumps(metadata))
        for file in ("config-copy.json", "config.json"):
            Integrity(path).write(file, json.dumps(json.loads((path / file).read_text()) | config).encode())
        return path

    return made


def removed(found):
    """The folders that were removed."""
    return {one.path for one in found if one.removed}


def test_by_age(session, root):
    old, older, new = session(40), session(50), session(1)
    assert removed(prune(root, days=30, sessions=9)) == {old, older}
    assert (old.exists(), older.exists(), new.exists()) == (False, False, True)
    assert [row["id"] for row in json.loads((root / "sessions.json").read_text())["sessions"]] == [new.name]
    assert sorted(path.name for path in root.iterdir()) == [new.name, "sessions.json"]


def test_by_number_for_each_target(session, root):
    days = [session(day) for day in range(1, 5)]
    assert removed(prune(root, days=99, sessions=2)) == set(days[2:])


def test_the_newest_of_a_target_stays_whatever_its_age(session, root):
    session(400)
    assert prune(root, days=1, sessions=1) == []


def test_a_dry_run_removes_nothing(session, root, capsys):
    old, _ = session(40), session(1)
    (found,) = prune(root, days=30, sessions=9, dry_run=True)
    assert found.removed
    assert "would remove" in found.told(dry_run=True)
    assert old.exists()
    assert not (root / "sessions.json").exists()
    assert main(["prune", "--out", str(root), "--days", "30", "--dry-run"]) == 0
    assert "40 days old, more than 30" in capsys.readouterr().out
    assert old.exists()


def test_what_is_unfinished_accepted_or_kept_by_hand_stays_and_is_told(session, root):
    unfinished, accepted, kept, _ = session(40), session(50), session(60), session(1)
    shutil.rmtree(unfinished / "phase-6")
    for file in (unfinished / "checkpoints").glob("phase-6*"):
        file.unlink()
    model = json.loads((accepted / "phase-5" / "threat-model.json").read_text())
    model["threats"][0] |= {"status": "accepted", "status_reason": "decided on Monday"}
    (accepted / "phase-5" / "threat-model.json").write_text(json.dumps(model))
    (kept / "keep").touch()
    found = prune(root, days=30, sessions=9)
    assert removed(found) == set()
    why = {one.path: one.why for one in found}
    assert "unfinished" in why[unfinished]
    assert "accepted T-" in why[accepted]
    assert "keep" in why[kept]


def test_clones_go_with_their_last_session(session, root):
    for name in ("used", "old", "young", ".unfinished-x"):
        (root / CLONES / name / "shop").mkdir(parents=True)
        if name != "young":
            os.utime(root / CLONES / name, (0, 0))
    session(40, checkout=str(root / CLONES / "old" / "shop"))
    session(1, checkout=str(root / CLONES / "used" / "shop"))
    prune(root, days=30, sessions=9)
    assert {path.name for path in (root / CLONES).iterdir()} == {"used", "young"}


def test_clones_stay_while_a_session_can_not_be_read(session, root):
    (root / CLONES / "old").mkdir(parents=True)
    os.utime(root / CLONES / "old", (0, 0))
    for file in (broken := session(1)).glob("config*.json"):
        file.write_text("{")
    (found,) = prune(root, days=30, sessions=9)
    assert not found.removed
    assert (root / CLONES / "old").exists()
    assert broken.exists()


def test_the_clone_of_a_session_that_lost_its_settings_stays(session, root):
    (root / CLONES / "used" / "shop").mkdir(parents=True)
    os.utime(root / CLONES / "used", (0, 0))
    (session(1, checkout=str(root / CLONES / "used" / "shop")) / "config.json").unlink()
    prune(root, days=30, sessions=9)
    assert (root / CLONES / "used").exists()


def test_roots_below_the_root_are_cleaned_and_nothing_else_is_entered(session, root, tmp_path):
    team = root / "team"
    team.mkdir()
    old, _ = session(40, team), session(1, team)
    (root / CLONES / "x" / "sessions").mkdir(parents=True)
    trap = session(40, root / CLONES / "x" / "sessions")
    (root / "link").symlink_to(tmp_path / "elsewhere")
    elsewhere = session(40, tmp_path / "elsewhere")
    assert removed(prune(root, days=30, sessions=9)) == {old}
    assert trap.exists()
    assert elsewhere.exists()


def test_links_in_a_session_are_removed_and_not_followed(session, root, tmp_path):
    old, _ = session(40), session(1)
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").touch()
    (old / "link").symlink_to(tmp_path / "precious")
    assert removed(prune(root, days=30, sessions=9)) == {old}
    assert (tmp_path / "precious" / "file").exists()


@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_a_number_that_is_none_is_refused(value, capsys):
    with pytest.raises(SystemExit):
        main(["prune", "--days", value])
    assert "no whole number above 0" in capsys.readouterr().err


def test_that_nothing_is_due_is_told(session, root, capsys):
    session(1)
    assert main(["prune", "--out", str(root)]) == 0
    assert "nothing to remove" in capsys.readouterr().out


def test_a_root_that_is_not_there_is_told(tmp_path, capsys):
    assert main(["prune", "--out", str(tmp_path / "mistyped")]) == 2
    assert "--out" in capsys.readouterr().err
