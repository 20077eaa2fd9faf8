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
    from collections.abc import AsyncIterator

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


def _keep() -> None:
    from threat_modeling_airflow.answers import keep_answers  # noqa: PLC0415 - as below

    try:
        keep_answers()
    except Exception:
        log.exception("Could not look for answers that wait; trying again in %s seconds", EVERY_SECONDS)


def _remind() -> None:
    from threat_modeling_airflow.reminder import remind_all  # noqa: PLC0415 - as below

    try:
        remind_all()
    except Exception:
        log.exception("Could not look for questions that wait too long; trying again in %s seconds", EVERY_SECONDS)


def _write_notes() -> None:
    from threat_modeling_airflow.run_note import write_notes  # noqa: PLC0415 - as below

    try:
        write_notes()
    except Exception:
        log.exception("Could not write the notes of the runs; trying again soon")


async def _watch() -> None:
    # imported here, since they need the database models, which only a server may load
    from threat_modeling_airflow.rounds import open_missed_rounds  # noqa: PLC0415

    while True:
        await asyncio.to_thread(_keep)
        await asyncio.to_thread(_remind)
        try:
            found = await asyncio.to_thread(open_missed_rounds)
            if found:
                log.warning("Opened %s round(s) whose event was lost", found)
        except Exception:
            log.exception("Could not look for lost rounds; trying again in %s seconds", EVERY_SECONDS)
        for _ in range(NOTES_A_MINUTE):
            await asyncio.to_thread(_write_notes)
            await asyncio.sleep(EVERY_SECONDS / NOTES_A_MINUTE)


app = FastAPI(title="Threat modeling: rounds", lifespan=_lifespan, openapi_url=None)


@app.get("/health", response_class=PlainTextResponse)
def health() -> PlainTextResponse:
    """What keeps sessions from running in this server, a line each, with status 503; "ready" and 200 when nothing does."""
    found = findings(IN_SERVER)
    return PlainTextResponse("\n".join(map(str, found)), 503) if found else PlainTextResponse("ready")
