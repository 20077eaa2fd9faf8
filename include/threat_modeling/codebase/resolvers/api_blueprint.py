"""API Blueprint: resources and actions of a Markdown document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.stated import Document, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("FORMAT:",)
MAX_LINE: Final = 500
_METHOD: Final = r"GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS"
_ACTION: Final = re.compile(rf"(?:^|\[)({_METHOD})(?:\s+(/[^\]]*))?\]?$")
_RESOURCE: Final = re.compile(r"(?:^|\[)(/[^\]]*)\]?$")
_QUERY: Final = re.compile(r"\{[?&]([^{}]*)\}")


def routes(project: Project) -> Iterator[Route]:
    """The actions of all blueprints of a project."""
    for path, text in texts(project, KEYWORDS, ("markdown", None), r"\.(?:apib|md)$"):
        if not re.match(r"\s*FORMAT:\s*1A", text):
            continue
        document = Document(project, path, "api-blueprint")
        resource = ""
        for number, line in enumerate(text.split("\n"), 1):
            if not line.startswith("#"):
                continue
            heading = line[:MAX_LINE].strip("# \t\r")
            action, only = _ACTION.search(heading), _RESOURCE.search(heading)
            if action is not None:
                yield _route(document, action[1], action[2] or resource, number)
            elif only is not None:
                resource = only[1]


def _route(document: Document, method: str, template: str, line: int) -> Route:
    names = [name.strip("*+ ") for found in _QUERY.findall(template) for name in found.split(",")]
    query = [Parameter(name=name[:200], source="query") for name in names if name]
    return document.route(method, _QUERY.sub("", template), line, parameters=query, documented_only=True)
