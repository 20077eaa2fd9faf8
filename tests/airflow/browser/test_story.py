"""The whole story, as a security engineer lives it in the browser."""

import json
import re

import pytest
from tests.airflow.agent_killer import AgentKiller
from tests.airflow.flawed import FLAWED
from tests.airflow.scheduler.story import Story

from threat_modeling_airflow.local.follow import SETTLE_SECONDS

pytestmark = pytest.mark.scheduler


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Two services with a flaw each."""
    folder = tmp_path_factory.mktemp("targets") / "shop"
    for number, name in enumerate(("api", "web")):
        (folder / name).mkdir(parents=True)
        (folder / name / "app.py").write_text(FLAWED.format(n=number))
    (folder / "README.md").write_text("# Shop\nSells things.\n")
    return folder


class Reader:
    """What the person sees of one run."""

    def __init__(self, person, api, run_id):
        self.person, self.api, self.run_id = person, api, run_id
        self.story = Story.__new__(Story)
        self.story.api, self.story.run_id = api, run_id

    def review(self, stage, number):
        """Open the question of a round and wait until it is shown; returns the page."""
        asked = self.story.question()
        assert asked.task_id == f"{stage}.checkpoint"
        self.person.open(f"/dags/threat_modeling/runs/{self.run_id}/tasks/{asked.task_id}/mapped/{asked.map_index}/required_actions")
        page = self.person.page
        page.get_by_role("button", name="Approve", exact=True).wait_for()
        assert page.get_by_text(re.compile(f"round {number}")).count()
        page.wait_for_timeout(SETTLE_SECONDS * 1000)
        return page

    def asks(self, stage):
        """Whether the next question is of that stage."""
        return self.story.question().task_id == f"{stage}.checkpoint"

    def press(self, option):
        """Answer, and wait until the server has it."""
        with self.person.page.expect_response(lambda answer: "hitlDetails" in answer.url and answer.request.method == "PATCH") as answer:
            self.person.page.get_by_role("button", name=option, exact=True).click()
        assert answer.value.ok
        self.person.page.wait_for_timeout(1500)


def cleared_for_real(answer):
    """Tell the clearing from its preview."""
    return answer.url.endswith("/clearTaskInstances") and '"dry_run":true' not in (answer.request.post_data or "")


def test_from_the_form_to_the_report(server, person, shop, tmp_path):
    reader = Reader(person, server.api, trigger(person, shop, tmp_path / "out"))
    correct_a_crown_jewel(reader)
    clear_a_failed_agent(reader, tmp_path)
    revise_the_map(reader)
    approve_the_rest(reader)
    read_the_report(person)
    assert person.complaints == []


def trigger(person, shop, out):
    """Fill in the form; returns the id of the run."""
    page = person.page
    person.open("/dags/threat_modeling")
    page.get_by_role("button", name="Trigger").first.click()
    page.locator("#element_target").fill(str(shop))
    page.get_by_role("button", name="Which parts of the target?").click()
    page.locator("#element_components").fill("api\nweb")
    page.get_by_role("button", name="What is written, and where?").click()
    page.locator("#element_out").fill(str(out))
    with page.expect_response(lambda answer: answer.url.endswith("/dagRuns") and answer.request.method == "POST") as triggered:
        page.get_by_role("button", name="Trigger", exact=True).last.click()
    return triggered.value.json()["dag_run_id"]


def correct_a_crown_jewel(reader):
    """At phase 1, in the form."""
    page = reader.review("phase_1", 1)
    page.locator("#element_crown_jewels").fill("the ledger")
    reader.press("Revise")
    page = reader.review("phase_1", 2)
    assert page.get_by_role("cell", name="the ledger").count()
    reader.press("Approve")


def clear_a_failed_agent(reader, root):
    """An agent dies for good; the gap is shown, and the agent is cleared by the documented clicks."""
    person, page = reader.person, reader.person.page
    with AgentKiller(r"api\b", root):
        reader.review("phase_3", 1)
    assert page.get_by_text("Failed:").count()
    person.open(f"/dags/threat_modeling/runs/{reader.run_id}/plugin/threat-model")
    frame = person.frame()
    frame.get_by_text("2 of 3 agents done").wait_for()
    frame.get_by_role("link", name=re.compile("this agent.s task")).click()
    page.wait_for_url("**/mapped/*")
    page.get_by_text("phase_3.agent [").first.wait_for()
    page.wait_for_timeout(3000)  # a dialog that is opened while the page still loads is closed again
    page.get_by_role("button", name="Press shift+c to clear").click()
    page.wait_for_timeout(1500)
    with page.expect_response(cleared_for_real) as cleared:
        page.get_by_role("button", name="Confirm").click()
    assert cleared.value.ok


def revise_the_map(reader):
    """The feedback is seen in the next round."""
    page = reader.review("phase_3", 2)
    assert not page.get_by_text("Failed:").count()
    page.locator("#element_feedback").fill("The api stands behind a gateway")
    reader.press("Revise")
    page = reader.review("phase_3", 3)
    assert page.get_by_text("The api stands behind a gateway").count()
    assert page.get_by_text("Since the last round").count()
    assert page.get_by_role("img", name="Data-flow diagram").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Open the full review").click()
    popup.value.get_by_role("heading", name="Shop: threat model").wait_for()
    assert popup.value.get_by_text("it is not the whole model").count()
    assert popup.value.locator("#surface").get_by_text("/items0").count()
    popup.value.close()
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Phases and agents").click()
    popup.value.get_by_text("3 of 3 agents done").wait_for()
    popup.value.close()
    reader.press("Approve")


def approve_the_rest(reader):
    """Every batch that asks, and phases 5 and 6."""
    for stage in ("phase_4_critical", "phase_4_high", "phase_4_medium", "phase_4_low", "phase_5", "phase_6"):
        if reader.asks(stage):
            reader.review(stage, 1)
            reader.press("Approve")
    assert reader.story.ended() == "success"


def read_the_report(person):
    """From the page of all sessions to the tab, and a file of it."""
    page = person.page
    person.open("/plugin/threats")
    row = person.frame().get_by_role("row", name=re.compile("shop"))
    row.get_by_text("complete").wait_for()
    row.get_by_role("link", name="shop").click()
    inner = person.frame().frame_locator("iframe")
    inner.get_by_role("heading", name="Shop: threat model").wait_for()
    with page.expect_download() as download:
        person.frame().get_by_role("link", name="sarif").click()
    sarif = json.loads(download.value.path().read_text())
    assert sarif["runs"][0]["invocations"][0]["executionSuccessful"] is True
    assert sarif["runs"][0]["results"]
