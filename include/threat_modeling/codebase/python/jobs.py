"""Ways in that are no requests: commands, tasks of queues and scheduled functions, in the one shape that all report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Parameter, Route
from threat_modeling.codebase.python.handlers import handler

if TYPE_CHECKING:
    from threat_modeling.codebase.observations import EntryPointType
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope
    from threat_modeling.codebase.syntax import Function, Node

METHODS: Final[dict[EntryPointType, str]] = {"cli": "CLI", "queue": "TASK", "scheduled": "CRON"}
_OWN: Final = frozenset({"self", "cls", "ctx", "context", "job"})


def job(project: Project, framework: str, kind: EntryPointType, name: str, place: tuple[Scope, Node], served: tuple[Scope, Function] | None) -> Route:
    """One command, task or scheduled function; `place` is where it is registered, `served` what runs, None where it is not seen."""
    scope, node = place
    taken = served[1].parameters if served is not None and kind == "queue" else ()
    return Route(
        type=kind,
        method=METHODS[kind],
        path=name,
        framework=framework,
        handler=handler(served[0].module, served[1]) if served is not None else None,
        registration=project.evidence(scope.module.path, node.line, node.line),
        parameters=tuple(Parameter(name=p.name[:200], source="body") for p in taken if p.name.isidentifier() and p.name not in _OWN),
    )


def module_name(scope: Scope) -> str:
    """The dotted name of a file, as imports write it from the target's root."""
    return scope.module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
