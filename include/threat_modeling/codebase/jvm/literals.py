"""Constants of Java and Kotlin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.constants import suffixed_number
from threat_modeling.codebase.syntax import Expression, Literal, Name

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place


_ESCAPE: Final = re.compile(r"\\(?:u+([0-9A-Fa-f]{4})|([0-7]{1,3})|([\s\S]))")
_SINGLE: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "s": " ", "\n": ""}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    if match[2]:
        return chr(int(match[2], 8))
    return _SINGLE.get(match[3], match[3])


def unescape(text: str) -> str:
    """Source text of a string with its escapes resolved; half of a surrogate pair becomes U+FFFD, which UTF-8 can hold."""
    if "\\" in text:
        text = _ESCAPE.sub(_character, text)
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def string(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """A quoted string, a character, or a text block without its common indentation."""
    text = node.text()
    if not text.startswith('"""'):
        return Literal(*place, unescape(text[1:-1]))
    lines = text[3:-3].split("\n")[1:]
    indentation = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return Literal(*place, unescape("\n".join(line[indentation:] for line in lines)))


def name(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Name:
    """An identifier, `this` or `super`."""
    return Name(*place, node.text().strip("`"))


def number(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Expression:
    """A number."""
    return suffixed_number("lfdu", place, node.text())
