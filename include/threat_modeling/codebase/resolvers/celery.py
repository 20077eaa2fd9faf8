"""Celery: tasks that workers take from queues, and what its beat starts by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.jobs import job, module_name
from threat_modeling.codebase.python.views import view
from threat_modeling.codebase.python.wiring import calls, places_of
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Expression, Function, Literal, Mapping, Name, dotted, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("celery", "shared_task", ".task", "beat_schedule", "BEAT_SCHEDULE")


def routes(project: Project) -> Iterator[Route]:
    """The tasks and schedules of all Celery applications of a project."""
    for scope, statement in places_of(project, KEYWORDS, ("celery",)):
        if isinstance(statement, Function):
            yield from _task(project, scope, statement)
        elif isinstance(statement, Assign) and isinstance(statement.value, Mapping) and _is_schedule(statement):
            yield from _schedule(project, scope, statement.value)
        for call in calls(statement):
            if isinstance(call.callee, Attribute) and call.callee.name == "add_periodic_task" and len(call.arguments) > 1:
                yield from _periodic(project, scope, call)


def _is_schedule(statement: Assign) -> bool:
    return any(dotted(target).lower().endswith("beat_schedule") for target in statement.targets)


def _task(project: Project, scope: Scope, function: Function) -> Iterator[Route]:
    for decorator in function.decorators:
        callee = decorator.callee if isinstance(decorator, Call) else decorator
        if _makes_tasks(scope, callee):
            stated = scope.constant(decorator.keyword("name")) if isinstance(decorator, Call) else None
            name = stated or f"{module_name(scope)}.{function.name}"
            yield job(project, "celery", "queue", name, (scope, decorator), (scope, function))


def _makes_tasks(scope: Scope, callee: Expression) -> bool:
    """Tell `@shared_task` and the `task` of an application, which may stand in a file that can't be followed."""
    name = scope.qualified(callee)
    if name.startswith("celery.") and name.rpartition(".")[2] in {"shared_task", "task", "periodic_task"}:
        return True
    if not isinstance(callee, Attribute) or callee.name not in {"task", "periodic_task"}:
        return False
    made = [inner.qualified(call.callee) for inner, call in scope.origins(callee.object)]
    return any(name.endswith("Celery") for name in made) or (not made and "celery" in dotted(callee.object).lower())


def _schedule(project: Project, scope: Scope, table: Mapping) -> Iterator[Route]:
    """`beat_schedule = {"nightly": {"task": "shop.tasks.tidy", "schedule": ...}}`."""
    for key, value in table.entries:
        if isinstance(key, Literal) and isinstance(key.value, str) and isinstance(value, Mapping):
            task = text(value.get("task")) or ""
            module, _, name = task.rpartition(".")
            path = scope.module.path if module == module_name(scope) else project.resolve(scope.module.path, module) if module else None
            found = project.definition(path, name) if path else None
            served = (type(scope)(project, found[0]), found[1]) if found is not None and isinstance(found[1], Function) else None
            yield job(project, "celery", "scheduled", key.value, (scope, key), served)


def _periodic(project: Project, scope: Scope, call: Call) -> Iterator[Route]:
    """`sender.add_periodic_task(10.0, tidy.s("x"), name="tidy")`."""
    signature = call.arguments[1]
    task = signature.callee.object if isinstance(signature, Call) and isinstance(signature.callee, Attribute) else signature
    target = view(scope, task) if isinstance(task, Name | Attribute) else None
    served = (target.scope, target.target) if target is not None and isinstance(target.target, Function) else None
    name = scope.constant(call.keyword("name")) or dotted(task) or "periodic"
    yield job(project, "celery", "scheduled", name, (scope, call), served)
