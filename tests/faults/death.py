"""SIGKILL in this process: from one operation on a file system on, nothing is done any more, not even what would clean up."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHANGES = ("replace", "unlink", "mkdir", "rmdir")
"""What changes a folder. Bytes are only ever written to a temporary file, so that dying before its `replace` is dying in the middle of a write."""


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


@contextmanager
def dies_at(number: int, *, after: bool = False) -> Iterator[list[str]]:
    """Die at the number-th change of a folder, before or after it; yields the changes that were done, which are fewer where it lived on."""
    done: list[str] = []

    def mortal(name: str, change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*arguments: Any, **named: Any) -> Any:
            if len(done) >= number - (not after):
                raise Killed
            result = change(*arguments, **named)
            done.append(name)
            if len(done) >= number:
                raise Killed
            return result

        return changed

    with pytest.MonkeyPatch.context() as patched:
        for name in CHANGES:
            patched.setattr(os, name, mortal(name, getattr(os, name)))
        with suppress(Killed):
            yield done
