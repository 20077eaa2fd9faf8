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

_FUNCTION: Final = re.compile(
    r"(?:^|/)netlify/(?:functions/(?P<name>[\w-]+)(?:/index|/(?P=name))?\.[mc]?[jt]s|functions/(?P<binary>[\w-]+)/main\.go|edge-functions/(?P<edge>[\w-]+)\.[mc]?[jt]sx?)$"
)
_CONFIG: Final = re.compile(r"export\s+const\s+config\b[^={]{0,100}=\s*\{([^{}]{0,2000})\}")
_FIELD: Final = re.compile(r"\b(path|method)\s*:\s*(\[[^\]]*\]|[^,}\n]*)")
_QUOTED: Final = re.compile(r"""["'`]([^"'`]+)["'`]""")


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
        if found is not None and (code := project.text(path)) is not None:
            yield from _function(Document(project, path, "netlify"), code, found)


def _function(document: Document, text: str, found: re.Match[str]) -> Iterator[Route]:
    """A function is served under its name, or under the paths that it states itself."""
    handler = Handler(file=document.path, line=1, end=1, function="handler")
    config = _CONFIG.search(text)
    stated = {key: _QUOTED.findall(value) for key, value in _FIELD.findall(config[1] if config is not None else "")}
    edge = found["edge"] is not None
    for path in stated.get("path") or ([] if edge else [f"/.netlify/functions/{found['name'] or found['binary']}"]):
        for method in stated.get("method") or ["ANY"]:
            yield document.route(method, path, 1, handler=handler)


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
