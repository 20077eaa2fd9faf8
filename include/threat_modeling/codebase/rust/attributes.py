"""What an attribute says: `#[get("/users/<id>", data = "<user>")]` is a call with arguments and keywords."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.syntax import Attribute, Call, Expression, Keyword, Literal, Name

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

MAX_DEPTH: Final = 8
_TOKEN: Final = re.compile(
    r"r(#*)\"(?P<raw>.*?)\"\1|\"(?P<text>(?:[^\"\\]|\\.)*)\"|(?P<path>[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*)|(?P<sign>[()\[\]=,])|(?P<number>\d+)",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:\n\s*|(.))", re.DOTALL)
_SINGLE: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def unescape(text: str) -> str:
    """Source text of a string with its simple escapes resolved."""
    return _ESCAPE.sub(lambda match: _SINGLE.get(match[1] or "", match[1] or ""), text) if "\\" in text else text


def path(text: str, place: Place) -> Expression:
    """`a::b` as a chain."""
    first, *rest = (part.strip() for part in text.split("::"))
    result: Expression = Name(*place, first)
    for name in rest:
        result = Attribute(*place, result, name)
    return result


class _Reader:
    def __init__(self, text: str, place: Place) -> None:
        self._tokens = list(_TOKEN.finditer(text))[:400]
        self._at, self._place = 0, place

    def _next(self) -> re.Match[str] | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def value(self, depth: int) -> Expression | None:
        token = self._next()
        if token is None or depth > MAX_DEPTH:
            return None
        self._at += 1
        if token["raw"] is not None or token["text"] is not None:
            return Literal(*self._place, token["raw"] if token["raw"] is not None else unescape(token["text"]))
        if token["number"]:
            return Literal(*self._place, int(token["number"][:30]))
        if token["path"]:
            name = path(token["path"], self._place)
            following = self._next()
            return self.call(name, depth) if following is not None and following["sign"] == "(" else name
        return None

    def call(self, callee: Expression, depth: int) -> Call:
        """Arguments up to the closing parenthesis."""
        self._at += 1
        arguments: list[Expression] = []
        keywords: list[Keyword] = []
        while (token := self._next()) is not None and token["sign"] != ")":
            if token["sign"]:
                self._at += 1
                continue
            value = self.value(depth + 1)
            following = self._next()
            if isinstance(value, Name) and following is not None and following["sign"] == "=":
                self._at += 1
                given = self.value(depth + 1)
                if given is not None:
                    keywords.append(Keyword(*self._place, value.id, given))
            elif value is not None:
                arguments.append(value)
        self._at += 1
        return Call(*self._place, callee, tuple(arguments), tuple(keywords))


def attribute(text: str, place: Place) -> Expression | None:
    """`#[name(...)]` from its text."""
    inner = text.removeprefix("#").removeprefix("!").strip()[1:-1]
    return _Reader(inner, place).value(0)
