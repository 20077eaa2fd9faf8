"""Nitro and Nuxt: event handlers under server/api, server/routes, api and routes, with server middleware."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.file_routes import FileRoutes, bases, bracketed
from threat_modeling.codebase.javascript.paths import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

_METHOD: Final = r"get|post|put|patch|delete|head|options|connect|trace"
_ROUTE: Final = re.compile(rf"(?P<path>(?:.*/)?[^/]+?)(?:\.(?P<method>{_METHOD}))?(?:\.(?:dev|prod))?\.[mc]?[jt]s")
_MIDDLEWARE: Final = re.compile(r".*\.[mc]?[jt]s")
_SETTING: Final = re.compile(r"(?<![\w.])(baseURL|serverDir|srcDir)\s*:\s*['\"]([^'\"]+)['\"]")


def routes(project: Project) -> Iterator[Route]:
    """The server routes of all Nuxt and Nitro applications of a project."""
    files = FileRoutes(project, "nitro")
    for base in bases(project, r"(?:nuxt|nitro)\.config\.[mc]?[jt]s"):
        nuxt = any(re.fullmatch(re.escape(f"{base}/".lstrip("/")) + r"nuxt\.config\.[mc]?[jt]s", path) for path in project.paths)
        settings = _settings(project, base)
        for server in dict.fromkeys(_servers(base, settings, _layers(project, base), nuxt=nuxt)):
            guards = tuple(_guards(files, server))
            for folder, start in (("api", "/api"), ("routes", "")):
                for file, found in files.below(f"{server}/{folder}".lstrip("/"), _ROUTE):
                    path = joined(settings.get("baseURL", ""), joined(start, _path(found["path"])))
                    yield files.served((found["method"] or "any").upper(), path, file, files.exported(file, "default"), "default", guards)


def _settings(project: Project, base: str) -> dict[str, str]:
    pattern = re.escape(f"{base}/".lstrip("/")) + r"(?:nuxt|nitro)\.config\.[mc]?[jt]s"
    return {key: value for path in project.paths if re.fullmatch(pattern, path) for key, value in _SETTING.findall(project.text(path) or "")}


def _servers(base: str, settings: dict[str, str], layers: list[str], *, nuxt: bool) -> Iterator[str]:
    """The folders whose api and routes are served; each layer of Nuxt may have its own."""
    stated = settings.get("serverDir") or (settings.get("srcDir") if not nuxt else None)
    if stated:
        yield f"{base}/{stated.removeprefix('./').strip('/')}".lstrip("/")
    elif nuxt:
        yield from layers
        yield f"{base}/server".lstrip("/")
        yield f"{base}/src/server".lstrip("/")
    else:
        yield base
        yield f"{base}/server".lstrip("/")


def _layers(project: Project, base: str) -> list[str]:
    """The server folders of the layers that Nuxt finds by itself."""
    pattern = re.compile(re.escape(f"{base}/".lstrip("/")) + r"(layers/[^/]+/server)/")
    found = {match[0].rstrip("/") for path in project.paths if (match := pattern.match(path))}
    return sorted(found)


def _guards(files: FileRoutes, server: str) -> Iterator[Guard]:
    for file, _ in files.below(f"{server}/middleware".lstrip("/"), _MIDDLEWARE):
        yield from files.before(file, "default", whole=True)


def _path(path: str) -> str:
    """`[...]` without a name takes the rest of the path."""
    return bracketed(re.sub(r"\[\.\.\.\]", "[...path]", path))
