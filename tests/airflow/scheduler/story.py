"""Steps of a story: answer checkpoints over REST and look at what happened."""

import time

from threat_modeling.session import Session
from threat_modeling_airflow.local.follow import SETTLE_SECONDS
from threat_modeling_airflow.names import DAG_ID

PATIENCE_SECONDS = 300


class Story:
    """One session on a server, step by step."""

    def __init__(self, api, **request):
        self.api = api
        self.run_id = api.trigger(request)

    @property
    def session(self):
        """The product's session."""
        return Session.open(self.api.result(self.run_id, "setup"))

    def wait(self, until, what):
        """What `until` returns, once it is something."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if found := until():
                return found
            time.sleep(0.5)
        raise AssertionError(f"waited in vain for {what}: {self.states()}")

    def question(self):
        """The checkpoint that waits, once it has settled."""

        def look():
            assert self.api.run_state(self.run_id) in {"queued", "running"}, self.states()
            return self.api.questions(self.run_id)

        (asked,) = self.wait(look, "a question")
        time.sleep(SETTLE_SECONDS)
        return asked

    def answer(self, option, *, at, **form):
        """Answer the question that waits, which must be of that stage; returns it."""
        asked = self.question()
        assert asked.task_id == f"{at}.checkpoint", asked.subject
        assert self.api.answer(self.run_id, asked, option, form)
        self.wait(
            lambda: asked.map_index not in {one.map_index for one in self.api.questions(self.run_id) if one.task_id == asked.task_id}, "the answer"
        )
        return asked

    def approve_until(self, stage):
        """Approve whatever is asked before that stage."""
        while (asked := self.question()).task_id != f"{stage}.checkpoint":
            self.api.answer(self.run_id, asked, "Approve", {})
            self.wait(lambda one=asked: one.task_id not in {q.task_id for q in self.api.questions(self.run_id)}, "the answer")

    def ended(self):
        """The run's state once it has ended."""
        self.wait(lambda: self.api.run_state(self.run_id) in {"success", "failed"}, "the end")
        return self.api.run_state(self.run_id)

    def tries(self, task_id):
        """{map index: (state, number of tries)} of a task."""
        return {one["map_index"]: (one["state"], one["try_number"]) for one in self.api.tasks(self.run_id) if one["task_id"] == task_id}

    def states(self):
        """(task, map index, state, number of tries) of everything that has a state."""
        return sorted((one["task_id"], one["map_index"], one["state"], one["try_number"]) for one in self.api.tasks(self.run_id) if one["state"])

    def failed_tries(self):
        """Every try, past ones included, that did not end well: (task, map index, try, state)."""
        found = []
        for one in self.api.tasks(self.run_id):
            path = f"/dags/{DAG_ID}/dagRuns/{self.run_id}/taskInstances/{one['task_id']}/"
            path += "tries" if one["map_index"] < 0 else f"{one['map_index']}/tries"
            tries = self.api.call("GET", path)["task_instances"]
            # a task that is cleared before it began is archived as a failed try number 0
            bad = [each for each in tries if each["state"] in {"failed", "up_for_retry", "upstream_failed"} and each["try_number"] > 0]
            found += [(one["task_id"], one["map_index"], each["try_number"], each["state"]) for each in bad]
        return sorted(found)

    def clear(self, task_id, map_index):
        """Clear one mapped instance with its downstream, as the user interface does by default."""
        body = {"dry_run": False, "only_failed": False, "include_downstream": True, "dag_run_id": self.run_id, "task_ids": [[task_id, map_index]]}
        self.api.call("POST", f"/dags/{DAG_ID}/clearTaskInstances", json=body)
