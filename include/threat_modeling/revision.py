"""Which revision of the target a session looked at, read from its .git folder without running git."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from threat_modeling.storage import read_confined

if TYPE_CHECKING:
    from pathlib import Path

_SHA = re.compile(r"^[0-9a-f]{40}([0-9a-f]{24})?$")


def target_revision(target: Path) -> str:
    """The commit that HEAD names, or "" where the target is no git work tree."""
    head = _read(target, ".git/HEAD").strip()
    if _SHA.match(head):
        return head
    reference = head.removeprefix("ref: ").strip()
    if not head.startswith("ref: ") or not re.fullmatch(r"refs/[\w./-]+", reference):
        return ""
    loose = _read(target, f".git/{reference}").strip()
    packed = re.search(rf"^([0-9a-f]{{40,64}}) {re.escape(reference)}$", _read(target, ".git/packed-refs"), re.MULTILINE)
    return loose if _SHA.match(loose) else packed[1] if packed else ""


def _read(target: Path, path: str) -> str:
    try:
        return read_confined(target, path, 1_000_000).decode("ascii", "replace")
    except OSError:
        return ""
