"""Next.js: route handlers of the app folder and API routes of the pages folder, which are served under their files' paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.behavior import Observer
from threat_modeling.codebase.javascript.evaluation import Evaluation
from threat_modeling.codebase.javascript.handlers import handler, unwrapped
from threat_modeling.codebase.javascript.paths import names
from threat_modeling.codebase.javascript.requests import parameters
from threat_modeling.codebase.javascript.routing import is_test
from threat_modeling.codebase.javascript.values import Argument, Site
from threat_modeling.codebase.javascript.verbs import LANGUAGES, Verbs
from threat_modeling.codebase.observations import Guard, Route
from threat_modeling.codebase.syntax import Attribute, Literal, Operation, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("NextResponse", "NextRequest", "NextApiRequest", "export")

_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_APP: Final = re.compile(r"(?:^|/)app/(?P<path>(?:.*/)?)route\.[cm]?[jt]sx?$")
_PAGES: Final = re.compile(r"(?:^|/)pages/(?P<path>api/.*?)\.[cm]?[jt]sx?$")


def routes(project: Project) -> Iterator[Route]:
    """The routes of a target that depends on Next.js."""
    if not any('"next"' in (project.text(path) or "") for path in project.paths if path.rpartition("/")[2] == "package.json"):
        return
    evaluation = Evaluation(project, Verbs())
    observer = Observer(evaluation)
    for file in project.files:
        app, pages = _APP.search(file.path), _PAGES.search(file.path)
        if file.language in LANGUAGES and (app or pages) and not is_test(file.path):
            path = served(app["path"] if app else pages["path"] if pages else "")
            for method, export in [(name, name) for name in _METHODS] if app else _told(evaluation, file.path):
                yield from _route(evaluation, observer, file.path, (method, export, path))


def served(path: str) -> str:
    """A folder's path as it is served: groups and slots take no part, `[id]` is a parameter."""
    parts = [part for part in path.strip("/").split("/") if part and not re.fullmatch(r"\(.*\)|@.*|index", part)]
    return "/" + "/".join(re.sub(r"\[+(?:\.\.\.)?(\w+)\]+", r"{\1}", part) for part in parts)


def _told(evaluation: Evaluation, file: str) -> list[tuple[str, str]]:
    """The methods that an API route tells apart by itself: `req.method === "POST"`, `case "POST"`; else ANY."""
    closure = unwrapped(evaluation, evaluation.settled(evaluation.exported(file, "default")))
    body = closure.function.body if closure is not None else ()
    asks = any(isinstance(node, Attribute) and node.name == "method" for node in walk(body))
    found = {str(node.value): None for node in walk(body) if isinstance(node, Literal) and node.value in _METHODS} if asks else {}
    refused = closure is not None and any(isinstance(node, Operation) and node.operator in {"!==", "!="} for node in walk(body))
    return [(method, "default") for method in found] if found and (refused or len(found) > 1) else [("ANY", "default")]


def _route(evaluation: Evaluation, observer: Observer, file: str, served_as: tuple[str, str, str]) -> Iterator[Route]:
    method, export, path = served_as
    if not exists(evaluation, file, export):
        return
    value = evaluation.settled(evaluation.exported(file, export))
    where, closure = handler(evaluation, Argument(value, Site(file, 1, 1), export), Site(file, 1, 1))
    evidence = evaluation.project.evidence(where.file, where.line, where.line)
    controls = observer.behavior(closure).controls if closure is not None else ()
    yield Route(
        method=method,
        path=path,
        framework="nextjs",
        handler=where,
        registration=evidence,
        parameters=parameters(closure, names(path)),
        guards=tuple(Guard(category=category, name=where.function, scope="handler", evidence=evidence) for category in controls),
    )


def exists(evaluation: Evaluation, file: str, export: str) -> bool:
    """Whether a file exports a name, by itself or from another file."""
    return evaluation.exports(file, export) or evaluation.exported(file, export) is not None
