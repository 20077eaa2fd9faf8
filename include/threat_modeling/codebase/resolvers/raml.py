"""RAML: nested resources with their methods, parameters and security schemes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from threat_modeling.codebase.documents import DocumentRefused, Value, parse
from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.stated import Document, strings, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("#%RAML",)
_METHODS: Final = ("get", "post", "put", "patch", "delete", "head", "options")
_SOURCES: Final = (("queryParameters", "query"), ("headers", "header"))
_MAX_DEPTH: Final = 30


def routes(project: Project) -> Iterator[Route]:
    """The methods of all RAML documents of a project."""
    for path, text in texts(project, KEYWORDS, ("yaml", None), r"\.(?:raml|ya?ml)$"):
        if not text.startswith("#%RAML"):
            continue
        try:
            root = parse(text)
        except DocumentRefused as reason:
            project.cut_short(path, f"RAML document {reason}")
            continue
        if root.get("title") is not None:
            document = Document(project, path, "raml")
            yield from _resource(document, root, _base(root), _guards(document, root, ()), 0)


def _base(root: Value) -> str:
    """The path of `baseUri`, its version put in."""
    written = root.string("baseUri").replace("{version}", root.string("version"))
    try:
        return urlsplit(written).path.rstrip("/") if "://" in written else ""
    except ValueError:
        return ""


def _resource(document: Document, resource: Value, path: str, above: tuple[Guard, ...], depth: int) -> Iterator[Route]:
    for key, value in resource.entries.items():
        if key.startswith("/") and depth < _MAX_DEPTH:
            yield from _resource(document, value, path + key, _guards(document, value, above), depth + 1)
        elif key.rstrip("?") in _METHODS and depth:
            guards = _guards(document, value, above)
            yield document.route(key.rstrip("?"), path, resource.keys[key], parameters=_taken(value), guards=guards, documented_only=True)


def _guards(document: Document, value: Value, above: tuple[Guard, ...]) -> tuple[Guard, ...]:
    """The schemes that a resource or method states, else those from above; `null` among them lets everyone in."""
    given = value.get("securedBy")
    if given is None:
        return above
    names = strings(given)
    return () if {"null", "~"} & {*names} or not names else tuple(document.guard(given, name) for name in names)


def _taken(method: Value) -> Iterator[Parameter]:
    for key, source in _SOURCES:
        found = method.get(key)
        for name, value in found.entries.items() if found is not None else ():
            yield Parameter.model_validate(
                {"name": name.rstrip("?")[:200] or "-", "source": source, "type": value.string("type") or value.text or None}
            )
    body = method.get("body")
    for media in body.entries.values() if body is not None else ():
        for holder in (media.get("properties"), media.get("formParameters")):
            for name in holder.entries if holder is not None else ():
                yield Parameter(name=re.sub(r"\?$", "", name)[:200] or "-", source="body")
