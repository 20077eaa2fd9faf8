"""Hasura: the GraphQL fields that it derives from tracked tables, its actions, and its REST endpoints, from its metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.stated import Document, documents, strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("schema:", '"schema"', "collection_name", "actions:")
MAX_VALUES: Final = 100_000
_FIELDS: Final = (
    ("select", "Query", "{table}"),
    ("select_aggregate", "Query", "{table}_aggregate"),
    ("select_by_pk", "Query", "{table}_by_pk"),
    ("insert", "Mutation", "insert_{table}"),
    ("insert_one", "Mutation", "insert_{table}_one"),
    ("update", "Mutation", "update_{table}"),
    ("update_by_pk", "Mutation", "update_{table}_by_pk"),
    ("delete", "Mutation", "delete_{table}"),
    ("delete_by_pk", "Mutation", "delete_{table}_by_pk"),
)
_PERMISSIONS: Final = ("select_permissions", "insert_permissions", "update_permissions")
_MARKS: Final = (*_PERMISSIONS, "delete_permissions", "object_relationships", "array_relationships", "configuration")


def routes(project: Project) -> Iterator[Route]:
    """What all Hasura metadata of a project expose."""
    for path, root in documents(project, KEYWORDS):
        if "metadata" not in path and root.get("metadata") is None:
            continue
        document = Document(project, path, "hasura")
        pending = [root]
        for _ in range(MAX_VALUES):
            if not pending:
                break
            value = pending.pop()
            if value.get("definition", "query", "collection_name") is not None:
                for method in strings(value.get("methods")):
                    yield document.route(method, f"/api/rest/{value.string('url').lstrip('/')}", value)
            elif value.get("table") is not None and _tracks(path, value):
                yield from _table(document, value)
            elif value.get("definition", "handler") is not None and value.string("name"):
                operation = "Query" if value.string("definition", "type") == "query" else "Mutation"
                yield document.route("POST", f"/v1/graphql#{operation}.{value.string('name')}", value, type="graphql")
            else:
                pending.extend(reversed([*value.entries.values(), *value.elements]))


def _tracks(path: str, value: Value) -> bool:
    """Tell a tracked table from a table that something else names."""
    return "/tables" in path or any(value.get(mark) is not None for mark in _MARKS) or set(value.entries) == {"table"}


def _table(document: Document, value: Value) -> Iterator[Route]:
    table = value.get("table")
    if table is None:
        return
    name, schema = table.text or table.string("name"), table.string("schema") or "public"
    shown = value.string("configuration", "custom_name") or (name if schema == "public" else f"{schema}_{name}")
    roots = value.get("configuration", "custom_root_fields")
    keyed = any("id" in strings(permission.get("permission", "columns")) for key in _PERMISSIONS for permission in _listed(value, key))
    for field, operation, pattern in _FIELDS:
        if name and (keyed or not field.endswith("_by_pk")):
            custom = roots.string(field) or roots.string(field, "name") if roots is not None else ""
            yield document.route("POST", f"/v1/graphql#{operation}.{custom or pattern.format(table=shown)}", table, type="graphql")


def _listed(value: Value, key: str) -> list[Value]:
    found = value.get(key)
    return found.elements if found is not None else []
