"""What a FastAPI handler takes, told by its signature: path, query, header, cookie, form, file, and the fields of body models."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.python.behavior import dependencies
from threat_modeling.codebase.python.views import lineage
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Expression,
    Function,
    Literal,
    Name,
    Operation,
    Sequence,
    Subscript,
    dotted,
    text,
)
from threat_modeling.codebase.syntax import Parameter as Argument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.python.scopes import Scope

MAX_DEPENDENCIES: Final = 3
MAX_FIELDS: Final = 60

_SOURCES: Final = {
    **dict.fromkeys(("Query",), "query"),
    "Path": "path",
    "Header": "header",
    "Cookie": "cookie",
    **dict.fromkeys(("Body", "Form"), "body"),
    **dict.fromkeys(("File", "UploadFile"), "file"),
}
_FRAMEWORK: Final = frozenset(
    {
        "Request",
        "Response",
        "BackgroundTasks",
        "WebSocket",
        "HTTPConnection",
        "SecurityScopes",
        "HTTPAuthorizationCredentials",
        "Session",
        "AsyncSession",
    }
)
_UNTYPED: Final = frozenset({"request", "req", "websocket", "socket", "ws"})
"""Starlette passes its one argument by place, so it is often left without a type."""
_SCALARS: Final = frozenset(
    {
        "str",
        "int",
        "float",
        "bool",
        "bytes",
        "UUID",
        "UUID4",
        "date",
        "datetime",
        "time",
        "timedelta",
        "Decimal",
        "EmailStr",
        "HttpUrl",
        "AnyUrl",
        "Literal",
        "SecretStr",
    }
)


def parameters(scope: Scope, function: Function, path_names: set[str], *, method: bool = False, depth: int = MAX_DEPENDENCIES) -> Iterator[Parameter]:
    """The parameters of a handler, those of the functions it depends on included; `method` leaves out self."""
    for argument in function.parameters[1 if method else 0 :]:
        if argument.name in {"self", "cls", ""} or (argument.name in _UNTYPED and argument.annotation is None and argument.default is None):
            continue
        yield from _argument(scope, argument, path_names, depth)


def _argument(scope: Scope, argument: Argument, path_names: set[str], depth: int) -> Iterator[Parameter]:
    kind = _unwrapped(argument.annotation)
    name = dotted(kind).rpartition(".")[2]
    place, marker = next(
        (
            (where, call)
            for where, call in dependencies(scope, argument)
            if dotted(call.callee).rpartition(".")[2] in {*_SOURCES, "Depends", "Security"}
        ),
        (scope, None),
    )
    marked = dotted(marker.callee).rpartition(".")[2] if marker is not None else ""
    if marked in {"Depends", "Security"}:
        yield from _dependency(place, marker, kind, path_names, depth)
    elif argument.name in path_names:
        yield Parameter(name=argument.name, source="path", type=_written(argument.annotation))
    elif name == "UploadFile" or marked == "File":
        yield Parameter(name=argument.name, source="file", type=name or None)
    elif name in _FRAMEWORK and not marked:
        return
    elif marked in {"Body", "Form"} or not marked:
        yield from _valued(scope, argument, kind, marked)
    else:
        alias = text(marker.keyword("alias")) if marker is not None else None
        shown = alias or (argument.name.replace("_", "-") if marked == "Header" else argument.name)
        yield Parameter.model_validate({"name": shown[:200], "source": _SOURCES[marked], "type": _written(argument.annotation)})


def _valued(scope: Scope, argument: Argument, kind: Expression | None, marked: str) -> Iterator[Parameter]:
    """A value without a marker: a model's fields and other structures come from the body, scalars from the query."""
    model = model_of(scope, kind)
    if model is not None:
        yield from fields(*model)
        return
    name = dotted(kind.object if isinstance(kind, Subscript) else kind).rpartition(".")[2]
    scalar = not name or name in _SCALARS
    yield Parameter(name=argument.name[:200], source="query" if scalar and not marked else "body", type=_written(argument.annotation))


def _dependency(scope: Scope, marker: Call | None, kind: Expression | None, path_names: set[str], depth: int) -> Iterator[Parameter]:
    provider = marker.arguments[0] if marker is not None and marker.arguments else kind
    if dotted(provider).endswith(("OAuth2PasswordRequestForm", "OAuth2PasswordRequestFormStrict")):
        yield Parameter(name="username", source="body", type="str")
        yield Parameter(name="password", source="body", type="str")
    found = scope.bound(provider) if provider is not None and depth > 0 else None
    if found is None:
        return
    inner, bound = found
    if isinstance(bound, Function):
        yield from parameters(inner, bound, path_names, depth=depth - 1)
    elif isinstance(bound, Class):
        maker = next((node for node in bound.body if isinstance(node, Function) and node.name == "__init__"), None)
        if maker is not None:
            yield from parameters(inner, maker, path_names, method=True, depth=depth - 1)


def model_of(scope: Scope, kind: Expression | None) -> tuple[Scope, Class] | None:
    """The project's own data model that a type names."""
    found = scope.bound(kind) if isinstance(kind, Name | Attribute) else None
    if found is None or not isinstance(found[1], Class) or not found[1].bases:
        return None
    bases = {dotted(base).rpartition(".")[2] for _, class_ in lineage(found[0], found[1]) for base in class_.bases}
    return None if bases & {"Enum", "StrEnum", "IntEnum"} else (found[0], found[1])


def fields(scope: Scope, class_: Class) -> Iterator[Parameter]:
    """The fields that a data model and its bases declare, as parameters of a body."""
    seen: dict[str, Parameter] = {}
    for _, owner in lineage(scope, class_):
        for node in owner.body:
            if isinstance(node, Assign) and node.annotation is not None and isinstance(node.targets[0], Name):
                name = node.targets[0].id
                if name != "model_config" and not name.startswith("_"):
                    seen.setdefault(name, Parameter(name=name[:200], source="body", type=_written(node.annotation)))
    yield from list(seen.values())[:MAX_FIELDS]


def _unwrapped(annotation: Expression | None) -> Expression | None:
    """The type inside Annotated, Optional, a union with None, and text."""
    for _ in range(4):
        if isinstance(annotation, Subscript) and dotted(annotation.object).rpartition(".")[2] in {"Annotated", "Optional", "Union"}:
            annotation = annotation.index.elements[0] if isinstance(annotation.index, Sequence) and annotation.index.elements else annotation.index
        elif isinstance(annotation, Operation) and annotation.operator == "|":
            annotation = next((part for part in annotation.operands if not isinstance(part, Literal)), None)
        elif isinstance(annotation, Literal) and isinstance(annotation.value, str) and re.fullmatch(r"[^\W\d]\w*", annotation.value):
            annotation = Name(annotation.line, annotation.end, annotation.value)
        else:
            break
    return annotation


def _written(annotation: Expression | None) -> str | None:
    """A type's name as a person reads it."""
    kind = _unwrapped(annotation)
    if isinstance(kind, Subscript):
        inner = _written(kind.index)
        return f"{dotted(kind.object)}[{inner}]" if inner else dotted(kind.object) or None
    return dotted(kind) or None
