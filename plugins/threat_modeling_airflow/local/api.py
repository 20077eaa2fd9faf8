"""The calls of Airflow's REST API that the command needs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx

from threat_modeling_airflow.names import AGENT_POOL, DAG_ID

BUSY_TRIES = 20
TERMINAL = frozenset({"success", "failed"})


class ApiError(Exception):
    """A call was refused; the message holds the status and what Airflow said."""


@dataclass(frozen=True)
class Question:
    """A checkpoint that waits for an answer. `fields` maps each form field to {value, description, schema}; `asked` is UTC, ISO 8601."""

    task_id: str
    map_index: int
    subject: str
    body: str
    options: tuple[str, ...]
    fields: dict[str, dict[str, Any]]
    asked: str


class Api:
    """A logged-in client. Raises ApiError, or httpx.TransportError while the server is not there."""

    def __init__(self, base_url: str, user: str, password: str) -> None:
        self._client = httpx.Client(base_url=base_url, timeout=60, trust_env=False)
        self._login = {"username": user, "password": password}

    def close(self) -> None:
        """Release the connections."""
        self._client.close()

    def call(self, method: str, path: str, **arguments: Any) -> Any:
        """The JSON answer of `/api/v2<path>`; logs in first, and again when the login has expired."""
        if "Authorization" not in self._client.headers:
            self._log_in()
        answer = self._request(method, path, arguments)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._log_in()
            answer = self._request(method, path, arguments)
        if answer.is_error:
            raise ApiError(f"{answer.status_code}: {answer.text[:1000]}")
        return answer.json() if answer.content else None

    def _request(self, method: str, path: str, arguments: dict[str, Any]) -> httpx.Response:
        """SQLite has one writer: while a restarted scheduler takes up what a killed one left, a call may find it busy, and nothing is done."""
        for _ in range(BUSY_TRIES):
            answer = self._client.request(method, f"/api/v2{path}", **arguments)
            if answer.status_code != httpx.codes.INTERNAL_SERVER_ERROR or "Database error" not in answer.text:
                break
            time.sleep(1)
        return answer

    def ready(self) -> bool:
        """Whether database, scheduler and DAG processor are healthy and the DAG is known. Raises ApiError on a DAG that can't be imported."""
        health = self.call("GET", "/monitor/health")
        if any(health[part]["status"] != "healthy" for part in ("metadatabase", "scheduler", "dag_processor")):
            return False
        for filename, message in self.import_errors():
            if filename == f"{DAG_ID}.py":
                raise ApiError(f"a DAG can't be imported: {filename}: {message}")
        return any(dag["dag_id"] == DAG_ID for dag in self.call("GET", "/dags", params={"dag_id_pattern": DAG_ID})["dags"])

    def missing(self) -> str:
        """What keeps sessions from running in the server, a line each; "" when nothing does."""
        answer = self._client.get("/threat-modeling-rounds/health")
        return "" if answer.is_success else answer.text[:1000]

    def import_errors(self) -> list[tuple[str, str]]:
        """(file, message) of every DAG file that can't be imported."""
        errors = self.call("GET", "/importErrors")["import_errors"]
        return [(error["filename"], error["stack_trace"].strip().rpartition("Error: ")[2].splitlines()[-1]) for error in errors]

    def make_pool(self, slots: int) -> None:
        """Create the agents' pool, or set its size."""
        pool = {
            "name": AGENT_POOL,
            "slots": slots,
            "description": "Agents of threat-modeling sessions that may run at once.",
            "include_deferred": False,
        }
        try:
            self.call("POST", "/pools", json=pool)
        except ApiError:
            self.call("PATCH", f"/pools/{AGENT_POOL}", json=pool)

    def unpause(self) -> None:
        """Let the DAG's runs start."""
        self.call("PATCH", f"/dags/{DAG_ID}", json={"is_paused": False})

    def trigger(self, request: dict[str, Any]) -> str:
        """Start a session; returns the run's id."""
        run: str = self.call("POST", f"/dags/{DAG_ID}/dagRuns", json={"logical_date": None, "conf": request})["dag_run_id"]
        return run

    def run_state(self, run_id: str) -> str:
        """The run's state: queued, running, success or failed."""
        state: str = self.call("GET", f"/dags/{DAG_ID}/dagRuns/{run_id}")["state"]
        return state

    def unfinished(self) -> list[str]:
        """Ids of runs of earlier starts that have not ended."""
        runs = self.call("GET", f"/dags/{DAG_ID}/dagRuns", params={"state": ["running", "queued"], "limit": 100})["dag_runs"]
        return [run["dag_run_id"] for run in runs]

    def tasks(self, run_id: str) -> list[dict[str, Any]]:
        """Every task instance of a run."""
        found: list[dict[str, Any]] = []
        while True:
            parameters = {"limit": 100, "offset": len(found)}
            page = self.call("GET", f"/dags/{DAG_ID}/dagRuns/{run_id}/taskInstances", params=parameters)
            found += page["task_instances"]
            if len(found) >= page["total_entries"] or not page["task_instances"]:
                return found

    def result(self, run_id: str, task_id: str) -> Any:
        """What a task returned, None when it returned nothing."""
        try:
            path = f"/dags/{DAG_ID}/dagRuns/{run_id}/taskInstances/{task_id}/xcomEntries/return_value"
            return self.call("GET", path, params={"deserialize": False})["value"]
        except ApiError:
            return None

    def questions(self, run_id: str) -> list[Question]:
        """The checkpoints of a run that wait for a person."""
        parameters = {"response_received": False, "state": "awaiting_input"}
        rows = self.call("GET", f"/dags/{DAG_ID}/dagRuns/{run_id}/hitlDetails", params=parameters)["hitl_details"]
        return [
            Question(
                task_id=row["task_instance"]["task_id"],
                map_index=row["task_instance"]["map_index"],
                subject=row["subject"],
                body=row["body"] or "",
                options=tuple(row["options"]),
                fields=row["params"],
                asked=row["created_at"],
            )
            for row in rows
        ]

    def answer(self, run_id: str, question: Question, option: str, form: dict[str, Any]) -> bool:
        """Answer a checkpoint; False when someone else was faster."""
        body = {"chosen_options": [option], "params_input": form}
        try:
            self.call("PATCH", self._detail(run_id, question), json=body)
        except ApiError as error:
            if str(error).startswith(("409", "404")):
                return False
            raise
        return True

    def answered(self, run_id: str, question: Question) -> str:
        """Who chose what: "Approve by admin"; "" when the question was withdrawn."""
        try:
            row = self.call("GET", self._detail(run_id, question))
        except ApiError:
            return ""
        if not row["response_received"]:
            return ""
        return f"{', '.join(row['chosen_options'])} by {row['responded_by_user']['name']}"

    def _detail(self, run_id: str, question: Question) -> str:
        return f"/dags/{DAG_ID}/dagRuns/{run_id}/taskInstances/{question.task_id}/{question.map_index}/hitlDetails"

    def _log_in(self) -> None:
        answer = self._client.post("/auth/token", json=self._login)
        if answer.is_error:
            raise ApiError(f"login: {answer.status_code}: {answer.text[:300]}")
        self._client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
