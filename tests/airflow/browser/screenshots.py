"""Pictures of every page for the documentation, from a real session: `python -m tests.airflow.browser.screenshots docs/images`."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.airflow.agent_killer import AgentKiller
from tests.airflow.person import CHROMIUM, FLAGS, Person
from tests.airflow.scheduler.conftest import Server, free_port
from tests.airflow.scheduler.story import Story

from threat_modeling_airflow.local.airflow_environment import USER, password_of
from threat_modeling_airflow.pages import addresses

SAMPLE = Path(__file__).parents[3] / "samples" / "bookshop"
LOADED = 4000
"""Milliseconds after which a page of Airflow has drawn itself."""


class Camera:
    """Takes each page wide and narrow, light and dark."""

    def __init__(self, browser, server, folder):
        self.folder = folder
        base = f"http://127.0.0.1:{server.port}"
        self.people = {scheme: Person(browser, base, color_scheme=scheme) for scheme in ("light", "dark")}
        for person in self.people.values():
            person.log_in(USER, password_of(server.home))

    def take(self, name, path, before=None, narrow=None):
        """`before` brings the page into the state to be shown; `narrow` is our page alone, for where Airflow's frame leaves it no room."""
        for scheme, person in self.people.items():
            for width, height, shown in ((1400, 900, path), (370, 800, narrow)):
                if shown is None:
                    continue
                person.page.set_viewport_size({"width": width, "height": height})
                person.open(shown)
                person.page.wait_for_load_state("networkidle")
                person.page.wait_for_timeout(LOADED)
                if before and width > 400:
                    before(person.page)
                    person.page.wait_for_timeout(1000)
                person.page.screenshot(path=self.folder / f"{name}-{width}-{scheme}.jpg", type="jpeg", quality=72)
        print(name, flush=True)


def shoot(server, camera, folder):
    """One session with a failed agent and a revision, then a second one."""
    target = Path(shutil.copytree(SAMPLE, folder / "bookshop"))
    camera.take("trigger", "/dags/threat_modeling", lambda page: page.get_by_role("button", name="Trigger").first.click())
    story = Story(server.api, target=str(target), out=str(folder / "out"), components=["api", "mailer"])
    run = addresses.run_page("threat_modeling", story.run_id)
    tab = addresses.tab("threat_modeling", story.run_id)
    page = addresses.session_page("threat_modeling", story.run_id)

    def review(stage):
        asked = story.question()
        assert asked.task_id == f"{stage}.checkpoint", asked.subject
        return addresses.question("threat_modeling", story.run_id, asked.task_id, asked.map_index)

    camera.take("review", review("phase_1"))
    story.answer("Approve", at="phase_1")
    with AgentKiller(r"mailer\b", folder):
        review("phase_3")
    camera.take("failed", tab, narrow=page)
    failed = next(index for index, (state, _) in story.tries("phase_3.agent").items() if state == "failed")
    agent = addresses.agent("threat_modeling", story.run_id, "phase_3", failed)
    camera.take("clear", agent, lambda page: page.get_by_role("button", name="Press shift+c to clear").click())
    story.clear("phase_3.agent", failed)
    story.wait(lambda: len(story.session.checkpoints.rounds("phase-3")) == 2, "the second round")
    story.answer("Revise", at="phase_3", feedback="The mailer is reached from the inside only")
    camera.take("revise", review("phase_3"))
    camera.take("live", tab, narrow=page)
    camera.take("agent", f"{agent}/plugin/threat-model-agent", narrow=f"{page}/tasks/phase_3.agent/{failed}")
    story.approve_until("phase_6")
    story.answer("Approve", at="phase_6")
    story.ended()
    camera.take("report", tab, narrow=f"{page}/report")
    second = Story(server.api, target=str(target), out=str(folder / "out"), components=["api", "mailer"], approval="auto")
    second.ended()
    Story(server.api, target=str(target), out=str(folder / "out")).question()
    camera.take("threats", "/plugin/threats", narrow="/threat-model/")
    camera.take("run", run)


def main():
    """Write the pictures into the folder that is named."""
    images = Path(sys.argv[1])
    images.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="threat-modeling-screenshots-") as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        os.environ |= {"THREAT_MODELING_ALLOWED_TARGETS": temporary, "THREAT_MODELING_SESSIONS_ROOT": temporary}
        server = Server(folder / "home", free_port())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            shoot(server, Camera(browser, server, images), folder)
        finally:
            browser.close()
            server.end()


if __name__ == "__main__":
    main()
