"""An artifact is a class is a file: a closed pydantic model that knows its path in the session folder."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, ClassVar

from threat_modeling.model import Model

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: no character, and nothing that reads JSON takes it."""


class Artifact(Model):
    """One JSON file of a session. `path` is relative to the session folder; `schema_version` grows when a reader would break."""

    path: ClassVar[str]
    schema_version: int = 1


def canonical(value: Any) -> bytes:
    """The bytes every JSON file of a session is written as: UTF-8, two-space indent, keys as declared, one newline at the end."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text).encode() + b"\n"


def digest(content: bytes) -> str:
    """sha256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_of(value: Any) -> str:
    """sha256 of a JSON value whatever the order of its keys."""
    return digest(json.dumps(value, sort_keys=True, ensure_ascii=True, allow_nan=False).encode())
