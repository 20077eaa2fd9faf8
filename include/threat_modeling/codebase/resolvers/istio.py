"""Istio: HTTP matches of virtual services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.stated import Document, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("VirtualService",)
_FORMS: Final = ("exact", "prefix", "regex")


def routes(project: Project) -> Iterator[Route]:
    """The paths that the virtual services of a project take."""
    for path, root in documents(project, KEYWORDS):
        if root.string("kind") != "VirtualService":
            continue
        document = Document(project, path, "istio")
        http = root.get("spec", "http")
        for rule in http.elements if http is not None else ():
            yield from _rule(document, rule)


def _rule(document: Document, rule: Value) -> Iterator[Route]:
    matches = rule.get("match")
    for match in matches.elements if matches is not None else ():
        uri = next((match.string("uri", form) for form in _FORMS if match.string("uri", form)), "")
        method = next((match.string("method", form) for form in _FORMS if match.string("method", form)), "")
        for one in method.split("|") if uri else ():
            yield document.route(one.strip("^$() ") or "ANY", uri.lstrip("^"), match)
