"""ERB templates: their Ruby, lowered as Ruby; the markup around it is blanked, line for line.

`<%= a %>` is a call of `erb`, `<%== a %>` one of `raw`; a value that takes a block stands alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.languages import ruby

if TYPE_CHECKING:
    from threat_modeling.codebase.languages import Files
    from threat_modeling.codebase.syntax import Module

EXTENSIONS: Final = {".erb": "erb", ".rhtml": "erb"}

_TAG: Final = re.compile(r"<%(%|#|==|=|-)?((?:(?!%>).)*)%>", re.DOTALL)
_BLOCK: Final = re.compile(r"(?:\bdo|\{)\s*(?:\|[^|]*\|)?\s*$")


def lower(path: str, source: str) -> Module:
    """The syntax tree of a template's Ruby."""
    return ruby.lower(path, code_of(source))


def resolve(files: Files, importer: str, module: str) -> str | None:
    """The file of the target that a constant names."""
    return ruby.resolve(files, importer, module)


def code_of(source: str) -> str:
    """The Ruby of a template, each piece on the line where it stands."""
    parts: list[str] = []
    position = 0
    for tag in _TAG.finditer(source):
        parts.append("\n" * source.count("\n", position, tag.start()))
        parts.append(_code(tag[1] or "", tag[2].removesuffix("-")))
        position = tag.end()
    parts.append("\n" * source.count("\n", position))
    return "".join(parts)


def _code(kind: str, inner: str) -> str:
    if kind in {"%", "#"}:
        return "\n" * inner.count("\n")
    if kind in {"=", "=="} and not _BLOCK.search(inner):
        lines = inner.count("\n")
        return f"{'raw' if kind == '==' else 'erb'}({inner.strip()});" + "\n" * (lines - inner.strip().count("\n"))
    return f"{inner};"
