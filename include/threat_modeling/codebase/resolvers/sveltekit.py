"""SvelteKit: endpoints, form actions and pages under src/routes, with the server's hook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.file_routes import METHODS, FileRoutes, bases, bracketed
from threat_modeling.codebase.javascript.paths import joined
from threat_modeling.codebase.javascript.values import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

_FILE: Final = re.compile(r"(?P<path>(?:.*/)?)\+(?P<kind>server|page\.server|page)(?:@[^/]*)?\.(?:[jt]s|svelte)")
_BASE: Final = re.compile(r"\bpaths\s*:\s*\{[^{}]{0,500}\bbase\s*:\s*['\"]([^'\"]+)['\"]")


def routes(project: Project) -> Iterator[Route]:
    """The routes of all SvelteKit applications of a project."""
    files = FileRoutes(project, "sveltekit")
    for base in bases(project, r"svelte\.config\.[mc]?[jt]s"):
        source = f"{base}/src".lstrip("/")
        hooks = [f"{source}/hooks.server.{ending}" for ending in ("ts", "js")]
        guards = tuple(guard for file in hooks if file in project.paths for guard in files.before(file, "handle", whole=True))
        start = _start(project, base)
        for file, found in files.below(f"{source}/routes", _FILE):
            yield from _file(files, file, found["kind"], joined(start, bracketed(found["path"])), guards)


def _start(project: Project, base: str) -> str:
    for ending in ("js", "ts", "mjs"):
        stated = _BASE.search(project.text(f"{base}/svelte.config.{ending}".lstrip("/")) or "")
        if stated is not None:
            return stated[1]
    return ""


def _file(files: FileRoutes, file: str, kind: str, path: str, guards: tuple[Guard, ...]) -> Iterator[Route]:
    if kind == "server":
        for name in (*METHODS, "fallback"):
            if files.exports(file, name):
                yield files.served("ANY" if name == "fallback" else name, path, file, files.exported(file, name), name, guards)
    elif file.endswith(".svelte"):
        yield files.page(path, file, guards)
    elif kind == "page.server":
        actions = files.exported(file, "actions")
        for name, value in actions.fields.items() if isinstance(actions, Record) else ():
            yield files.served("POST", path, file, value, name, guards)
