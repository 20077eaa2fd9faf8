"""Which values a handler takes from the request: path, query, body, headers, cookies, files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, get_args

from threat_modeling.codebase.go.values import Closure, Frame, Record, Type
from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Name, dotted, walk
from threat_modeling.codebase.syntax import Literal as LiteralNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.evaluation import Evaluation

Source = Literal["path", "query", "body", "header", "cookie", "file"]
_NAMES: Final[dict[Source, str]] = {
    "path": "Param Params PathValue UserValue PathParameter PathParam ParamsInt GetInt64 URLParamFromCtx",
    "query": """Query DefaultQuery QueryParam QueryArray QueryMap GetQuery GetQueryArray QueryParameter QueryParameters QueryInt QueryBool
        URLParam URLParamDefault URLParamInt GetQueryString QueryStringParamList HasQueryParam""",
    "body": """PostForm DefaultPostForm GetPostForm PostFormArray FormValue PostFormValue PostValue PostValueDefault GetForm BodyParameter
        FormValueDefault GetFormString""",
    "header": "GetHeader HeaderParameter GetReqHeader ParseHeader",
    "cookie": "Cookie Cookies GetCookie",
    "file": "FormFile GetUploadFile GetUploadFiles",
}
SOURCES: Final = {name: source for source, names in _NAMES.items() for name in names.split()}
_HOLDERS: Final[tuple[tuple[str, Source], ...]] = (
    ("Query()", "query"),
    ("QueryArgs()", "query"),
    ("PostArgs()", "body"),
    ("PostForm", "body"),
    ("Form", "body"),
    ("Header", "header"),
    ("Header()", "header"),
    ("Headers()", "header"),
    ("Cookie", "cookie"),
    ("URL.Query()", "query"),
)
_BINDING: Final[dict[str, Source]] = {
    **dict.fromkeys(
        ("BindJSON", "ShouldBindJSON", "Bind", "ShouldBind", "BodyParser", "ReadJSON", "ReadEntity", "Decode", "Unmarshal", "BindBody"), "body"
    ),
    **dict.fromkeys(("ReadForm", "BindForm", "ReadBody", "BindXML", "BindYAML", "ParseJsonBody", "Parse", "BindAndValidate", "MustBindWith"), "body"),
    **dict.fromkeys(("BindQuery", "ShouldBindQuery", "QueryParser", "ReadQuery"), "query"),
    **dict.fromkeys(("BindUri", "ShouldBindUri", "ParamsParser", "BindPath", "ReadParams"), "path"),
    **dict.fromkeys(("BindHeader", "ShouldBindHeader", "ReqHeaderParser", "ReadHeaders"), "header"),
}
_TAGS: Final[dict[str, Source]] = {
    **dict.fromkeys(("path", "uri", "param", "params"), "path"),
    **dict.fromkeys(("json", "form", "xml", "p"), "body"),
    **dict.fromkeys(("header", "reqHeader"), "header"),
    "query": "query",
    "cookie": "cookie",
}
_TAG: Final = re.compile(r"(\w+):\"([^\",]*)")
_ORDER: Final = {source: position for position, source in enumerate(get_args(Source))}
_DEPTH: Final = 3


def parameters(evaluation: Evaluation, closure: Closure | None, path_names: tuple[str, ...]) -> tuple[Parameter, ...]:
    """The parameters of a route: those in its path, then what its handler reads."""
    found: dict[tuple[Source, str], None] = {("path", name): None for name in path_names}
    if closure is not None:
        for source, name in _Reader(evaluation).read(closure, _DEPTH):
            if source != "path" or not path_names:
                found[(source, name)] = None
    ordered = sorted(found, key=lambda read: (_ORDER[read[0]], path_names.index(read[1]) if read[1] in path_names else len(path_names), read[1]))
    return tuple(Parameter(name=name, source=source) for source, name in ordered)


def tagged(of: Type, default: Source) -> Iterator[tuple[Source, str]]:
    """The fields of a struct that is filled from the request, by their tags."""
    for name in of.fields:
        found = [(key, value) for key, value in _TAG.findall(of.tags.get(name, "")) if key in _TAGS and value != "-"]
        if name[:1].isupper():
            key, value = next(((k, v) for k, v in found if default == "body" or _TAGS[k] != "body"), found[0] if found else ("", ""))
            source = _TAGS.get(key, default)
            yield (default if source == "body" else source), value or name


class _Reader:
    """Reads a handler, and the functions of the target that it hands the request to."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._seen: set[int] = set()

    def read(self, closure: Closure, depth: int) -> Iterator[tuple[Source, str]]:
        """What one function takes."""
        if id(closure.function) in self._seen:
            return
        self._seen.add(id(closure.function))
        given = {parameter.name for parameter in closure.function.parameters}
        frame = Frame(closure.frame.module, closure.frame, {"this": closure.this}, package=closure.frame.package)
        frame.names.update(dict.fromkeys(given))
        for parameter in closure.function.parameters:
            of = self._evaluation.value(parameter.annotation, closure.frame) if isinstance(parameter.annotation, Name | Attribute) else None
            if isinstance(of, Type) and any(_TAG.search(tag) for tag in of.tags.values()):
                yield from (read for read in tagged(of, "body") if read[1] != "Meta")
        for node in walk(closure.function.body):
            if isinstance(node, Assign):
                self._declared(node, frame)
            elif isinstance(node, Call):
                yield from self._called(node, frame)
                if depth and any(isinstance(argument, Name) and argument.id in given for argument in node.arguments):
                    called = self._evaluation.value(node.callee, frame) if isinstance(node.callee, Name | Attribute) else None
                    if isinstance(called, Closure):
                        yield from self.read(called, depth - 1)

    def _declared(self, node: Assign, frame: Frame) -> None:
        """A variable of a struct type, which something may fill."""
        annotation = node.annotation or (node.value.callee if isinstance(node.value, Call) and node.value.new else None)
        if annotation is not None and isinstance(node.targets[0], Name) and isinstance(annotation, Name | Attribute):
            of = self._evaluation.value(annotation, frame)
            if isinstance(of, Type):
                frame.names[node.targets[0].id] = Record({}, of.name, of)

    def _called(self, call: Call, frame: Frame) -> Iterator[tuple[Source, str]]:
        if not isinstance(call.callee, Attribute):
            return
        name, holder = call.callee.name, dotted(call.callee.object)
        texts = [str(a.value) for a in call.arguments if isinstance(a, LiteralNode) and isinstance(a.value, str)]
        if name in _BINDING:
            for argument in call.arguments:
                value = self._evaluation.value(argument, frame) if isinstance(argument, Name) else None
                if isinstance(value, Record) and value.type is not None:
                    yield from tagged(value.type, _BINDING[name])
        elif texts and name in {"Get", "Peek", "Values", "Lookup", "Cookie", "Has"}:
            source = next((source for suffix, source in _HOLDERS if holder.endswith(f".{suffix}") or holder == suffix), None)
            source = "cookie" if name == "Cookie" else "header" if source is None and name == "Get" and holder in frame.names else source
            if source is not None:
                yield source, texts[0]
        elif texts and name in SOURCES:
            chi = name == "URLParam" and len(call.arguments) == 2
            yield ("path" if chi else SOURCES[name]), texts[0]
