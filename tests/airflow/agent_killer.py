"""A fault: agents that die."""

import os
import re
import signal
import threading
from contextlib import suppress

import psutil


class AgentKiller(threading.Thread):
    """Kills the process of one agent of the sessions below a root whenever it appears, as the kernel does when memory is short."""

    def __init__(self, task, root):
        super().__init__(daemon=True)
        self.task, self.root, self.over, self.killed = task, str(root), threading.Event(), 0

    def run(self):
        """Look for the process until it is over."""
        while not self.over.wait(0.02):
            for process in psutil.process_iter(["cmdline"]):
                command = process.info["cmdline"] or []
                ours = any(argument.startswith(self.root) for argument in command)
                if ours and "threat_modeling.agent_process" in command and any(re.match(self.task, argument) for argument in command):
                    with suppress(ProcessLookupError):
                        os.kill(process.pid, signal.SIGKILL)
                        self.killed += 1

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()
