"""The configuration of the local Airflow, as environment variables: nothing of the user's own Airflow is read or changed."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from threat_modeling_airflow.local.options import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping

USER = "admin"
_PLUGINS = Path(__file__).parents[2]
_PROJECT = _PLUGINS.parent


def base_url(port: int) -> str:
    """Where the user interface and the API stand."""
    return f"http://{HOST}:{port}"


def airflow_environment(home: Path, port: int, inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment of every Airflow process: SQLite, LocalExecutor, this machine only."""
    url = base_url(port)
    ours = {
        "AIRFLOW_HOME": str(home),
        "PYTHONPATH": os.pathsep.join([str(_PROJECT / "include"), str(_PLUGINS)]),
        "NO_PROXY": HOST,
        "no_proxy": HOST,
        **_section("CORE", EXECUTOR="LocalExecutor", DAGS_FOLDER=_PROJECT / "dags", PLUGINS_FOLDER=_PLUGINS, LOAD_EXAMPLES=False),
        # each worker is a process that waits; agents need no more of them than the machine has cores, the rest is short tasks
        **_section(
            "CORE", PARALLELISM=max(8, 2 * (os.cpu_count() or 1)), DAGS_ARE_PAUSED_AT_CREATION=False, SIMPLE_AUTH_MANAGER_USERS=f"{USER}:admin"
        ),
        # a port other than 8080 has to be told twice more, or every task fails
        **_section("CORE", EXECUTION_API_SERVER_URL=f"{url}/execution/"),
        **_section("API", HOST=HOST, PORT=port, BASE_URL=url, WORKERS=1, MAXIMUM_PAGE_LIMIT=1000),
        **_section("DATABASE", SQL_ALCHEMY_CONN=f"sqlite:///{home}/airflow.db"),
        **_section("LOGGING", BASE_LOG_FOLDER=home / "logs"),
        **_section("DAG_PROCESSOR", REFRESH_INTERVAL=60, MIN_FILE_PROCESS_INTERVAL=60, PARSING_PROCESSES=1),
        # a session is a long chain of short tasks: idle waiting between them would double its time
        **_section("SCHEDULER", SCHEDULER_IDLE_SLEEP_TIME=0.2, ENABLE_HEALTH_CHECK=False),
        # what a killed scheduler left is taken up after seconds, not after minutes
        **_section("SCHEDULER", SCHEDULER_HEALTH_CHECK_THRESHOLD=15, ORPHANED_TASKS_CHECK_INTERVAL=20, TASK_INSTANCE_HEARTBEAT_TIMEOUT=60),
        # the supervisor of a finished task may sleep this long before it reports; an answer given meanwhile fails the checkpoint
        **_section("WORKERS", MIN_HEARTBEAT_INTERVAL=1),
        **_section("USAGE_DATA_COLLECTION", ENABLED=False),
    }
    kept = {name: value for name, value in inherited.items() if not name.startswith(("AIRFLOW", "_AIRFLOW"))}
    return {**kept, **ours}


def password_of(home: Path) -> str:
    """The password of the one user: made on the first start, kept in a file that only its owner reads, the same on later starts."""
    file = home / "simple_auth_manager_passwords.json.generated"
    try:
        found: str = json.loads(file.read_text())[USER]
    except (OSError, ValueError, KeyError, TypeError):
        found = secrets.token_urlsafe(12)
        file.touch(mode=0o600)
        file.chmod(0o600)
        file.write_text(json.dumps({USER: found}) + "\n")
    return found


def _section(name: str, **options: object) -> dict[str, str]:
    return {f"AIRFLOW__{name}__{option}": str(value) for option, value in options.items()}
