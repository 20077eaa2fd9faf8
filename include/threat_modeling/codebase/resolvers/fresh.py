"""Fresh: handlers and pages under routes/, with the middleware of the folders above them."""

from __future__ import annotations

import re
from posixpath import dirname
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.javascript.file_routes import METHODS, FileRoutes, bracketed, depending
from threat_modeling.codebase.javascript.paths import template
from threat_modeling.codebase.javascript.values import Constant, Foreign, Record, Value
from threat_modeling.codebase.javascript.verbs import Verbs, routes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

_ROUTE: Final = re.compile(r"(?P<path>(?:.*/)?[^/]+)\.[jt]sx?")
_ENDINGS: Final = ("ts", "tsx", "js", "jsx")


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Fresh applications of a project."""
    yield from routes_of(project, _Programmed(), ("fresh",), "fresh")
    files = FileRoutes(project, "fresh")
    for base in dict.fromkeys((*depending(project, '"$fresh/'), *depending(project, "fresh@"), *depending(project, "@fresh/core"))):
        folder = f"{base}/routes".lstrip("/")
        for file, found in files.below(folder, _ROUTE):
            if not found["path"].rpartition("/")[2].startswith("_") and "(_" not in found["path"]:
                yield from _file(files, file, found["path"], _middleware(files, folder, file))


class _Programmed(Verbs):
    """`new App().get("/path", handler)`, which Fresh 2 has beside its folders."""

    creators: ClassVar[frozenset[str]] = frozenset({"fresh.App", "@fresh/core.App", "jsr:@fresh/core.App"})


def _file(files: FileRoutes, file: str, place: str, guards: tuple[Guard, ...]) -> Iterator[Route]:
    path = bracketed(place)
    config = files.exported(file, "config")
    override = config.fields.get("routeOverride") if isinstance(config, Record) else None
    if isinstance(override, Constant):
        path = template(str(override.value))
    given = next((name for name in ("handler", "handlers") if files.exports(file, name)), None)
    value = _opened(files.exported(file, given)) if given is not None else None
    methods = {name: inner for name, inner in value.fields.items() if name in METHODS} if isinstance(value, Record) else {}
    for method, inner in methods.items():
        yield files.served(method, path, file, inner, method, guards)
    if given is not None and not methods:
        yield files.served("ANY", path, file, value, given, guards)
    elif "GET" not in methods and files.exports(file, "default"):
        yield files.served("GET", path, file, files.exported(file, "default"), "default", guards)


def _opened(value: Value) -> Value:
    """The methods inside `define.handlers({...})`."""
    return value.arguments[0] if isinstance(value, Foreign) and value.called and value.arguments else value


def _middleware(files: FileRoutes, folder: str, file: str) -> tuple[Guard, ...]:
    """What `_middleware` of each folder above a file does, outermost first."""
    folders = [dirname(file)]
    while folders[-1] != folder and len(folders) < 50:
        folders.append(dirname(folders[-1]))
    found = [f"{above}/_middleware.{ending}" for above in reversed(folders) for ending in _ENDINGS]
    return tuple(
        guard
        for path in found
        if path in files.project.paths
        for name in ("handler", "default")
        for guard in files.before(path, name, whole=dirname(path) == folder)
    )
