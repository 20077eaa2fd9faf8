"""A server that dies."""

from contextlib import suppress

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
