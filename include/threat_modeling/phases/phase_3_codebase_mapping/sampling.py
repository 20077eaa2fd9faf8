"""Which files of a component that is too large to read whole are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.walk import SourceFile

_RELEVANT = re.compile(
    r"(auth|login|logon|session|jwt|token|oauth|saml|sso|rbac|permission|acl|polic|role|crypt|cipher|hash|secret|key|password|"
    r"handler|controller|route|router|view|api|endpoint|middleware|server|upload|payment|admin|user|account|query|sql|db|model)",
    re.IGNORECASE,
)
_CONFIG = re.compile(
    r"(^|/)(dockerfile[^/]*|docker-compose[^/]*|compose\.ya?ml|[^/]*settings[^/]*|[^/]*config[^/]*|requirements[^/]*\.txt|package(-lock)?\.json)$",
    re.IGNORECASE,
)


def sample(files: Sequence[SourceFile], limit: int | None) -> list[SourceFile]:
    """At most `limit` files, in path order: security-relevant names and configuration first, then evenly spread over the rest.

    The choice depends on the paths alone, so the same tree gives the same sample.
    """
    if limit is None or len(files) <= limit:
        return list(files)
    ordered = sorted(files, key=lambda f: (f.language is None, not _named(f.path), f.path))
    relevant = [f for f in ordered if f.language and _named(f.path)][:limit]
    rest = [f for f in ordered if f not in set(relevant) and f.language] or [f for f in ordered if f not in set(relevant)]
    room = limit - len(relevant)
    spread = [rest[i * len(rest) // room] for i in range(min(room, len(rest)))] if room else []
    return sorted({*relevant, *spread}, key=lambda f: f.path)


def _named(path: str) -> bool:
    return bool(_RELEVANT.search(path.rsplit("/", 1)[-1]) or _CONFIG.search(path))
