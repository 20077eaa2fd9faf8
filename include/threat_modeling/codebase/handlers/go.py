"""What a handler of Go is given and takes: the request by its type, its parts by the methods of net/http and the frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.go.requests import SOURCES
from threat_modeling.codebase.handlers.origins import NONE, REQUEST, Origin, Origins, identity, narrow
from threat_modeling.codebase.handlers.vocabulary import words
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Evaluate, dotted, text

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Class, Function

LANGUAGE: Final = "go"
_REQUESTS: Final = frozenset({"Request", "Context", "Ctx", "RequestCtx", "RequestContext"})
_PARTS: Final = {
    **dict.fromkeys(("Query", "QueryArgs", "RawQuery"), "query"),
    **dict.fromkeys(("Form", "PostForm", "PostArgs", "Body", "MultipartForm"), "body"),
    **dict.fromkeys(("Header", "Headers"), "header"),
}
_STORED: Final = ('gorm:"', 'bson:"', 'db:"')
_SAME: Final = frozenset({"URL", "Request", "Req", "Input"})
_HELD: Final = frozenset({"Get", "MustGet", "GetString", "GetInt", "GetUint", "Locals", "Value", "UserValue"})
_PEOPLE: Final = frozenset({"user", "userid", "uid", "username", "claims", "account", "principal", "identity", "email", "subject", "session", "id"})


def bound(function: Function) -> dict[str, Origins]:
    """The request, whatever its parameter is called; `context.Context` is none."""
    names: dict[str, Origins] = {}
    for parameter in function.parameters:
        written = dotted(parameter.annotation)
        request = written.rpartition(".")[2] in _REQUESTS and written != "context.Context"
        names[parameter.name] = frozenset({REQUEST}) if request else NONE
    return names


def stored(node: Class) -> frozenset[str]:
    """The fields of a struct that a database keeps, told by its tags or by gorm's base; none of any other struct."""
    tags = [
        text(part.value.arguments[0]) or ""
        for part in node.body
        if isinstance(part, Evaluate) and isinstance(part.value, Call) and part.value.arguments
    ]
    if not any(mark in tag for tag in tags for mark in _STORED) and "gorm.Model" not in {dotted(base) for base in node.bases}:
        return frozenset()
    return frozenset(dotted(part.targets[0]) for part in node.body if isinstance(part, Assign))


def part(receiver: Origins, name: str) -> Origins | None:
    """`r.URL`, `r.Header`, `r.URL.Query`: a part of the request, or the request still; None for anything else."""
    if REQUEST not in receiver:
        return None
    if name in _PARTS:
        return frozenset({Origin("request", _PARTS[name])})
    return frozenset({REQUEST}) if name in _SAME else None


def keyed(node: Call, receiver: Origins, key: str) -> Origins | None:
    """What a request gives for a name: `c.Param("id")`, `r.Header.Get("X")`, `c.Get("user")` that middleware put there."""
    if not isinstance(node.callee, Attribute):
        return None
    method = node.callee.name
    if REQUEST in receiver:
        if method in _HELD and not _PEOPLE.isdisjoint({*words(key), key.lower().replace("_", "")}):
            return frozenset({identity("token")})
        source = SOURCES.get(method)
        return narrow(frozenset({Origin("request", source)}), key) if source is not None else None
    held = any(origin.kind == "request" and not origin.field for origin in receiver)
    return narrow(receiver, key) if held and method in {"Get", "Peek", "Values", "Value"} else None
