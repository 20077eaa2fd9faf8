from __future__ import annotations

import json
import subprocess
import sys

import pytest

from threat_modeling.__main__ import main


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda p: p / "nowhere", "does not exist"),
        (lambda p: (p / "empty").mkdir() or p / "empty", "is empty"),
        (lambda p: (p / "file").write_text("x") and p / "file", "is a file"),
    ],
    ids=["missing", "empty", "a file"],
)
def test_a_target_that_can_not_be_read_is_told_in_one_line(tmp_path, capsys, make, told):
    assert main(["run", str(make(tmp_path)), "--approve", "auto", "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_context_that_is_missing_is_told_before_anything_runs(tmp_path, capsys):
    (tmp_path / "code").mkdir()
    (tmp_path / "code/a.py").write_text("x = 1\n")
    code = main(["run", str(tmp_path / "code"), "--approve", "auto", "--out", str(tmp_path / "out"), "--context", str(tmp_path / "none.yaml")])
    assert code == 2
    assert "business_context" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["verify"], ["export"]])
def test_what_is_no_session_is_told(tmp_path, capsys, command):
    assert main([*command, str(tmp_path)]) == 2
    assert "is no session" in capsys.readouterr().err


def test_prints_the_schemas(capsys):
    assert main(["schemas"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "strategy" in found["phase-2/sizing-report"]["properties"]


def test_without_a_person_a_checkpoint_is_not_passed(tmp_path):
    (tmp_path / "code").mkdir()
    (tmp_path / "code/a.py").write_text("x = 1\n")
    command = [sys.executable, "-m", "threat_modeling", "run", str(tmp_path / "code"), "--out", str(tmp_path / "out")]
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "waits for a person" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_that_has_seen_enough_is_no_error():
    command = f"{sys.executable} -m threat_modeling rules | head -1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""
