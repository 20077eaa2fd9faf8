"""Constants and names of Rust."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.constants import MAX_DIGITS
from threat_modeling.codebase.rust.attributes import unescape
from threat_modeling.codebase.syntax import Expression, Literal, Name, Other

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_SUFFIX: Final = re.compile(r"(?<=[0-9a-fA-F.])(?:[iu](?:8|16|32|64|128|size)|f32|f64)\Z")


def name(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Name:
    """An identifier; `r#type` is `type`."""
    return Name(*place, node.text().removeprefix("r#"))


def quoted(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """`"text"`, `b"text"` and `'c'`."""
    text = node.text().lstrip("bc")
    return Literal(*place, unescape(text[1:-1]))


def raw(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """`r#"text"#`."""
    text = node.text()
    start = text.find('"')
    return Literal(*place, text[start + 1 : text.rfind('"')])


def number(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Expression:
    """A number; one that Python can't hold stays source text in an Other."""
    text = node.text().replace("_", "")
    if len(text) > MAX_DIGITS:
        return Other(*place, "number")
    text = text if text.startswith(("0x", "0X")) and not text.endswith("size") and "i" not in text and "u" not in text else _SUFFIX.sub("", text)
    try:
        return Literal(*place, int(text, 0) if re.fullmatch(r"0[xbo]\w+|[1-9]\d*|0", text) else float(text))
    except ValueError:
        return Other(*place, "number")
