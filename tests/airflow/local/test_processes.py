"""Everything that is started ends, whatever it does to get away."""

import subprocess
import sys
import textwrap

import psutil
import pytest

ESCAPEE = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)'], start_new_session=True)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(300)"


def run(body, folder):
    """Run code in a process of its own, since it adopts orphans; returns the pids that it printed."""
    head = f"""
        import os, sys, time, psutil
        from pathlib import Path
        from threat_modeling_airflow.local import processes
        processes.GRACE_SECONDS = 1
        home = Path({str(folder / "home")!r})
        environment = os.environ
        """
    code = textwrap.dedent(head) + textwrap.dedent(body)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return [int(pid) for pid in done.stdout.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")
def test_a_grandchild_in_its_own_session_whose_parent_died(tmp_path):
    pids = run(
        f"""
        with processes.sole_user(home):
            processes.start("escape", ["-c", {ESCAPEE!r}], environment, home).wait()
            time.sleep(0.3)
            print(*[p.pid for p in psutil.Process().children(recursive=True)])
            processes.end_descendants()
        """,
        tmp_path,
    )
    assert pids
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_one_that_ignores_the_polite_signal(tmp_path):
    pids = run(
        f"""
        home.mkdir()
        child = processes.start("stubborn", ["-c", {STUBBORN!r}], environment, home)
        while not processes.log_of(home, "stubborn").read_text(): time.sleep(0.05)
        print(child.pid)
        processes.end_descendants()
        """,
        tmp_path,
    )
    assert not psutil.pid_exists(pids[0])


def test_what_a_killed_start_left_is_ended_by_the_next(tmp_path):
    (left,) = run(
        f"""
        home.mkdir()
        child = processes.start("stubborn", ["-c", {STUBBORN!r}], environment, home)
        print(child.pid, flush=True)
        os._exit(0)
        """,
        tmp_path,
    )
    assert psutil.pid_exists(left)
    run("with processes.sole_user(home): pass", tmp_path)
    assert not psutil.pid_exists(left) or psutil.Process(left).status() == psutil.STATUS_ZOMBIE


def test_a_home_in_use_is_refused(tmp_path):
    run(
        """
        from threat_modeling_airflow.local.options import Refused
        with processes.sole_user(home):
            try:
                with processes.sole_user(home):
                    raise SystemExit("not refused")
            except Refused as error:
                assert "Ctrl-C" in str(error)
        """,
        tmp_path,
    )
