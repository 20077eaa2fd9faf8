"""The command line from outside: wrong input, a hostile current folder, kills, a full disk, two sessions at once."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys

import pytest

from tests.pipeline.shops import write_services
from threat_modeling.pipeline import run_session
from threat_modeling.session import Session
from threat_modeling.verdict import verdict

COMMAND = [sys.executable, "-m", "threat_modeling"]


def run(*arguments, **options):
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, **options)


@pytest.fixture
def shop(tmp_path):
    return write_services(tmp_path / "shop", ["cart"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", ""], "target"),
        (["run", "a\x01b"], "does not exist"),
        (["run", b"\xff\xfe"], "target"),
        (["run", "a" * 5000], "4096"),
        (["run", "/dev/zero"], "is a file"),
        (["run", "loop"], "does not exist"),
        (["run", "shop", "--approve", "auto", "--out", "loop"], "not a writable folder"),
        (["run", "shop", "--approve", "auto", "--out", "/dev/null"], "not a writable folder"),
        (["run", "shop", "--approve", "auto", "--out", "/proc/x"], "check the path"),
        (["run", "shop", "--approve", "auto", "--out", "shop/out"], "inside the target"),
        (["run", "shop", "--approve", "auto", "--context", "pipe"], "not a readable file"),
        (["run", "shop", "--approve", "auto", "--context", "noise.yaml"], "UTF-8"),
        (["run", "shop", "--approve", "auto", "--context", "bomb.yaml"], "aliases"),
        (["run", "links", "--approve", "auto"], "no files"),
        (["verify", b"\xff"], "is no session"),
        (["verify", "a" * 5000], "too long"),
        (["export", "/dev/null"], "is no session"),
    ],
)
def test_wrong_input_is_told_in_one_line(tmp_path, arguments, told):
    write_services(tmp_path / "shop", ["cart"])
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "noise.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "bomb.yaml").write_text("crown_jewels: &a [x]\ncompliance: *a\n")
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "etc").symlink_to("/etc")
    command = [*COMMAND, *arguments]
    result = subprocess.run(command, capture_output=True, cwd=tmp_path, stdin=subprocess.DEVNULL, check=False, timeout=60)
    error = result.stderr.decode("utf-8", "replace")
    assert result.returncode == 2
    assert told in error
    assert error.count("\n") == 1
    assert "Traceback" not in error


def test_nothing_is_imported_from_the_current_folder(tmp_path, shop):
    for name in (
        "yaml",
        "pydantic",
        "argparse",
        "errno",
        "jinja2",
        "pathspec",
        "ast_grep_py",
        "cvss",
        "tomllib",
        "pendulum",
        "ctypes",
        "sitecustomize",
    ):
        (shop / f"{name}.py").write_text(f"open({str(tmp_path / 'pwned')!r}, 'w')\n")
    assert run("run", ".", "--approve", "auto", "--out", tmp_path / "out", cwd=shop).returncode == 0
    assert not (tmp_path / "pwned").exists()


def test_a_closed_pipe_is_no_traceback():
    process = subprocess.Popen([*COMMAND, "schemas"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()


@pytest.mark.parametrize("limit", [0, 1000, 20_000])
def test_a_full_disk_is_told_with_its_remedy(tmp_path, shop, limit):
    limited = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))  # noqa: E731 - what runs in the child
    result = run("run", shop, "--approve", "auto", "--out", tmp_path / "out", preexec_fn=limited)
    assert result.returncode == 2
    assert "make room there" in result.stderr
    assert "None" not in result.stderr
    assert "Traceback" not in result.stderr
    assert not [p for p in (tmp_path / "out").rglob(".*") if p.is_file()]


def test_sessions_that_start_together_do_not_meet(tmp_path, shop):
    command = [*COMMAND, "run", str(shop), "--approve", "auto", "--out", str(tmp_path / "out"), "--quiet"]
    together = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(p.communicate()[1], p.returncode) for p in together] == [(b"", 0)] * 3
    assert len(Session.all(tmp_path / "out")) == 3


def _agents(folder):
    """Process ids of the agents that work for sessions below a folder."""
    listed = subprocess.run(["ps", "-eww", "-o", "pid,args"], capture_output=True, text=True, check=True).stdout.split("\n")
    return [int(line.split()[0]) for line in listed if "threat_modeling.agent_process" in line and str(folder) in line]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_session_that_is_killed_leaves_no_agent_and_goes_on(tmp_path, shop, how):
    command = [*COMMAND, "run", str(shop), "--approve", "auto", "--out", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, stdin=subprocess.DEVNULL) as process:
        next(line for line in process.stdout if line.startswith("phase-3"))
        while not _agents(tmp_path):
            assert process.poll() is None
        process.send_signal(how)
        process.wait(timeout=5)
    for _ in range(50):
        if not _agents(tmp_path):
            break
        signal.sigtimedwait([], 0.1)
    assert _agents(tmp_path) == []
    session = Session.open(next((tmp_path / "out").glob("2*")))
    delivered = session.integrity.get("phase-1/components/context.json") or session.integrity.get("phase-2/components/sizing.json")
    told = []
    assert run_session(session, None, told.append).status == "complete"
    assert delivered is not None
    assert any(line.endswith("as delivered") for line in told)


def test_an_agent_that_is_killed_is_tried_again(tmp_path, shop):
    command = [*COMMAND, "run", str(shop), "--approve", "auto", "--out", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, stdin=subprocess.DEVNULL) as process:
        next(line for line in process.stdout if line.startswith("phase-3"))
        while not (agents := _agents(tmp_path)):
            assert process.poll() is None
        os.kill(agents[0], signal.SIGKILL)
        process.communicate()
    assert process.returncode == 0
    assert verdict(Session.open(next((tmp_path / "out").glob("2*")))).status == "complete"
