"""Signals to the process of an agent, as the kernel or a hanging parser would have it."""

import os
import re
import signal
import threading
from contextlib import suppress

import psutil


def agents_of(root, task=".*"):
    """Process ids of the agents that work for sessions below a root on a task whose id matches."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        ours = any(argument.startswith(str(root)) for argument in command)
        if ours and "threat_modeling.agent_process" in command and any(re.match(task, argument) for argument in command):
            found.append(process.pid)
    return found


class AgentSignal(threading.Thread):
    """Sends a signal to an agent's process whenever it appears, at most `times` times.

    SIGKILL is what the kernel does when memory is short; SIGSTOP is a parser that hangs: no handler of Python's runs, and only the
    kill at the limit ends it.
    """

    def __init__(self, task, root, number=signal.SIGKILL, times=1000):
        super().__init__(daemon=True)
        self.task, self.root, self.number, self.times = task, root, number, times
        self.over, self.sent, self._seen = threading.Event(), 0, set()

    def run(self):
        """Look for the process until it is over."""
        while not self.over.wait(0.02) and self.sent < self.times:
            for pid in set(agents_of(self.root, self.task)) - self._seen:
                with suppress(ProcessLookupError):
                    os.kill(pid, self.number)
                    self._seen.add(pid)
                    self.sent += 1

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()
