"""Caido: requests of a JSON export, each method and path once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.stated import Document, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ('"is_tls"',)


def routes(project: Project) -> Iterator[Route]:
    """The requests of all exports of a project."""
    for path, root in documents(project, KEYWORDS, ("json",)):
        document = Document(project, path, "caido")
        seen: set[tuple[str, str]] = set()
        for entry in root.elements:
            method, shown = entry.string("method").upper(), entry.string("path")
            if method and shown and entry.get("raw") is not None and (method, shown) not in seen:
                seen.add((method, shown))
                names = dict.fromkeys(name for name, _ in parse_qsl(entry.string("query"), keep_blank_values=True) if name)
                read = [Parameter(name=name[:200], source="query") for name in names]
                yield document.route(method, shown.partition("?")[0], entry, parameters=read, documented_only=True)
