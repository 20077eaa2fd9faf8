"""Strapi: the routes that it derives from content types, and the routes that its own route files add."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.stated import Document, documents, function_of
from threat_modeling.codebase.syntax import Literal, Mapping, Sequence, text, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Guard, Handler, Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("javascript", "typescript")
KEYWORDS: Final = ("singularName", '"handler"')
_TYPE: Final = re.compile(r"(?:^|/)content-types/[^/]+/schema\.json$")
_ROUTES: Final = re.compile(r"(?:^|/)api/([\w-]+)/routes/[^/]+\.[jt]s$")
_OLD_ROUTES: Final = re.compile(r"(?:^|/)api/([\w-]+)/config/routes\.json$")
_COLLECTION: Final = (
    ("find", "GET", ""),
    ("create", "POST", ""),
    ("findOne", "GET", "/{documentId}"),
    ("update", "PUT", "/{documentId}"),
    ("delete", "DELETE", "/{documentId}"),
)
_SINGLE: Final = (("find", "GET", ""), ("update", "PUT", ""), ("delete", "DELETE", ""))
_LIMITS: Final = re.compile(r"\b(only|except)\s*:\s*\[([^\]]{0,500})\]")
_UNWRITTEN: Final = frozenset({"relation", "media", "component", "dynamiczone"})


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Strapi applications of a project."""
    for path, root in documents(project, KEYWORDS, ("json",)):
        document = Document(project, path, "strapi")
        if _TYPE.search(path):
            yield from _derived(document, root)
        elif _OLD_ROUTES.search(path):
            yield from _listed(document, root)
    for module in project.modules(LANGUAGES, ("handler",)):
        found = _ROUTES.search(module.path)
        if found is not None:
            for node in walk(module.body):
                if isinstance(node, Mapping) and isinstance(rows := node.get("routes"), Sequence):
                    for row in rows.elements:
                        if isinstance(row, Mapping):
                            yield from _row(Document(project, module.path, "strapi"), row)


def _derived(document: Document, root: Value) -> Iterator[Route]:
    """Create, read, update and delete of a content type; callers need a permission of their role for each."""
    single = root.string("kind") == "singleType"
    name = root.string("info", "singularName" if single else "pluralName")
    attributes = root.get("attributes")
    fields = [
        Parameter(name=field[:200], source="body", type=value.string("type") or None)
        for field, value in (attributes.entries.items() if attributes is not None else ())
        if field and value.string("type") not in _UNWRITTEN
    ]
    kept = _kept(document)
    for action, method, ending in (_SINGLE if single else _COLLECTION) if name else ():
        if action not in kept:
            continue
        body = fields if method in {"POST", "PUT"} else []
        place = root.get("kind") or root
        yield document.route(method, f"/api/{name}{ending}", place, parameters=body, guards=_permissions(document, place.line))


def _kept(document: Document) -> set[str]:
    """The actions that `createCoreRouter(uid, {only: [...]})` or `except` leaves; all of them where no file says so."""
    actions = {action for action, _, _ in _COLLECTION}
    folder = posixpath.dirname(posixpath.dirname(posixpath.dirname(document.path)))
    for path in document.project.paths:
        if path.startswith(f"{folder}/routes/") and "createCoreRouter" in (text_ := document.project.text(path) or ""):
            for kind, listed in _LIMITS.findall(text_):
                named = set(re.findall(r"\w+", listed))
                actions = actions & named if kind == "only" else actions - named
    return actions


def _permissions(document: Document, line: int) -> list[Guard]:
    """The permissions of users-permissions, which denies what no role was given."""
    return [document.guard(line, "users-permissions", ControlCategory.AUTHORIZATION)]


def _row(document: Document, row: Mapping) -> Iterator[Route]:
    method, path, handler = text(row.get("method")), text(row.get("path")), text(row.get("handler"))
    if method is None or path is None:
        return
    config = row.get("config")
    stated = config if isinstance(config, Mapping) else Mapping(row.line, row.end, ())
    auth = stated.get("auth")
    open_ = isinstance(auth, Literal) and auth.value is False
    guards = [] if open_ else _permissions(document, row.line)
    policies = stated.get("policies")
    guards += [
        document.guard(e.line, text(e) or "policy", ControlCategory.AUTHORIZATION)
        for e in (policies.elements if isinstance(policies, Sequence) else ())
    ]
    prefix = text(stated.get("prefix"))
    shown = ("/api" if prefix is None else prefix) + "/" + path.lstrip("/")
    yield document.route(method, shown, row.line, guards=guards, handler=_handler(document, handler or ""))


def _handler(document: Document, written: str) -> Handler | None:
    """`article.like` -> controllers/article beside the routes."""
    owner, _, action = written.rpartition("::")[2].rpartition(".")
    name = owner.rpartition(".")[2]
    folder = posixpath.dirname(posixpath.dirname(document.path))
    return function_of(document.project, posixpath.join(folder, "controllers", name), action) if name and action else None


def _listed(document: Document, root: Value) -> Iterator[Route]:
    """Version 3 lists its routes in JSON, without a prefix."""
    rows = root.get("routes")
    for row in rows.elements if rows is not None else ():
        if row.string("method") and row.string("path"):
            yield document.route(row.string("method"), row.string("path"), row, guards=_permissions(document, row.line))
