"""What was scanned last, kept in the store of the target's asset. Without it the sessions themselves tell: see `start`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from airflow.sdk import Asset

if TYPE_CHECKING:
    from airflow.sdk import Context
    from pydantic import JsonValue

    from threat_modeling.session import Session

log = logging.getLogger(__name__)

KEY = "scanned"


@dataclass(frozen=True)
class Memory:
    """The asset of a target, of which each complete session is an event, and whether scheduled runs are skipped while it is unchanged."""

    asset: Asset
    skip_unchanged: bool

    @classmethod
    def of(cls, name: str, *, skip_unchanged: bool) -> Memory:
        """That of the target file `name`."""
        return cls(Asset(f"threat-model-target-{name}", uri=f"x-threat-modeling://target/{name}"), skip_unchanged)


def last_scan(context: Context, asset: Asset) -> str:
    """The fingerprint of the last complete session, "" where the store has none or can't be asked."""
    try:
        found = context["asset_state_store"][asset].get(KEY)
    except Exception:
        log.exception("The store of %s can't be read: the sessions themselves are asked", asset.uri)
        return ""
    return str(found["fingerprint"]) if isinstance(found, dict) and "fingerprint" in found else ""


def remember_scan(context: Context, asset: Asset, session: Session) -> None:
    """Keep what a complete session scanned."""
    metadata = session.metadata()
    scanned: dict[str, JsonValue] = {"fingerprint": metadata.fingerprint, "revision": metadata.target_revision, "session": session.id}
    try:
        context["asset_state_store"][asset].set(KEY, scanned)
    except Exception:
        log.exception("The store of %s can't be written: the next run asks the sessions themselves", asset.uri)
    else:
        log.info("Last scanned of %s: %s", asset.uri, scanned)
