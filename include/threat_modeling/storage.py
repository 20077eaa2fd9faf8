"""Bytes on disk: whole or not at all, and never outside the folder they belong to."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, and a restart after a kill, sees the old bytes or the new ones: temp file, sync, rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException as error:
        with suppress(OSError):
            Path(temporary).unlink()
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


@contextmanager
def alone(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold a lock on a folder, so that one process at a time is here; it goes when its holder ends, however it ends.

    BlockingIOError where another holds it and `wait` is false. Where the file system can't lock, nobody is held up: what is written is
    whole in any case.
    """
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            held.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise
        except OSError:
            pass
        yield


def read_confined(root: Path, relative: str, limit: int) -> bytes:
    """The first `limit` bytes of a regular file below `root`; OSError for anything else.

    No component of the path may be a symlink or "..": the name comes from the target or from a file a person may have edited.
    Opening a FIFO or device would block or act, so the kind is checked on the open descriptor, opened without blocking.
    """
    parts = [part for part in relative.split("/") if part not in {"", "."}]
    if not parts or relative.startswith("/") or ".." in parts:
        raise PermissionError(f"{relative!r} leaves the target")
    directory = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=directory)
            os.close(directory)
            directory = inner
        descriptor = os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=directory)
    finally:
        os.close(directory)
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            raise PermissionError(f"{relative!r} is not a regular file")
        content = os.read(descriptor, min(limit, state.st_size + 1))
        while content and len(content) < limit and (more := os.read(descriptor, limit - len(content))):
            content += more
        return content
    finally:
        os.close(descriptor)
