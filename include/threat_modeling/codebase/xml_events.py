"""XML of a target as a stream of elements with their lines; documents that declare entities are refused, nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

MAX_ELEMENTS: Final = 200_000


class XmlRefused(Exception):
    """A document that is malformed, too large or declares entities; the message says which."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element that begins: its name without a prefix, its attributes likewise, its line, the names of the elements around it."""

    name: str
    attributes: dict[str, str]
    line: int
    above: tuple[str, ...]


def elements(text: str) -> list[Element]:
    """All elements in document order; XmlRefused where the text is none that may be read."""
    parser = expat.ParserCreate()
    found: list[Element] = []
    above: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(found) >= MAX_ELEMENTS or len(above) > 200:
            raise XmlRefused("too large, or nested too deeply")
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append(Element(name.rpartition(":")[2], plain, parser.CurrentLineNumber, tuple(above)))
        above.append(found[-1].name)

    def end(_: str) -> None:
        above.pop()

    def refuse(*_: object) -> None:
        raise XmlRefused("declares entities")

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, refuse
    try:
        parser.Parse(_undeclared(text).encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise XmlRefused(f"malformed: {error}") from error
    return found


def _undeclared(text: str) -> str:
    """The text without its declaration: which encoding the file has was decided when it was read."""
    plain = text.lstrip("\ufeff")
    return plain.partition("?>")[2] if plain.startswith("<?xml") else plain
