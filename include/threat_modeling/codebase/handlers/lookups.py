"""Recognizes the calls that read and change stored records: object mappers, document stores and SQL text, by their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.vocabulary import entity
from threat_modeling.codebase.syntax import Attribute, Call, Expression, Literal, Mapping, Name, Operation, Sequence, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.handlers.origins import Origins

_READ: Final = frozenset(
    {"filter_by", "filter", "get", "get_or_404", "first_or_404", "find_one", "findOne", "findByPk", "findById", "findUnique", "findUniqueOrThrow"}
    | {
        "findFirst",
        "findOneBy",
        "findOneOrFail",
        "where",
        "exclude",
        "get_by_id",
        "find_by_id",
        "getById",
        "getOne",
        "getReferenceById",
        "get_or_none",
        "scalar_one",
    },
)
_LIST: Final = frozenset({"all", "find", "findAll", "findMany", "findAndCountAll", "findBy", "select", "find_all", "scan"})
_WRITE: Final = frozenset(
    {"update", "update_one", "update_many", "updateOne", "updateMany", "findByIdAndUpdate", "findOneAndUpdate", "find_one_and_update", "upsert"}
    | {"increment", "decrement", "replaceOne", "replace_one", "save", "bulkWrite", "bulk_update", "saveAndFlush", "saveAll", "persist", "merge"},
)
_DELETE: Final = frozenset(
    {"delete", "destroy", "remove", "deleteById", "deleteOne", "delete_one", "deleteMany", "delete_many", "findByIdAndDelete", "findByIdAndRemove"}
    | {"findOneAndDelete", "find_one_and_delete", "delete_instance"},
)
_CREATE: Final = frozenset({"create", "insert", "insert_one", "insertOne", "insertMany", "insert_many", "bulk_create", "bulkCreate", "build", "add"})
_DROP: Final = frozenset(
    {"drop_all", "dropDatabase", "dropTable", "drop_table", "drop_database", "drop_collection", "truncate", "flushdb", "flushall"}
)
OPERATIONS: Final = {
    **dict.fromkeys(_READ, "read"),
    **dict.fromkeys(_LIST, "list"),
    **dict.fromkeys(_CREATE, "create"),
    **dict.fromkeys(_WRITE, "write"),
    **dict.fromkeys(_DELETE, "delete"),
    **dict.fromkeys(_DROP, "drop"),
}
_DERIVED: Final = re.compile(r"(find|get|read|query|search|exists|delete|remove)(?:All|First|Top\d*|One)?By([A-Z]\w*?)(?:OrderBy\w+)?$")
"""Queries of Spring Data, Micronaut Data and Panache that say in their name what they select by."""
_BY_KEY: Final = frozenset(
    {
        "getById",
        "getOne",
        "getReferenceById",
        "deleteById",
        "get",
        "get_or_404",
        "findByPk",
        "findById",
        "get_by_id",
        "find_by_id",
        "findByIdAndUpdate",
        "findByIdAndDelete",
        "findByIdAndRemove",
    }
)
_SQL_CALLS: Final = frozenset(
    {"execute", "executemany", "query", "raw", "run", "all", "get", "each", "prepare", "executescript", "fetch", "$queryRaw"}
    | {"Query", "QueryRow", "Exec", "QueryContext", "QueryRowContext", "ExecContext", "Raw", "Get", "Select", "GetContext", "SelectContext", "Queryx"}
)
_NOT_MODELS: Final = frozenset(
    {"Object", "Array", "JSON", "Math", "Promise", "Date", "Number", "String", "Path", "Response", "Set", "Map", "Buffer", "URL", "Reflect", "Symbol"}
    | {"Flask", "FastAPI", "Error", "Headers", "FormData", "Blueprint", "Router", "Console", "Logger", "Counter", "Thread", "Process", "Request"},
)
_STORE_ROOTS: Final = frozenset({"db", "prisma", "mongo", "knex", "database", "collection", "collections", "models"})
_SQL = re.compile(r"^\W*(select|insert|update|delete|drop|truncate)\b", re.IGNORECASE)
_TABLE = re.compile(r"\b(?:from|into|update|table(?:\s+if\s+exists)?)\s+[\"'`\[]?(?:\w+\.)?([A-Za-z_]\w*)", re.IGNORECASE)
_KEY = re.compile(r"([A-Za-z_]\w*)[\"'`\]]?\s*(?:=|\blike\b|\bin\b)", re.IGNORECASE)
_SET = re.compile(r"\bset\b(.*?)(?:\bwhere\b|$)", re.IGNORECASE | re.DOTALL)
_VERBS: Final = {"select": "read", "insert": "create", "update": "write", "delete": "delete", "drop": "drop", "truncate": "drop"}


@dataclass(frozen=True, slots=True)
class Lookup:
    """A store call taken apart: what selects the records, and what is written, by field or as a whole."""

    operation: str
    entity: str
    keys: tuple[str, ...]
    selectors: tuple[Expression, ...]
    values: tuple[tuple[str, Expression], ...]
    whole: tuple[Expression, ...]
    limited: bool


def lookup(call: Call, receiver: Origins, sql: str) -> Lookup | None:
    """The store access that a call makes, or None.

    `receiver` holds the origins of the object whose method is called; `sql` is the constant text of the first argument, "" for none.
    """
    name = dotted(call.callee).rpartition(".")[2] or (call.callee.name if isinstance(call.callee, Attribute) else "")
    if sql and name in _SQL_CALLS and (said := statement(call, sql)) is not None:
        return said
    if name in {"get_object_or_404", "get_list_or_404"} and call.arguments:
        return _assembled("read" if "object" in name else "list", entity(dotted(call.arguments[0])), name, call, call.arguments[1:])
    derived = _DERIVED.match(name) if isinstance(call.callee, Attribute) else None
    if derived is not None and name not in OPERATIONS and (kind := _kind(call, call.callee.object, receiver)[0]):  # type: ignore[union-attr]
        keys = tuple(key[:1].lower() + key[1:] for key in re.split(r"And|Or", derived[2]) if key)
        operation = "delete" if derived[1] in {"delete", "remove"} else "read"
        return Lookup(operation, kind, keys, call.arguments, (), (), "First" in name or "Top" in name)
    if name not in OPERATIONS or not isinstance(call.callee, Attribute):
        return None
    kind, arguments = _kind(call, call.callee.object, receiver)
    return _assembled(OPERATIONS[name], kind, name, call, arguments) if kind else None


def _kind(call: Call, receiver: Expression, origins: Origins) -> tuple[str, tuple[Expression, ...]]:
    """The entity that a method call is about ("" where its receiver is no store), and the arguments left."""
    held = sorted(origin.source for origin in origins if origin.kind == "record" and not origin.field)
    path = dotted(receiver)
    parts = [part.rstrip("()[]") for part in path.split(".") if part]
    first = call.arguments[0] if call.arguments else None
    if parts and parts[-1] == "session":
        if isinstance(first, (Name, Attribute)) and (first.id if isinstance(first, Name) else first.name)[:1].isupper():
            return entity(dotted(first)), call.arguments[1:]
        return ("database", ()) if call.callee.name in _DROP else ("", ())  # type: ignore[union-attr]
    if held:
        return held[0], call.arguments
    return _named(receiver, parts), call.arguments


def _named(receiver: Expression, parts: list[str]) -> str:
    for marker in ("query", "objects", "_default_manager"):
        if marker in parts[1:]:
            index = parts.index(marker, 1)
            return _queried(receiver) if parts[index - 1] in {"session", "db"} else entity(parts[index - 1])
    if not parts:
        return _queried(receiver)
    last = parts[-1]
    if (last[:1].isupper() and last not in _NOT_MODELS and not last.isupper()) or last.endswith(("Collection", "Model", "Repository", "Repo")):
        return entity(last)
    if parts[0] in _STORE_ROOTS:
        return entity(last) if len(parts) > 1 and last not in {"session", "collection"} else _queried(receiver) or "database"
    return ""


def _queried(receiver: Expression) -> str:
    """The entity in `session.query(User)`, `select(User)`, `db.collection("users")`."""
    for node in walk(receiver):
        if isinstance(node, Call) and dotted(node.callee).rpartition(".")[2] in {
            "query",
            "select",
            "collection",
            "table",
            "from",
            "delete",
            "update",
        }:
            for argument in node.arguments[:1]:
                text = argument.value if isinstance(argument, Literal) else dotted(argument)
                if isinstance(text, str) and text:
                    return entity(text)
    return ""


def _assembled(operation: str, kind: str, name: str, call: Call, arguments: tuple[Expression, ...]) -> Lookup:
    selectors, values, whole = _sorted_arguments(operation, call, arguments)
    keys = tuple(dict.fromkeys(key for selector in selectors for key in _keys(selector)))
    if name in _BY_KEY and arguments and not keys:
        keys = ("id",)
    named = tuple(k.name for k in call.keywords if k.name)
    if operation in {"read", "list", "delete"}:
        keys = (*keys, *named)
    options = {key for argument in arguments if isinstance(argument, Mapping) for key, _ in _entries(argument)}
    if operation == "list" and (keys or selectors):
        operation = "read" if keys and name != "select" else operation
    return Lookup(operation, kind, keys, selectors, values, whole, bool({"limit", "take", "first"} & (options | set(named))))


def _sorted_arguments(
    operation: str, call: Call, arguments: tuple[Expression, ...]
) -> tuple[tuple[Expression, ...], tuple[tuple[str, Expression], ...], tuple[Expression, ...]]:
    """Arguments told apart: selectors, written fields, and values written whole."""
    keywords = tuple((k.name or "", k.value) for k in call.keywords)
    if operation in {"read", "list", "delete", "drop"}:
        return (*(_where(a) for a in arguments), *(value for _, value in keywords)), (), ()
    where = tuple(_where(a) for a in arguments if isinstance(a, Mapping) and a.get("where") is not None)
    rest = tuple(a for a in arguments if not (isinstance(a, Mapping) and a.get("where") is not None))
    if operation == "write" and not where and len(rest) > 1 and not call.keywords:
        where, rest = rest[:1], rest[1:2]
    written = [_payload(argument) for argument in (*rest, *(a for a in arguments if isinstance(a, Mapping) and a.get("where") is not None))]
    fields = tuple(pair for argument in written if isinstance(argument, Mapping) for pair in _entries(argument))
    spread = [value for argument in written if isinstance(argument, Mapping) for key, value in argument.entries if key is None]
    whole = (*(a for a in written if a is not None and not isinstance(a, (Mapping, Literal))), *spread, *(v for n, v in keywords if not n))
    return where, (*fields, *((n, v) for n, v in keywords if n)), whole


def _payload(argument: Expression) -> Expression | None:
    """What a write argument writes: `{data: ...}`, `{$set: ...}` and `{where, ...}` are options around it."""
    if isinstance(argument, Mapping):
        for key in ("data", "$set", "values"):
            if (inner := argument.get(key)) is not None:
                return inner
        if argument.get("where") is not None:
            return None
    return argument


def _where(argument: Expression) -> Expression:
    inner = argument.get("where") if isinstance(argument, Mapping) else None
    return inner if inner is not None else argument


def _entries(mapping: Mapping) -> Iterator[tuple[str, Expression]]:
    for key, value in mapping.entries:
        if isinstance(key, Literal) and isinstance(key.value, str):
            yield key.value, value
        elif isinstance(key, Name):
            yield key.id, value


def _keys(selector: Expression) -> Iterator[str]:
    """The fields that a selector tests: keys of a mapping, `Model.field == value`."""
    if isinstance(selector, Mapping):
        yield from (key for key, _ in _entries(selector))
    elif isinstance(selector, Operation):
        for operand in selector.operands:
            if isinstance(operand, Attribute) and dotted(operand.object)[:1].isupper():
                yield operand.name
            elif isinstance(operand, Operation):
                yield from _keys(operand)
    elif isinstance(selector, Sequence):
        for element in selector.elements:
            yield from _keys(element)


def statement(call: Call, sql: str) -> Lookup | None:
    """What a call does that runs an SQL statement; None where the text is no statement on records."""
    verb = _SQL.match(sql)
    if verb is None:
        return None
    table = _TABLE.search(sql)
    condition = re.split(r"\bwhere\b", sql, maxsplit=1, flags=re.IGNORECASE)
    keys = tuple(dict.fromkeys(_KEY.findall(condition[1]))) if len(condition) > 1 else ()
    operation = _VERBS[verb.group(1).lower()]
    if operation == "read" and not keys:
        operation = "list"
    rest = (*call.arguments, *(k.value for k in call.keywords))
    changed = _SET.search(sql) if operation == "write" else None
    values = tuple((field, part) for field in (_KEY.findall(changed.group(1)) if changed else ()) for part in rest)
    kind = entity(table.group(1)) if table else "database"
    limited = bool(re.search(r"\blimit\b", sql, re.IGNORECASE))
    return Lookup(operation, kind, keys, rest, values, (), limited)
