"""HTTP archives: requests that a browser recorded, each method and path once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.stated import Document, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ('"entries"',)


def routes(project: Project) -> Iterator[Route]:
    """The requests of all archives of a project."""
    for path, root in documents(project, KEYWORDS, ("json",)):
        entries = root.get("log", "entries")
        document = Document(project, path, "har")
        seen: set[tuple[str, str]] = set()
        for entry in entries.elements if entries is not None else ():
            request = entry.get("request")
            key = (request.string("method"), _path(request.string("url"))) if request is not None else ("", "")
            if request is not None and all(key) and key not in seen:
                seen.add(key)
                yield document.route(*key, request, parameters=_parameters(request), documented_only=True)


def _path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.path or "/") if parts.scheme in {"http", "https", "ws", "wss"} else ""


def _parameters(request: Value) -> Iterator[Parameter]:
    for value, source in ((request.get("queryString"), "query"), (request.get("postData", "params"), "body")):
        for element in value.elements if value is not None else ():
            if element.string("name"):
                yield Parameter.model_validate({"name": element.string("name")[:200], "source": source})
