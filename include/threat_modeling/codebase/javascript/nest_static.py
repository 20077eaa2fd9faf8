"""Folders that NestJS serves: `app.use("/static", express.static(...))`, `app.useStaticAssets(...)`, `ServeStaticModule.forRoot(...)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.javascript.paths import joined
from threat_modeling.codebase.javascript.static_files import folder_of, served_files
from threat_modeling.codebase.javascript.values import Constant, Foreign, Frame, Record, Value
from threat_modeling.codebase.observations import Handler, Route
from threat_modeling.codebase.syntax import Attribute, Call, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.javascript.evaluation import Evaluation


def routes(evaluation: Evaluation, frame: Frame) -> Iterator[Route]:
    """The files, or the folders, that a file of an application serves."""
    for call in (node for node in walk(frame.module.body) if isinstance(node, Call)):
        if isinstance(call.callee, Attribute) and call.callee.name in {"use", "useStaticAssets", "forRoot"} and call.arguments:
            found = _served(evaluation, frame, call, call.callee.name)
            if found is not None:
                yield from _files(evaluation, frame, call, *found)


def _served(evaluation: Evaluation, frame: Frame, call: Call, name: str) -> tuple[str, str] | None:
    """(path, folder)."""
    values = [evaluation.settled(evaluation.value(argument, frame)) for argument in call.arguments]
    last = values[-1]
    if name == "use" and dotted(call.arguments[-1]).endswith(".static()") and isinstance(last, Foreign):
        return (str(values[0].value) if isinstance(values[0], Constant) else ""), folder_of(last)
    if name == "useStaticAssets" and isinstance(values[0], Constant):
        return _text(last, "prefix"), str(values[0].value)
    if name == "forRoot" and dotted(call.callee).endswith("ServeStaticModule.forRoot"):
        return _text(last, "serveRoot"), _text(last, "rootPath")
    return None


def _text(options: Value, name: str) -> str:
    value = options.fields.get(name) if isinstance(options, Record) else None
    return str(value.value) if isinstance(value, Constant) else ""


def _files(evaluation: Evaluation, frame: Frame, call: Call, path: str, folder: str) -> Iterator[Route]:
    file = frame.module.path
    for name in served_files(evaluation.project.paths, folder, file) or ["{file}"]:
        yield Route(
            method="GET",
            path=joined(path, name),
            framework="nestjs",
            handler=Handler(file=file, line=call.line, end=call.end, function=dotted(call.callee)),
            registration=evaluation.project.evidence(file, call.line, call.end),
        )
