"""A server that dies."""

import re
from contextlib import suppress

import pendulum
import psutil
from tests.airflow.scheduler.conftest import Server, free_port


class Mortal:
    """A server that can be killed with everything it started, and started again on what it left."""

    def __init__(self, home):
        self.home, self.port = home, free_port()
        self.server = Server(home, self.port)

    def kill(self, only=""):
        """SIGKILL of all processes, or of those whose command line has a word; the rest ends by itself then."""
        for process in self.server.processes():
            with suppress(psutil.Error):
                if only in " ".join(process.cmdline()):
                    process.kill()
        self.server.api.close()
        self.server.process.wait(timeout=60)

    def start(self):
        """Start on the same home; what a kill left is ended first."""
        self.server = Server(self.home, self.port)

    def went_on_after(self, since):
        """Seconds from a restart, `since` seconds after 1970, to the first task that ended well; None while there is none."""
        log = (self.home / "logs" / "components" / "scheduler.log").read_text("utf-8", "replace")
        found = re.search(r"^(\S+) .*TaskInstance Finished: .*state=success", log, re.MULTILINE)
        return pendulum.parse(found[1]).timestamp() - since if found else None
