"""APScheduler and `schedule`: functions that the clock starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.jobs import job
from threat_modeling.codebase.python.views import view
from threat_modeling.codebase.python.wiring import calls, places_of
from threat_modeling.codebase.syntax import Attribute, Call, Function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("apscheduler", "flask_apscheduler", "import schedule")


def routes(project: Project) -> Iterator[Route]:
    """The scheduled functions of a project."""
    for scope, statement in places_of(project, KEYWORDS, ("apscheduler", "flask_apscheduler", "schedule")):
        for decorator in statement.decorators if isinstance(statement, Function) else ():
            callee = decorator.callee if isinstance(decorator, Call) else None
            if isinstance(statement, Function) and isinstance(callee, Attribute) and _schedules(scope, callee):
                stated = scope.constant(decorator.keyword("id")) if isinstance(decorator, Call) else None
                yield job(project, "apscheduler", "scheduled", stated or statement.name, (scope, decorator), (scope, statement))
        for call in calls(statement):
            yield from _added(project, scope, call)


def _schedules(scope: Scope, callee: Attribute) -> bool:
    """`@scheduler.scheduled_job(...)`, and `@scheduler.task(...)` of Flask-APScheduler."""
    made = [inner.qualified(call.callee) for inner, call in scope.origins(callee.object)]
    return callee.name == "scheduled_job" or (callee.name == "task" and any(name.endswith("APScheduler") for name in made))


def _added(project: Project, scope: Scope, call: Call) -> Iterator[Route]:
    """`scheduler.add_job(tidy, "interval", minutes=5)`, `schedule.every().day.do(tidy)`."""
    name = call.callee.name if isinstance(call.callee, Attribute) else ""
    by_name = name == "do" and scope.qualified(call.callee).startswith("schedule.")
    given = call.keyword("func") or (call.arguments[0] if call.arguments else None)
    if (name not in {"add_job", "add_schedule"} and not by_name) or given is None:
        return
    target = view(scope, given)
    served = (target.scope, target.target) if target is not None and isinstance(target.target, Function) else None
    stated = scope.constant(call.keyword("id")) or scope.constant(given)
    if served is not None or stated is not None:
        yield job(project, "apscheduler", "scheduled", stated or (served[1].name if served else "job"), (scope, call), served)
