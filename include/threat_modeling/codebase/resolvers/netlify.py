"""Netlify: redirects and rewrites of `_redirects` and netlify.toml, edge functions, functions by their files."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from threat_modeling.codebase.observations import Handler
from threat_modeling.codebase.stated import Document, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

_FUNCTION: Final = re.compile(r"(?:^|/)netlify/functions/([\w-]+)(?:/index|/\1)?\.[mc]?[jt]s$|(?:^|/)netlify/functions/([\w-]+)/main\.go$")


def routes(project: Project) -> Iterator[Route]:
    """The paths that Netlify serves by rule for a project."""
    for path, text in texts(project, ("/",), (None,), r"(?:^|/)_redirects$"):
        document = Document(project, path, "netlify")
        for number, line in enumerate(text.split("\n"), 1):
            fields = line.split()
            if len(fields) > 1 and not line.lstrip().startswith("#") and (shown := _path(fields[0])):
                yield document.route("ANY", shown, number)
    for path, text in texts(project, ("redirects", "edge_functions"), ("toml",), r"(?:^|/)netlify\.toml$"):
        yield from _settings(Document(project, path, "netlify"), text)
    for path in project.paths:
        found = _FUNCTION.search(path)
        if found is not None and project.text(path):
            name = found[1] or found[2]
            handler = Handler(file=path, line=1, end=1, function="handler")
            yield Document(project, path, "netlify").route("ANY", f"/.netlify/functions/{name}", 1, handler=handler)


def _settings(document: Document, text: str) -> Iterator[Route]:
    try:
        root = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        document.project.cut_short(document.path, "malformed TOML")
        return
    contexts = root.get("context")
    holders = [root, *(contexts.values() if isinstance(contexts, dict) else ())]
    for holder in (found for found in holders if isinstance(found, dict)):
        for key, field in (("redirects", "from"), ("edge_functions", "path")):
            for row in _rows(holder.get(key)):
                given = row.get(field)
                for written in given if isinstance(given, list) else [given]:
                    if isinstance(written, str) and (shown := _path(written)):
                        yield document.route("ANY", shown, _line(text, written))


def _rows(value: object) -> Iterator[dict[str, Any]]:
    yield from (row for row in (value if isinstance(value, list) else ()) if isinstance(row, dict))


def _line(text: str, written: str) -> int:
    return text.count("\n", 0, max(text.find(f'"{written}"'), 0)) + 1


def _path(written: str) -> str:
    """The path of `/old`, of `https://host/old`; "" for what is none."""
    try:
        return urlsplit(written).path or "/" if "://" in written else written if written.startswith("/") else ""
    except ValueError:
        return ""
