"""A person at a browser: Debian's Chromium, with everything that goes wrong in it on record."""

import re
import shutil

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-proxy-server", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
AIRFLOWS_OWN = (
    r"An iframe which has both allow-scripts and allow-same-origin",  # how Airflow frames every page of a plugin
    r"favicon",
)


class Person:
    """One browser window. `complaints` are console errors, failed requests and requests to other hosts."""

    def __init__(self, browser, base, **context):
        self.base = base
        self.context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True, **context)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("console", lambda message: message.type in {"error", "warning"} and self._note(message.text))
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("response", lambda answer: answer.status >= 400 and self._note(f"{answer.status} {answer.url}"))
        self.page.on("request", lambda request: re.match(r"https?:", request.url) and not request.url.startswith(base) and self._note(request.url))

    def _note(self, text):
        if not any(re.search(known, text) for known in AIRFLOWS_OWN):
            self.complaints.append(text)

    def log_in(self, user, password):
        """As a person does."""
        self.page.goto(self.base)
        self.page.locator("input[name=username]").fill(user)
        self.page.locator("input[name=password]").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("link", name="Dags").first.wait_for()
        self.complaints.clear()  # what the login page says is not ours

    def open(self, path):
        """Go to a page of this Airflow."""
        self.page.goto(self.base + path)

    def frame(self):
        """Our page inside Airflow's."""
        return self.page.frame_locator("iframe").first
