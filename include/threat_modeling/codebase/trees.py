"""Syntax trees kept in a folder, each by the hash of the code it is of: reading one again takes a tenth of what lowering the code takes."""

from __future__ import annotations

import hashlib
import os
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from msgspec import DecodeError
from msgspec.msgpack import Decoder, Encoder

from threat_modeling.codebase.syntax import Module

if TYPE_CHECKING:
    from pathlib import Path

SMALL: Final = 2_000
"""Characters of code that are lowered quicker than their tree is found."""
FASTEST: Final = 1
ROOM: Final = 500_000_000
"""Bytes that one process keeps at most: trees must not fill a disk."""
_ENCODER, _DECODER = Encoder(), Decoder(Module)


class Trees:
    """The trees of one folder, which several processes may fill at once.

    What is there was written by an agent of this product; it is data that can't run. A tree that can't be read or written, or is not
    as it was written (the compression has a checksum), costs time, never a result.
    """

    def __init__(self, folder: Path) -> None:
        """Keep trees below `folder`, which need not exist."""
        self._folder, self._room = folder, ROOM

    def find(self, path: str, language: str, code: str) -> Module | None:
        """The tree of the code, which stood in the file `path`; None where none is kept."""
        if len(code) < SMALL:
            return None
        with suppress(OSError, zlib.error, DecodeError, RecursionError):
            return _DECODER.decode(zlib.decompress(self._place(path, language, code).read_bytes()))
        return None

    def keep(self, tree: Module, code: str) -> None:
        """Keep a tree of the code; one that holds numbers or text that no format takes is not kept."""
        if len(code) < SMALL or self._room <= 0:
            return
        with suppress(OSError, OverflowError, ValueError, RecursionError):
            self._folder.mkdir(parents=True, exist_ok=True)
            content = zlib.compress(_ENCODER.encode(tree), FASTEST)
            self._room -= len(content)
            place = self._place(tree.path, tree.language, code)
            unfinished = place.with_suffix(f".{os.getpid()}")
            unfinished.write_bytes(content)
            unfinished.replace(place)  # whole or not there, whoever is killed and when

    def _place(self, path: str, language: str, code: str) -> Path:
        named = hashlib.sha256(f"{path}\0{language}\0{code}".encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / named
