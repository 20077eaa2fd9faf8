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
PATIENCE = 60_000
DRAWN = 3500
"""Milliseconds: for what a picture is about to appear, and for Airflow to draw the rest."""


def framed(text):
    """Our page inside Airflow's shows that text."""
    return lambda page: page.frame_locator("iframe").first.get_by_text(text).first


def answerable(page):
    """The buttons of a checkpoint."""
    return page.get_by_role("button", name="Approve", exact=True)


class Camera:
    """Takes each page wide and narrow, light and dark."""

    def __init__(self, browser, server, folder):
        self.folder = folder
        base = f"http://127.0.0.1:{server.port}"
        self.people = {scheme: Person(browser, base, color_scheme=scheme) for scheme in ("light", "dark")}
        for person in self.people.values():
            person.log_in(USER, password_of(server.home))

    def take(self, name, path, ready, before=None, narrow=None):
        """`ready` finds what must be there first, `before` brings the page into the state to be shown.

        `narrow` is our page alone, where there is one: Airflow's own frame leaves little room there.
        """
        for scheme, person in self.people.items():
            for width, height in ((1400, 900), (370, 800)):
                wide = width > 400
                person.page.set_viewport_size({"width": width, "height": height})
                person.open(path if wide or narrow is None else narrow)
                if wide:
                    ready(person.page).wait_for(timeout=PATIENCE)
                elif narrow is not None:
                    person.page.locator("h1").first.wait_for(timeout=PATIENCE)
                person.page.wait_for_timeout(DRAWN)
                if before and wide:
                    before(person.page)
                    person.page.wait_for_timeout(1000)
                person.page.screenshot(path=self.folder / f"{name}-{width}-{scheme}.jpg", type="jpeg", quality=72)
        print(name, flush=True)


def shoot(server, camera, folder):
    """One session with a failed agent and a revision, then a second one."""
    target = Path(shutil.copytree(SAMPLE, folder / "bookshop"))
    camera.take("trigger", "/dags/threat_modeling", trigger, before=open_form)
    story = Story(server.api, target=str(target), out=str(folder / "out"), components=["api", "mailer"])
    run = addresses.run_page("threat_modeling", story.run_id)
    tab = addresses.tab("threat_modeling", story.run_id)
    page = addresses.session_page("threat_modeling", story.run_id)

    def review(stage):
        asked = story.question()
        assert asked.task_id == f"{stage}.checkpoint", asked.subject
        return addresses.question("threat_modeling", story.run_id, asked.task_id, asked.map_index)

    camera.take("review", review("phase_1"), answerable)
    story.answer("Approve", at="phase_1")
    with AgentKiller(r"mailer\b", folder):
        review("phase_3")
    camera.take("failed", tab, framed("Next: open"), narrow=page)
    failed = next(index for index, (state, _) in story.tries("phase_3.agent").items() if state == "failed")
    agent = addresses.agent("threat_modeling", story.run_id, "phase_3", failed)
    camera.take("clear", f"{agent}/plugin/threat-model-agent", clear, before=lambda page: clear(page).click())
    story.clear("phase_3.agent", failed)
    story.wait(lambda: len(story.session.checkpoints.rounds("phase-3")) == 2, "the second round")
    story.answer("Revise", at="phase_3", feedback="The mailer is reached from the inside only")
    camera.take("revise", review("phase_3"), answerable)
    camera.take("live", tab, framed("Waits for a review"), narrow=page)
    camera.take("agent", f"{agent}/plugin/threat-model-agent", framed("Assignment"), narrow=f"{page}/tasks/phase_3.agent/{failed}")
    story.answer("Approve", at="phase_3")
    camera.take("batch", review("phase_4_critical"), answerable)
    camera.take("everything", f"{page}/review", lambda page: page.locator("h1").first, narrow=f"{page}/review")
    story.approve_until("phase_6")
    story.answer("Approve", at="phase_6")
    story.ended()
    camera.take("report", tab, lambda page: page.frame_locator("iframe").first.frame_locator("iframe").locator("h1"), narrow=f"{page}/report")
    camera.take("threat", f"{page}/report#T-001", lambda page: page.locator("#T-001[open]"), narrow=f"{page}/report#T-001")
    second = Story(server.api, target=str(target), out=str(folder / "out"), components=["api", "mailer"], approval="auto")
    second.ended()
    Story(server.api, target=str(target), out=str(folder / "out")).question()
    camera.take("threats", "/plugin/threats", framed("Approved by"), narrow="/threat-model/")
    camera.take("run", run, lambda page: page.get_by_role("link", name="full page"))


def trigger(page):
    """The button that opens the form."""
    return page.get_by_role("button", name="Trigger").first


def open_form(page):
    """Open it at the questions that have defaults: the first one names folders of this machine."""
    trigger(page).click()
    page.get_by_role("button", name="Run Parameters").click()
    page.get_by_role("button", name="How is it scored and approved?").click()


def clear(page):
    """The button that clears a task."""
    return page.get_by_role("button", name="Press shift+c to clear")


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
