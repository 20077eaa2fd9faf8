"""`python -m threat_modeling_airflow.check`: what this Airflow lacks for threat-modeling sessions, and how to mend it.

Run it where a component runs, with that component's environment. Exit codes: 0 nothing is missing; 1 something is.
Airflow and the product are imported inside the checks, because either may be what is missing.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threat_modeling_airflow.names import AGENT_POOL, DAG_ID, PACKAGE, PLUGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_TASK_SECONDS = 32 * 60
"""The limit of an agent task (`phase_group.AGENT_BACKSTOP`)."""
_INSTALL = "pip install --constraint constraints.txt"


@dataclass(frozen=True)
class Finding:
    """Something amiss. `blocking`: sessions don't run with it; else they run, but not as tested."""

    what: str
    remedy: str
    blocking: bool = True

    def __str__(self) -> str:
        return f"{self.what}. {self.remedy}"


def packages() -> Iterator[Finding]:
    """The product, Airflow and the providers, in the versions that were tested together."""
    if importlib.util.find_spec("threat_modeling") is None:
        yield Finding("The package threat_modeling can't be imported", f"Install it ({_INSTALL} .), or put include/ on PYTHONPATH")
    try:
        needed = requires(PACKAGE) or []
    except PackageNotFoundError:
        yield Finding(f"The package {PACKAGE} is not installed, so its version is unknown", f"Install it: {_INSTALL} .")
        return
    extra = "celery" if "Celery" in _option("core", "executor") else ""
    for line in needed:
        requirement, _, marker = line.partition(";")
        name, _, tested = requirement.strip().partition("==")
        if not marker or (extra and f"'{extra}'" in marker.replace('"', "'")):
            yield from _package(name, tested, f"{_INSTALL} '.[{extra}]'" if marker else f"{_INSTALL} .")


def _package(name: str, tested: str, install: str) -> Iterator[Finding]:
    try:
        found = version(name)
    except PackageNotFoundError:
        yield Finding(f"The package {name} is missing", f"Install it: {install}")
        return
    if name == "apache-airflow" and found.split(".")[:2] != tested.split(".")[:2]:
        yield Finding(f"This is Airflow {found}, sessions need {tested}", f"Install it: {install}")
    elif found != tested:
        yield Finding(f"{name} is {found}, tested with {tested}", f"If something fails, install the tested set: {install}", blocking=False)


def plugin() -> Iterator[Finding]:
    """The plugin, which brings the listener and the watch that open the next round."""
    from airflow.plugins_manager import _get_plugins  # noqa: PLC0415

    folder = Path(_option("core", "plugins_folder"))
    ignored = folder / ".airflowignore"
    if (folder / "threat_modeling_airflow").is_dir() and not (
        ignored.is_file() and "threat_modeling_airflow" in ignored.read_text("utf-8", "replace")
    ):
        yield Finding(
            f"{ignored} does not leave out threat_modeling_airflow, so Airflow runs each of its files", f"Copy plugins/.airflowignore to {folder}"
        )
        return  # looking for plugins would run them too
    loaded, errors = _get_plugins()
    for file, error in errors.items():
        yield Finding(f"The plugin {file} can't be loaded: {error}", "Correct what it names, then restart every component")
    if PLUGIN not in {one.name for one in loaded}:
        yield Finding(
            f"The plugin {PLUGIN} is not in {folder}", "Copy plugins/ there, or set AIRFLOW__CORE__PLUGINS_FOLDER, then restart every component"
        )


def dag() -> Iterator[Finding]:
    """The DAG file."""
    folder = Path(_option("core", "dags_folder"))
    if not any(folder.rglob(f"{DAG_ID}.py")):
        yield Finding(f"The DAG file {DAG_ID}.py is not in {folder}", "Copy dags/ there, or set AIRFLOW__CORE__DAGS_FOLDER")


def database() -> Iterator[Finding]:
    """The metadata database, and the agents' pool in it: a task of a missing pool is never started, and nothing says so."""
    from airflow.models.pool import Pool  # noqa: PLC0415
    from airflow.utils.session import create_session  # noqa: PLC0415
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    try:
        with create_session() as session:
            pool = Pool.get_pool(AGENT_POOL, session=session)
            slots = pool.slots if pool else None
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        yield Finding(f"The metadata database can't be read ({reason})", "Check AIRFLOW__DATABASE__SQL_ALCHEMY_CONN, then: airflow db migrate")
        return
    if not slots:
        told = "is missing" if slots is None else "has no slots"
        yield Finding(f"The pool {AGENT_POOL} {told}", f'Set it: airflow pools set {AGENT_POOL} 4 "agents that run at once"')


def deployment() -> Iterator[Finding]:
    """The settings of the product: above all the folder that sessions are written to when a request names no other."""
    from threat_modeling.errors import SettingsInvalid  # noqa: PLC0415
    from threat_modeling.settings import settings  # noqa: PLC0415

    try:
        chosen = settings()
    except SettingsInvalid as error:
        yield Finding("The settings can't be read", str(error))
        return
    if not chosen.allowed_targets:
        yield Finding("No target is allowed", "Set THREAT_MODELING_ALLOWED_TARGETS to the folders and hosts that targets may come from")
    root = Path(chosen.sessions_root)
    remedy = "Set THREAT_MODELING_SESSIONS_ROOT to a folder that every worker and the API server share and may write"
    if not root.is_absolute() and "Local" not in _option("core", "executor"):
        yield Finding(f"The root of sessions, {root}, is relative, so each worker has its own", remedy)
    try:
        root.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=root).close()
    except OSError as error:
        yield Finding(f"The root of sessions, {root.absolute()}, is not writable for user {os.geteuid()} ({error.strerror})", remedy)


def timing() -> Iterator[Finding]:
    """Settings of Airflow that make answers or tasks get lost."""
    if float(_option("workers", "min_heartbeat_interval")) > 1:
        yield Finding(
            "[workers] min_heartbeat_interval is more than 1 second: an answer that follows its question at once can be lost and asked again",
            "Set AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL=1",
            blocking=False,
        )
    visible = _option("celery_broker_transport_options", "visibility_timeout") if "Celery" in _option("core", "executor") else ""
    if visible and int(visible) <= LONGEST_TASK_SECONDS:
        yield Finding(
            f"The broker gives a task out again after {visible} seconds, while it may still run",
            "Set AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT=3600",
        )


def listener() -> Iterator[Finding]:
    """Whether this process, the API server, has the listener that opens the next round of a checkpoint."""
    from airflow.listeners.listener import get_listener_manager  # noqa: PLC0415

    from threat_modeling_airflow import listener as ours  # noqa: PLC0415

    if not get_listener_manager().pm.is_registered(ours):
        yield Finding("The API server has not registered the listener: a revision opens no new round", "Restart the API server; its log says why")


def api_server() -> Iterator[Finding]:
    """What the running API server says of itself; it may not be up yet, which is no fault."""
    import httpx  # noqa: PLC0415

    url = (
        (_option("core", "execution_api_server_url") or _option("api", "base_url") or "http://localhost:8080").removesuffix("/execution/").rstrip("/")
    )
    try:
        with httpx.Client(base_url=url, timeout=10, trust_env=False) as client:
            answer = client.get("/threat-modeling-rounds/health")
            unknown = answer.status_code == httpx.codes.NOT_FOUND
            ours = not unknown or client.get("/api/v2/version").is_success
    except httpx.HTTPError:
        ours = False
    if not ours:  # nothing listens, or it serves tasks alone, or is no Airflow at all
        yield Finding(f"No API server answers at {url}", "If it runs elsewhere, set AIRFLOW__CORE__EXECUTION_API_SERVER_URL", blocking=False)
    elif unknown:
        yield Finding(
            f"The API server at {url} has not loaded the plugin {PLUGIN}, so an answer opens no new round",
            "Give it the same plugins folder and packages, then restart it; its log says what it could not load",
        )
    elif answer.is_error:
        yield Finding(f"The API server at {url} says: {answer.text[:1000]}", "Mend that, then restart it")


IN_SERVER: tuple[Callable[[], Iterator[Finding]], ...] = (listener, database)
"""What the API server answers for itself."""
EVERYWHERE = (packages, plugin, dag, database, deployment, timing, api_server)


def findings(checks: tuple[Callable[[], Iterator[Finding]], ...] = EVERYWHERE) -> list[Finding]:
    """All that is amiss, what blocks first."""
    found = list(packages()) if packages in checks else []
    if any(one.blocking for one in found):
        return found  # the other checks import what is missing
    found += [finding for check in checks if check is not packages for finding in check()]
    return sorted(found, key=lambda one: not one.blocking)


def _option(section: str, name: str) -> str:
    """A setting of Airflow, "" when it is not set or Airflow is missing."""
    try:
        from airflow.configuration import conf  # noqa: PLC0415
    except ImportError:
        return ""
    value: Any = conf.get(section, name, fallback="")
    return str(value or "")


def main() -> int:
    """Print what is amiss; returns the exit code."""
    found = findings()
    for one in found:
        print(f"{'missing' if one.blocking else 'note'}: {one}")
    if any(one.blocking for one in found):
        return 1
    print("Ready for threat-modeling sessions.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
