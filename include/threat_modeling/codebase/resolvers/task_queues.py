"""Task queues of Python besides Celery: RQ, Dramatiq, Huey, arq, Procrastinate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.jobs import job, module_name
from threat_modeling.codebase.python.views import view
from threat_modeling.codebase.python.wiring import calls, places_of
from threat_modeling.codebase.syntax import Attribute, Call, Function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import EntryPointType, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope
    from threat_modeling.codebase.syntax import Expression

_PACKAGES: Final = ("rq", "django_rq", "dramatiq", "huey", "arq", "procrastinate")
LANGUAGES: Final = ("python",)
KEYWORDS: Final = _PACKAGES
_ENQUEUE: Final = frozenset({"enqueue", "enqueue_in", "enqueue_at", "enqueue_call"})


def routes(project: Project) -> Iterator[Route]:
    """The tasks of all such queues of a project, each once."""
    seen: set[tuple[str, int]] = set()
    for scope, statement in places_of(project, KEYWORDS, _PACKAGES):
        found = [*_decorated(scope, statement)] if isinstance(statement, Function) else []
        found += [queued for call in calls(statement) for queued in _enqueued(scope, call)]
        for framework, kind, node, inner, function in found:
            key = (inner.module.path, function.line)
            if key not in seen:
                seen.add(key)
                yield job(project, framework, kind, f"{module_name(inner)}.{function.name}", (scope, node), (inner, function))


def _decorated(scope: Scope, function: Function) -> Iterator[tuple[str, EntryPointType, Expression, Scope, Function]]:
    """`@dramatiq.actor`, `@job("default")`, `@huey.task()`, `@huey.periodic_task(...)`."""
    for decorator in function.decorators:
        callee = decorator.callee if isinstance(decorator, Call) else decorator
        name = scope.qualified(callee)
        made = [inner.qualified(call.callee) for inner, call in scope.origins(callee.object)] if isinstance(callee, Attribute) else []
        package = next((p for p in _PACKAGES if any(n.startswith(f"{p}.") for n in (name, *made))), None)
        last = name.rpartition(".")[2]
        if package is not None and last in {"actor", "job", "task", "db_task", "periodic_task", "db_periodic_task"}:
            yield package, "scheduled" if "periodic" in last else "queue", decorator, scope, function


def _enqueued(scope: Scope, call: Call) -> Iterator[tuple[str, EntryPointType, Expression, Scope, Function]]:
    """`queue.enqueue(send, address)`: the function runs in a worker with what was queued."""
    if isinstance(call.callee, Attribute) and call.callee.name in _ENQUEUE:
        given = call.keyword("func") or next((a for a in call.arguments if view(scope, a) is not None), None)
        target = view(scope, given)
        if target is not None and isinstance(target.target, Function) and target.target.name:
            yield "rq", "queue", call, target.scope, target.target
