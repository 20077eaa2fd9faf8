"""Directus: the item routes of the collections in a schema snapshot; its roles decide who may call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.stated import Document, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("directus",)
_WRITES: Final = frozenset({"POST", "PATCH"})


def routes(project: Project) -> Iterator[Route]:
    """The item routes of all snapshots of a project."""
    for path, root in documents(project, KEYWORDS):
        collections = root.get("collections")
        if root.get("directus") is None or collections is None:
            continue
        document = Document(project, path, "directus")
        for collection in collections.elements:
            name = collection.string("collection")
            # A folder of the administration has no table; system collections are the product's own.
            if name and not name.startswith("directus_") and collection.get("schema", "name") is not None:
                yield from _collection(document, root, collection, name)


def _collection(document: Document, root: Value, collection: Value, name: str) -> Iterator[Route]:
    written = tuple(_fields(root, name))
    if collection.string("meta", "singleton") == "true":
        served = [(method, f"/items/{name}/singleton") for method in ("GET", "PATCH")]
    else:
        served = [(method, f"/items/{name}") for method in ("GET", "POST", "PATCH", "DELETE")]
        served += [(method, f"/items/{name}/{{id}}") for method in ("GET", "PATCH", "DELETE")]
    for method, path in served:
        yield document.route(method, path, collection, parameters=written if method in _WRITES else ())


def _fields(root: Value, name: str) -> Iterator[Parameter]:
    """The fields of a collection that a caller may write."""
    fields = root.get("fields")
    for field in fields.elements if fields is not None else ():
        kind = field.string("type")
        if field.string("collection") == name and kind != "alias" and field.string("meta", "readonly") != "true" and field.string("field"):
            yield Parameter(name=field.string("field")[:200], source="body", type=kind or None)
