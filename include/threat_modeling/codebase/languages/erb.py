"""ERB templates: their Ruby, lowered as Ruby; the markup around it is blanked, line for line.

`<%= a %>` is a call of `erb_output`, `<%== a %>` one of `raw`; a value that takes a block stands alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.languages import ruby

if TYPE_CHECKING:
    from threat_modeling.codebase.languages import Files
    from threat_modeling.codebase.syntax import Module

EXTENSIONS: Final = {".erb": "erb", ".rhtml": "erb"}

_BLOCK: Final = re.compile(r"(?:\bdo|\{)\s*(?:\|[^|]*\|\s*)?$")
_LAST: Final = 300
"""Characters at the end of a tag that tell whether it opens a block."""


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
    while (start := source.find("<%", position)) >= 0 and (end := source.find("%>", start + 2)) >= 0:
        parts.append("\n" * source.count("\n", position, start))
        inner = source[start + 2 : end]
        kind = inner[:2] if inner.startswith("==") else inner[:1] if inner[:1] in {"%", "#", "=", "-"} else ""
        parts.append(_code(kind, inner[len(kind) :].removesuffix("-")))
        position = end + 2
    parts.append("\n" * source.count("\n", position))
    return "".join(parts)


def _code(kind: str, inner: str) -> str:
    if kind in {"%", "#"}:
        return "\n" * inner.count("\n")
    if kind in {"=", "=="} and not _BLOCK.search(inner[-_LAST:]):
        lines = inner.count("\n")
        return f"{'raw' if kind == '==' else 'erb_output'}({inner.strip()});" + "\n" * (lines - inner.strip().count("\n"))
    return f"{inner};"
