"""Catches what the listener missed: an application without pages, whose life is that of the API server."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from fastapi import FastAPI

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

log = logging.getLogger(__name__)

EVERY_SECONDS = 60


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    watching = asyncio.create_task(_watch())
    yield
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching


async def _watch() -> None:
    from threat_modeling_airflow.rounds import open_missed_rounds  # noqa: PLC0415 - imports the database models, which only a server may

    while True:
        try:
            found = await asyncio.to_thread(open_missed_rounds)
            if found:
                log.warning("Opened %s round(s) whose event was lost", found)
        except Exception:
            log.exception("Could not look for lost rounds; trying again in %s seconds", EVERY_SECONDS)
        await asyncio.sleep(EVERY_SECONDS)


app = FastAPI(title="Threat modeling: rounds", lifespan=_lifespan, openapi_url=None)
