"""Which values a handler takes from the request: by extractors in its signature, and by what its body reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.rust.evaluation import type_name
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Name, Sequence, Subscript, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Func
    from threat_modeling.codebase.syntax import Function, Module
    from threat_modeling.codebase.syntax import Parameter as Taken

Source = Literal["path", "query", "body", "header", "cookie", "file"]
_EXTRACTORS: Final[dict[str, Source]] = {
    "Path": "path",
    "PathParam": "path",
    "Query": "query",
    "QueryParam": "query",
    "Json": "body",
    "JsonBody": "body",
    "Form": "body",
    "FormBody": "body",
    "Data": "body",
    "Multipart": "file",
    "TempFile": "file",
    "TypedHeader": "header",
}
_READS: Final[dict[str, Source]] = {
    **dict.fromkeys(("param", "path_parameter"), "path"),
    **dict.fromkeys(("query_parameter", "query_param"), "query"),
    "header": "header",
    "cookie": "cookie",
    "get_private": "cookie",
    "form": "body",
}
_SHARED: Final = frozenset({"State", "Extension", "web.Data", "AppState", "Session", "Arc"})
_ORDER: Final = {source: position for position, source in enumerate(get_args(Source))}


def parameters(project: Project, func: Func | None, path_names: tuple[str, ...]) -> tuple[Parameter, ...]:
    """The parameters of a route: those in its path, then what its handler takes and reads."""
    found: dict[tuple[Source, str], None] = {("path", name): None for name in path_names}
    for source, name in (*_signature(project, func), *_reads(func)) if func is not None else ():
        if source != "path" or (name not in path_names and not path_names):
            found[(source, name)] = None
    ordered = sorted(found, key=lambda read: (_ORDER[read[0]], path_names.index(read[1]) if read[1] in path_names else len(path_names), read[1]))
    return tuple(Parameter(name=name, source=source) for source, name in ordered)


def _signature(project: Project, func: Func) -> Iterator[tuple[Source, str]]:
    for parameter in func.function.parameters:
        source = _EXTRACTORS.get(type_name(parameter.annotation))
        if source is not None and dotted(parameter.annotation).removesuffix("[]") not in _SHARED:
            fields = list(_fields(project, func.module, parameter))
            yield from ((source, name) for name in fields or parameter.binds or ((parameter.name,) if parameter.name else ()))


def _fields(project: Project, module: Module, parameter: Taken) -> Iterator[str]:
    """The fields of a struct of the target that an extractor fills."""
    inner = parameter.annotation.index if isinstance(parameter.annotation, Subscript) else None
    if isinstance(inner, Sequence) or inner is None:
        return
    found = project.definition(module.path, type_name(inner))
    if found is not None and isinstance(found[1], Class):
        yield from (s.targets[0].id for s in found[1].body if isinstance(s, Assign) and isinstance(s.targets[0], Name))


def _reads(func: Func) -> Iterator[tuple[Source, str]]:
    function: Function = func.function
    jars = {p.name: type_name(p.annotation) for p in function.parameters}
    for node in walk(function.body):
        if not isinstance(node, Call) or not isinstance(node.callee, Attribute) or not node.arguments:
            continue
        name = text(node.arguments[0])
        holder = dotted(node.callee.object)
        if name is None:
            continue
        if node.callee.name in _READS:
            yield _READS[node.callee.name], name
        elif node.callee.name == "get" and (holder.endswith("headers()") or jars.get(holder) == "HeaderMap"):
            yield "header", name
        elif node.callee.name == "get" and ("cookie" in holder.lower() or "CookieJar" in jars.get(holder, "")):
            yield "cookie", name
