"""Where Airflow shows our pages: a navigation entry, a tab of each run and a tab of each task instance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from threat_modeling_airflow.pages.addresses import PREFIX, TAB

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_SESSION: Final = f"{PREFIX}/runs/{{DAG_ID}}/{{RUN_ID}}"
_ICONS: Final = {"icon": f"{PREFIX}/icon.svg?mode=light", "icon_dark_mode": f"{PREFIX}/icon.svg?mode=dark"}


async def _pages(scope: Scope, receive: Receive, send: Send) -> None:
    """Loads the pages when one is asked for: every process of Airflow loads its plugins, and only the API server shows them."""
    from threat_modeling_airflow.pages.app import app  # noqa: PLC0415

    await app(scope, receive, send)


FASTAPI_APPS: Final[list[dict[str, Any]]] = [{"app": _pages, "url_prefix": PREFIX, "name": "threat modeling: pages"}]
VIEWS: Final[list[dict[str, Any]]] = [
    {"name": "Threats", "href": f"{PREFIX}/", "destination": "nav", "url_route": "threats", "nav_top_level": True, **_ICONS},
    {"name": "Threat model", "href": _SESSION, "destination": "dag_run", "url_route": TAB, **_ICONS},
    {
        "name": "Agent",
        "href": f"{_SESSION}/tasks/{{TASK_ID}}/{{MAP_INDEX}}",
        "destination": "task_instance",
        "url_route": "threat-model-agent",
        **_ICONS,
    },
]
"""Airflow fills in the names in braces."""
