"""Serverless Framework: HTTP events of functions, in the forms `http`, `httpApi`, `alb`, and function URLs."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.stated import Document, documents, function_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Guard, Handler, Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("functions:", '"functions"')
_EVENTS: Final = ("http", "httpApi", "alb")


def routes(project: Project) -> Iterator[Route]:
    """The routes of all services of a project."""
    for path, root in documents(project, KEYWORDS):
        functions = root.get("functions")
        if functions is not None and (root.get("service") is not None or root.get("provider") is not None):
            holders = functions.elements or [functions]
            document = Document(project, path, "serverless")
            for holder in holders:
                for function in holder.entries.values():
                    yield from _function(document, root, function)


def _function(document: Document, root: Value, function: Value) -> Iterator[Route]:
    served = _handler(document, function.string("handler"))
    events = function.get("events")
    for event in events.elements if events is not None else ():
        for kind in _EVENTS:
            value = event.get(kind)
            if value is not None:
                yield from _event(document, root, kind, value, served)
    url = function.get("url")
    if url is not None and (url.text or "").lower() != "false":
        guards = [document.guard(url, "aws_iam")] if url.string("authorizer") == "aws_iam" else []
        yield document.route("ANY", "/", url, handler=served, guards=guards)


def _event(document: Document, root: Value, kind: str, value: Value, served: Handler | None) -> Iterator[Route]:
    written = (value.text or "").split()
    if value.text:
        method, path = (written[0], written[1]) if len(written) > 1 else ("*", "/{proxy}" if value.text == "*" else value.text)
    elif kind == "alb":
        conditions = value.get("conditions")
        paths = conditions.get("path") if conditions is not None else None
        method, path = "*", (paths.text or (paths.elements[0].text if paths.elements else "") or "") if paths is not None else ""
    else:
        method, path = value.string("method"), value.string("path")
    if not path or "$default" in path:
        return
    prefix = _stage(root) if kind == "http" else ""
    shown = "ANY" if method.upper() in {"*", "ANY", ""} else method
    yield document.route(shown, f"{prefix}/{path.lstrip('/')}", value, handler=served, guards=_guards(document, value))


def _guards(document: Document, value: Value) -> Iterator[Guard]:
    """The authorizer of an event, and `private: true`, which asks for an API key."""
    authorizer = value.get("authorizer")
    if authorizer is not None:
        name = authorizer.text or authorizer.string("name") or authorizer.string("type") or authorizer.string("arn")
        if (name or "").lower() not in {"", "none"}:
            yield document.guard(authorizer, name)
    if value.string("private") == "true":
        yield document.guard(value.get("private") or value, "private")


def _stage(root: Value) -> str:
    """The stage in front of the paths of a REST API where the service states one: `dev`, `${opt:stage, 'dev'}`."""
    stage = root.string("provider", "stage")
    default = re.fullmatch(r"\$\{[^,{}]+,\s*'?([\w-]+)'?\}", stage)
    name = default[1] if default else stage
    return f"/{name}" if re.fullmatch(r"[\w-]+", name) else ""


def _handler(document: Document, written: str) -> Handler | None:
    """The code behind `src/users.list`."""
    module, _, name = written.rpartition(".")
    base = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), module))
    return function_of(document.project, base, name) if module else None
