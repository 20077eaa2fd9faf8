"""Markdown: the report for repositories and reviews. Every printed value is escaped, so that code shows as itself and does nothing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from threat_modeling.exporters.material.view import view
from threat_modeling.exporters.material.wording import compact, human, who
from threat_modeling.text import md_code, md_escape, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.exporters.material.document import ReportDocument
    from threat_modeling.model import Evidence
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import TreeNode

FILENAME = "threat-model-report.md"
MEDIA_TYPE = "text/markdown"
MAX_TEXT = 2000
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 .,:;/'%?-]*")
"""Text that Markdown can't take for anything else: it begins with a letter and holds no character of its syntax."""

_SPARE = re.compile(r"(^(`{3,})text\n.*?^\2$)|\n{3,}", re.DOTALL | re.MULTILINE)
"""A quote, which stays as it is, or blank lines that templates leave."""


class _Shown(str):
    """Markdown of ours, printed as it is."""

    __slots__ = ()


def export(document: ReportDocument) -> str:
    """The page."""
    dfd = document.threats.dfd
    names = {node.id: node.name for node in dfd.nodes} if dfd else {}
    text = _environment().get_template("report.md.j2").render(document=document, view=view(document), names=names)
    return _SPARE.sub(lambda match: match[1] or "\n\n", text).strip() + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - Markdown is escaped by finalize, not as HTML
        loader=PackageLoader("threat_modeling", "exporters/templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_escaped,
    )
    environment.filters |= {
        "code": _code,
        "place": _place,
        "places": _places,
        "fence": _fence,
        "branches": _branches,
        "indent": _indent,
        "human": human,
        "compact": compact,
        "who": who,
    }
    return environment


def _escaped(value: Any) -> Any:
    """Every printed value that is not Markdown of ours becomes one escaped line; a space at its ends stays a space."""
    if not isinstance(value, str) or isinstance(value, _Shown) or _PLAIN.fullmatch(value):
        return value
    return " " * value.startswith(" ") + md_escape(value, MAX_TEXT) + " " * (value.endswith(" ") and bool(value.strip()))


def _code(value: str) -> _Shown:
    return _Shown(md_code(value, 300))


def _place(evidence: Evidence) -> _Shown:
    return _code(evidence.place)


def _places(listed: Sequence[Evidence], most: int = 3) -> _Shown:
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return _Shown(", ".join(_place(evidence) for evidence in listed[:most]) + more)


def _branches(root: TreeNode) -> list[tuple[int, TreeNode]]:
    """A tree's nodes from the top with their depth."""
    found: list[tuple[int, TreeNode]] = []
    waiting = [(0, root)]
    while waiting:
        depth, node = waiting.pop()
        found.append((depth, node))
        waiting += [(depth + 1, child) for child in reversed(node.children)]
    return found


def _indent(depth: int) -> _Shown:
    return _Shown("  " * depth)


def _fence(value: str) -> _Shown:
    """A code block whose fence is longer than any run of backticks within."""
    text = visible(value)
    fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    return _Shown(f"{fence}text\n{text}\n{fence}")
