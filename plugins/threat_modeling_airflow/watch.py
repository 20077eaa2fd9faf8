"""Catches what the listener missed, and tells whether it could: an application whose life is that of the API server."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

from threat_modeling_airflow.check import IN_SERVER, findings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

log = logging.getLogger(__name__)

EVERY_SECONDS = 60
NOTES_A_MINUTE = 4
"""So soon a run's note tells that its checkpoint waits."""


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    await asyncio.to_thread(_keep)  # before any task can be tried again
    watching = asyncio.create_task(_watch())
    yield
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching


def _tried(what: str, work: Callable[[], object]) -> None:
    """Do one thing; what goes wrong with it is told, and keeps nothing else from being done."""
    try:
        work()
    except Exception:
        log.exception("Could not %s; trying again soon", what)


def _keep() -> None:
    from threat_modeling_airflow.answers import keep_answers  # noqa: PLC0415 - needs the database models, which only a server may load

    _tried("look for answers that wait", keep_answers)


def _look() -> None:
    from threat_modeling_airflow.reminder import remind_all  # noqa: PLC0415 - as above
    from threat_modeling_airflow.rounds import open_missed_rounds  # noqa: PLC0415

    _tried("look for questions that wait too long", remind_all)
    _tried("look for lost rounds", lambda: _tell_of_rounds(open_missed_rounds()))


def _tell_of_rounds(found: int) -> None:
    if found:
        log.warning("Opened %s round(s) whose event was lost", found)


def _write_notes() -> None:
    from threat_modeling_airflow.run_note import write_notes  # noqa: PLC0415 - as above

    _tried("write the notes of the runs", write_notes)


async def _watch() -> None:
    while True:
        await asyncio.to_thread(_keep)
        await asyncio.to_thread(_look)
        for _ in range(NOTES_A_MINUTE):
            await asyncio.to_thread(_write_notes)
            await asyncio.sleep(EVERY_SECONDS / NOTES_A_MINUTE)


app = FastAPI(title="Threat modeling: rounds", lifespan=_lifespan, openapi_url=None)


@app.get("/health", response_class=PlainTextResponse)
def health() -> PlainTextResponse:
    """What keeps sessions from running in this server, a line each, with status 503; "ready" and 200 when nothing does."""
    found = findings(IN_SERVER)
    return PlainTextResponse("\n".join(map(str, found)), 503) if found else PlainTextResponse("ready")
