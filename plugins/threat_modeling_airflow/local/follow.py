"""Follows a session in the terminal to its end, and asks there what it asks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import pendulum

from threat_modeling.phases.order import STAGES
from threat_modeling_airflow.local.answers import Draft, NotUnderstoodError, help_text, read
from threat_modeling_airflow.local.api import TERMINAL, ApiError
from threat_modeling_airflow.local.terminal import plain
from threat_modeling_airflow.names import DAG_ID, REPORT, SETUP, VERDICT, group_id

if TYPE_CHECKING:
    from threat_modeling_airflow.local.airflow import Airflow
    from threat_modeling_airflow.local.api import Question
    from threat_modeling_airflow.local.terminal import Terminal

LOOK_SECONDS = 1.0
SETTLE_SECONDS = 4
"""An answer within moments of the question may come before the checkpoint is parked, and is then asked again."""
BAR = 20
"""Characters of a progress bar."""
DONE = frozenset({"success", "failed", "skipped", "upstream_failed"})


class Follower:
    """Shows the progress of one run and takes answers to its checkpoints, from here or from the user interface."""

    def __init__(self, airflow: Airflow, run_id: str, terminal: Terminal) -> None:
        self._airflow = airflow
        self._api = airflow.api
        self._run = run_id
        self._terminal = terminal
        self._shown = ""
        self._asked: Question | None = None
        self._draft = Draft()

    def follow(self) -> None:
        """Return when the run has ended."""
        while True:
            self._airflow.check()
            try:
                if self._api.run_state(self._run) in TERMINAL:
                    return
                self._show(progress(self._api.tasks(self._run)))
                self._ask()
            except httpx.TransportError:
                pass  # the server is busy; `check` tells when it is gone
            line = self._terminal.line(LOOK_SECONDS)
            if line and self._asked:
                self._answer(self._asked, line)

    def _show(self, text: str) -> None:
        if text != self._shown:
            self._terminal.progress(text)
            self._shown = text
        self._terminal.status(waiting(text) if self._asked else text)

    def _ask(self) -> None:
        waiting = self._api.questions(self._run)
        asked = self._asked
        if asked and not any((one.task_id, one.map_index) == (asked.task_id, asked.map_index) for one in waiting):
            answer = self._api.answered(self._run, asked)
            self._terminal.progress(f"Answered: {answer}" if answer else "The question was withdrawn: its phase runs again")
            self._asked = None
        if waiting and self._asked is None:
            self._asked, self._draft = waiting[0], Draft()
            self._terminal.say(f"\n{self._asked.subject}\n\n{plain(self._asked.body.strip())}\n")
            task = f"tasks/{self._asked.task_id}/mapped/{self._asked.map_index}"
            where = f"{self._airflow.url}/dags/{DAG_ID}/runs/{self._run}/{task}/required_actions"
            if self._terminal.can_answer:
                self._terminal.say(f"Answer here or at {where}\n{help_text(self._asked)}")
            else:
                self._terminal.say(f"Answer at {where}")

    def _answer(self, question: Question, line: str) -> None:
        try:
            read(question, line, self._draft)
        except NotUnderstoodError as error:
            self._terminal.say(str(error))
            return
        if self._draft.option is None:
            self._terminal.say("Noted. Choose when you have corrected all you want to.")
            return
        age = (pendulum.now("UTC") - pendulum.DateTime.fromisoformat(question.asked)).total_seconds()
        time.sleep(max(0.0, SETTLE_SECONDS - age))
        try:
            self._api.answer(self._run, question, self._draft.option, self._draft.form)
        except ApiError as error:
            self._terminal.say(f"The answer was refused: {error}")
            self._draft = Draft()


def progress(tasks: list[dict[str, Any]]) -> str:
    """One line for where a run is: the newest stage with work, and how many of its agents are done."""
    states: dict[str, list[Any]] = {}
    for one in tasks:
        states.setdefault(one["task_id"], []).append(one["state"])
    if _begun(states, REPORT) or _begun(states, VERDICT):
        return "Report"
    for stage in reversed(STAGES):
        group = group_id(stage.key)
        if _begun(states, f"{group}.assign"):
            return f"{stage.title}{_agents(tasks, f'{group}.agent')}"
    return "Setup" if _begun(states, SETUP) else "Waiting for the scheduler"


def waiting(text: str) -> str:
    """That line while a question waits: without the bar of agents, which would leave no room for it in a narrow terminal."""
    return f"{text.partition(': [')[0]}: waits for an answer"


def _begun(states: dict[str, list[Any]], task_id: str) -> bool:
    return any(state not in {None, "skipped", "upstream_failed"} for state in states.get(task_id, []))


def _agents(tasks: list[dict[str, Any]], task_id: str) -> str:
    mapped = [one["state"] for one in tasks if one["task_id"] == task_id and one["map_index"] >= 0 and one["state"] != "removed"]
    if not mapped:
        return ""
    failed, done = (sum(state == wanted for state in mapped) for wanted in ("failed", "success"))
    return f": {bar(done, len(mapped))} {done} of {len(mapped)} agents done" + (f", {failed} failed" if failed else "")


def bar(done: int, total: int) -> str:
    """How much of the work is done, in characters that every terminal, log and reader has: `[#####.....]`."""
    filled = BAR * done // max(total, 1)
    return f"[{'#' * filled}{'.' * (BAR - filled)}]"
