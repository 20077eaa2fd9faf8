"""The child process of one embedded agent: `python -m threat_modeling.agent_process SESSION ROLE TASK FOLDER`.

ROLE is `module:Class`: nothing of other phases is imported, for a session starts dozens of agents that each work for a moment.
FOLDER holds task.json, which is the assignment as it was when the agent was started, and takes output.json.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threat_modeling.backends import MEMORY_LIMIT, OUTPUT, TASK

if TYPE_CHECKING:
    from threat_modeling.agent import Role

PR_SET_PDEATHSIG = 1
"""prctl(2), Linux."""


def main(session_path: str, role_name: str, _task_id: str, folder: str) -> None:
    """Analyze one task and write the output where the parent looks for it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(200_000, 20, 100)  # models and syntax trees hold no cycles; looking for them often costs a fifth of the time
    _end_with_parent()
    _work(session_path, role_name, Path(folder))


def _work(session_path: str, role_name: str, folder: Path) -> None:
    """Load what the work needs, under the limits, and do it."""
    from threat_modeling.artifact import canonical
    from threat_modeling.codebase.project import Project
    from threat_modeling.session import Session
    from threat_modeling.storage import write_whole

    session = Session.open(session_path)
    module, _, kind = role_name.partition(":")
    role: Role[Any, Any] = getattr(import_module(module), kind)()
    task = role.task_type.model_validate_json((folder / TASK).read_bytes())
    result = role.analyze(task, session, Project(session.target))
    write_whole(folder / OUTPUT, canonical(result.dump()))


def _end_with_parent() -> None:
    """Let the kernel end this process when its parent dies: nobody would be left to keep its limit or take its output."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
    os._exit(0)  # the output is on disk, and to take apart what was read costs a tenth of the time and more
