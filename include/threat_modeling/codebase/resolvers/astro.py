"""Astro: pages and endpoints under src/pages, actions, middleware."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.file_routes import METHODS, FileRoutes, bases, bracketed
from threat_modeling.codebase.javascript.paths import joined
from threat_modeling.codebase.javascript.values import Foreign, Record, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

_CONFIGURATION: Final = r"astro\.config\.[mc]?[jt]s"
_PAGE: Final = re.compile(r"(?P<path>(?:.*/)?[^/]+?)\.(?P<kind>astro|mdx?|html|[mc]?[jt]s)")
_SETTING: Final = r"(?<![\w.]){}\s*:\s*['\"]([^'\"]+)['\"]"


def routes(project: Project) -> Iterator[Route]:
    """The pages and endpoints of all Astro sites of a project."""
    files = FileRoutes(project, "astro")
    for base in bases(project, _CONFIGURATION):
        start, source = _settings(project, base)
        folder = f"{base}/{source}".lstrip("/")
        middleware = [f"{folder}/middleware{ending}" for ending in (".ts", ".js", "/index.ts", "/index.js")]
        guards = tuple(guard for file in middleware if file in project.paths for guard in files.before(file, "onRequest", whole=True))
        for file, found in files.below(f"{folder}/pages", _PAGE):
            if not any(part.startswith("_") for part in found["path"].split("/")):
                yield from _file(files, file, found["kind"], joined(start, bracketed(found["path"])), guards)
        yield from _actions(files, folder, start, guards)


def _settings(project: Project, base: str) -> tuple[str, str]:
    """The path under which a site is served, and its folder of sources."""
    found = {"base": "", "srcDir": "src"}
    for path in project.paths:
        if re.fullmatch(re.escape(f"{base}/".lstrip("/")) + _CONFIGURATION, path):
            text = project.text(path) or ""
            stated = {key: re.search(_SETTING.format(key), text) for key in found}
            found.update({key: match[1].removeprefix("./").strip("/") for key, match in stated.items() if match is not None})
    return found["base"], found["srcDir"]


def _file(files: FileRoutes, file: str, kind: str, path: str, guards: tuple[Guard, ...]) -> Iterator[Route]:
    if not kind.endswith(("js", "ts")):
        yield files.page(path, file, guards)
        return
    for name in (*METHODS, "ALL"):
        if files.exports(file, name):
            yield files.served("ANY" if name == "ALL" else name, path, file, files.exported(file, name), name, guards)


def _actions(files: FileRoutes, folder: str, start: str, guards: tuple[Guard, ...]) -> Iterator[Route]:
    """`export const server = {like: defineAction({handler})}`."""
    for file in (f"{folder}/actions/index.ts", f"{folder}/actions/index.js", f"{folder}/actions.ts"):
        if file in files.project.paths:
            yield from _action(files, file, (joined(start, "/_actions"), files.exported(file, "server")), guards, 0)


def _action(files: FileRoutes, file: str, place: tuple[str, Value], guards: tuple[Guard, ...], depth: int) -> Iterator[Route]:
    path, value = place
    for name, inner in value.fields.items() if isinstance(value, Record) and depth < 10 else ():
        separator = "." if depth else "/"
        if isinstance(inner, Foreign) and inner.name.endswith("defineAction") and inner.arguments:
            options = inner.arguments[0]
            served = options.fields.get("handler") if isinstance(options, Record) else None
            yield files.served("POST", f"{path}{separator}{name}", file, served, name, guards)
        else:
            yield from _action(files, file, (f"{path}{separator}{name}", inner), guards, depth + 1)
