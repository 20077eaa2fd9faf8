"""Postman collections: requests in folders, with variables in their paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.stated import Document, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("getpostman.com", "_postman_id")
_VARIABLE: Final = re.compile(r"\{\{([^{}]*)\}\}")


def routes(project: Project) -> Iterator[Route]:
    """The requests of all collections of a project."""
    for path, root in documents(project, KEYWORDS, ("json",)):
        document = Document(project, path, "postman")
        collection = root.get("collection") or root
        pending = [*_items(collection)][::-1]
        while pending:
            item = pending.pop()
            pending.extend(reversed(_items(item)))
            request = item.get("request")
            if request is not None:
                yield from _request(document, request)


def _items(value: Value) -> list[Value]:
    items = value.get("item")
    return items.elements if items is not None else []


def _request(document: Document, request: Value) -> Iterator[Route]:
    method, url = (request.string("method") or "GET"), request.get("url")
    raw = request.text or (url.text if url is not None and url.text else url.string("raw") if url is not None else "")
    path = _path(raw or "")
    parts = url.get("path") if url is not None else None
    if parts is not None and parts.elements:
        path = "/" + "/".join(element.text or element.string("value") for element in parts.elements)
    if path:
        shown = _VARIABLE.sub(r"{\1}", path)
        yield document.route(method, shown, request, parameters=_parameters(request, url), documented_only=True)


def _path(raw: str) -> str:
    """The path of `{{host}}/users`, of `https://host/users?page=1`."""
    plain = re.sub(r"^\w+://", "", raw.partition("?")[0].partition("#")[0])
    _, slash, path = plain.partition("/")
    return slash + path if slash else ""


def _parameters(request: Value, url: Value | None) -> Iterator[Parameter]:
    holders = (
        (url.get("query") if url is not None else None, "query"),
        (request.get("header"), "header"),
        (request.get("body", "urlencoded"), "body"),
        (request.get("body", "formdata"), "body"),
    )
    for value, source in holders:
        for element in value.elements if value is not None else ():
            name = element.string("key")
            if name:
                yield Parameter.model_validate({"name": name[:200], "source": "file" if element.string("type") == "file" else source})
