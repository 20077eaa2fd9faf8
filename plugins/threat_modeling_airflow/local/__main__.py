"""`python -m threat_modeling_airflow.local run TARGET`: one session on a real Airflow, from start to report; `up`: that Airflow alone.

Exit codes: 0 complete; 3 a person stopped it, the report is partial; 1 incomplete or failed; 2 refused before it began; 130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threat_modeling_airflow.local.airflow import Airflow, local_airflow
from threat_modeling_airflow.local.airflow_environment import USER
from threat_modeling_airflow.local.api import ApiError
from threat_modeling_airflow.local.follow import Follower
from threat_modeling_airflow.local.options import Refused, parse
from threat_modeling_airflow.local.terminal import Terminal
from threat_modeling_airflow.names import DAG_ID, REPORT, SETUP

if TYPE_CHECKING:
    from types import FrameType

REFUSED, FAILED, INTERRUPTED = 2, 1, 130


def main() -> int:
    """Run the command; returns the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    terminal = Terminal()
    try:
        options = parse(sys.argv[1:], os.environ)
        terminal.progress(f"Starting Airflow in {options.home} (first time: about a minute)")
        with local_airflow(options.home, options.port, options.settings) as airflow:
            return _up(airflow, terminal) if options.request is None else _session(airflow, options.request, terminal)
    except Refused as error:
        print(f"Not possible. {error}", file=sys.stderr)
        return REFUSED
    except ApiError as error:
        print(f"Airflow refused: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        terminal.say("Interrupted: every process has ended. What was delivered stays; the session goes on at the next start.")
        return INTERRUPTED


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Leave through every context, once: a second signal must not cut the ending short."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _up(airflow: Airflow, terminal: Terminal) -> int:
    terminal.progress(f"Ready: {airflow.url}/dags/{DAG_ID}, trigger a session there; Ctrl-C ends Airflow")
    _tell_login(airflow, terminal)
    _tell_wrong(airflow, terminal)
    while True:
        airflow.check()
        time.sleep(1)


def _session(airflow: Airflow, request: dict[str, Any], terminal: Terminal) -> int:
    _tell_earlier(airflow, Path(request["out"]), terminal)
    _tell_wrong(airflow, terminal)
    run_id = airflow.api.trigger(request)
    terminal.progress(f"Session started: {airflow.url}/dags/{DAG_ID}/runs/{run_id}")
    _tell_login(airflow, terminal)
    Follower(airflow, run_id, terminal).follow()
    return _end(airflow, run_id, terminal)


def _tell_login(airflow: Airflow, terminal: Terminal) -> None:
    terminal.say(f"        log in as {USER} with the password {airflow.password}")


def _tell_wrong(airflow: Airflow, terminal: Terminal) -> None:
    for filename, message in airflow.api.import_errors():
        terminal.progress(f"Left out, see the import errors in the user interface: {filename}: {message}")


def _tell_earlier(airflow: Airflow, out: Path, terminal: Terminal) -> None:
    from threat_modeling.session import Session  # noqa: PLC0415 - read once Airflow is up

    earlier = Session.all(out)
    if earlier:
        terminal.progress(f"{len(earlier)} earlier session(s) in {out}, the newest: {earlier[-1].id}")
    for run_id in airflow.api.unfinished():
        terminal.progress(f"Goes on: {airflow.url}/dags/{DAG_ID}/runs/{run_id}")


def _end(airflow: Airflow, run_id: str, terminal: Terminal) -> int:
    from threat_modeling.session import Session  # noqa: PLC0415
    from threat_modeling.verdict import verdict  # noqa: PLC0415

    folder = airflow.api.result(run_id, SETUP)
    if not folder:
        logs = airflow.home / "logs" / f"dag_id={DAG_ID}" / f"run_id={run_id}"
        terminal.progress(f"Failed: the session did not start. The log of its setup task says why: {logs / f'task_id={SETUP}'}")
        return FAILED
    session = Session.open(folder)
    found = verdict(session)
    word = {"complete": "Complete", "stopped": "Stopped by a person, the report is partial", "incomplete": "Incomplete, the report is partial"}
    terminal.progress(word[found.status] + "".join(f"\n  - {reason}" for reason in found.reasons))
    report: dict[str, Any] = airflow.api.result(run_id, REPORT) or {}
    for path in report.get("files", []):
        terminal.say(f"  {session.path / path}")
    if not report:
        terminal.say(f"No report was written, see the log of the task {REPORT}. The session: {session.path}")
    failed = [one["task_id"] for one in airflow.api.tasks(run_id) if one["state"] == "failed"]
    if failed:
        logs = airflow.home / "logs" / f"dag_id={DAG_ID}" / f"run_id={run_id}"
        terminal.say(f"Failed tasks: {', '.join(sorted(set(failed)))}. Their logs: {logs}\nCorrect the cause and start again: that is a new session.")
    return found.exit_code or (FAILED if failed else 0)


if __name__ == "__main__":
    sys.exit(main())
