"""Commands of Python programs: click, Typer, Flask's and Django's own, and subcommands of argparse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.jobs import job
from threat_modeling.codebase.python.views import view
from threat_modeling.codebase.python.wiring import calls, places_of
from threat_modeling.codebase.syntax import Attribute, Call, Class, Function, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope

_PACKAGES: Final = ("click", "typer", "argparse", "flask", "django", "asyncclick", "rich_click")
LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("click", "typer", "argparse", ".cli.command", "BaseCommand")
_MAKERS: Final = frozenset({"click.command", "rich_click.command", "asyncclick.command"})
_DJANGO: Final = re.compile(r"(?:^|/)management/commands/(\w+)\.py$")


def routes(project: Project) -> Iterator[Route]:
    """The commands of all programs of a project."""
    for scope, statement in places_of(project, KEYWORDS, _PACKAGES):
        if isinstance(statement, Function):
            yield from _decorated(project, scope, statement)
        elif isinstance(statement, Class):
            yield from _managed(project, scope, statement)
        for call in calls(statement):
            yield from _parsed(project, scope, call)


def _decorated(project: Project, scope: Scope, function: Function) -> Iterator[Route]:
    """`@click.command()`, `@group.command("name")`, `@app.command()` of Typer, `@app.cli.command()` of Flask."""
    for decorator in function.decorators:
        callee = decorator.callee if isinstance(decorator, Call) else decorator
        if (not isinstance(callee, Attribute) or callee.name != "command") and scope.qualified(callee) not in _MAKERS:
            continue
        first = decorator.arguments[0] if isinstance(decorator, Call) and decorator.arguments else None
        stated = scope.constant((decorator.keyword("name") if isinstance(decorator, Call) else None) or first)
        framework = _framework(scope)
        if framework is not None:
            yield job(project, framework, "cli", stated or function.name.replace("_", "-"), (scope, decorator), (scope, function))
        return


def _framework(scope: Scope) -> str | None:
    packages = {source.partition(".")[0] for source, _ in scope.module.imports.values()}
    return next((name for name in ("typer", "click", "rich_click", "asyncclick", "flask") if name in packages), None)


def _managed(project: Project, scope: Scope, class_: Class) -> Iterator[Route]:
    """`manage.py name` runs `Command.handle` of management/commands/name.py."""
    found = _DJANGO.search(scope.module.path)
    handle = next((node for node in class_.body if isinstance(node, Function) and node.name == "handle"), None)
    if found is not None and class_.name == "Command" and handle is not None and not found[1].startswith("_"):
        yield job(project, "django", "cli", found[1], (scope, class_), (scope.within(class_), handle))


def _parsed(project: Project, scope: Scope, call: Call) -> Iterator[Route]:
    """`subparsers.add_parser("import")`, with the function that `set_defaults(func=...)` gives it in the same scope."""
    if not isinstance(call.callee, Attribute) or call.callee.name != "add_parser" or not call.arguments:
        return
    name = scope.constant(call.arguments[0])
    makers = [inner.qualified(made.callee).rpartition(".")[2] for inner, made in scope.origins(call.callee.object)]
    if name is None or "add_subparsers" not in makers:
        return
    served = next((found for body in _around(scope) for found in _default(scope, body, call)), None)
    yield job(project, "argparse", "cli", name, (scope, call), served)


def _around(scope: Scope) -> Iterator[tuple[Statement, ...]]:
    yield scope.functions[-1].body if scope.functions else scope.module.body


def _default(scope: Scope, body: tuple[Statement, ...], parser: Call) -> Iterator[tuple[Scope, Function]]:
    for call in (call for statement in body for call in calls(statement)):
        sets = isinstance(call.callee, Attribute) and call.callee.name == "set_defaults" and call.keywords
        if isinstance(call.callee, Attribute) and sets and any(made == parser for _, made in scope.origins(call.callee.object)):
            target = view(scope, call.keywords[0].value)
            if target is not None and isinstance(target.target, Function):
                yield target.scope, target.target
