"""What runs in Node.js without a request: cron jobs, workers of queues, consumers of messages, commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.routing import is_test
from threat_modeling.codebase.javascript.verbs import LANGUAGES
from threat_modeling.codebase.observations import EntryPointType, Handler, Route
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Expression, Function, Module, Name, Operation, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("cron", "bull", "agenda", "commander", "yargs", "amqplib", "kafkajs", "bree")
_CRON: Final = re.compile(
    r"^(?:node-cron\.schedule|cron\.CronJob|cron\.CronJob\.from|node-schedule\.scheduleJob|croner\.Cron|toad-scheduler\.\w+Job)$"
)
_WORKERS: Final = re.compile(r"^bull(?:mq)?(?:-pro)?(?:\.Worker)?$|^bullmq\.Worker$")
_METHODS: Final[dict[EntryPointType, str]] = {"cli": "CLI", "queue": "TASK", "scheduled": "CRON"}
_ON_OBJECTS: Final[dict[str, tuple[re.Pattern[str], EntryPointType]]] = {
    "process": (re.compile(r"^(?:bull|bee-queue|kue)"), "queue"),
    "define": (re.compile(r"^(?:agenda|@hokify/agenda|pg-boss)"), "queue"),
    "work": (re.compile(r"^pg-boss"), "queue"),
    "consume": (re.compile(r"^amqplib"), "queue"),
    "command": (re.compile(r"^(?:commander|yargs|cac|sade|caporal|@caporal)"), "cli"),
}


def routes(project: Project) -> Iterator[Route]:
    """The jobs, workers and commands of a project."""
    for module in project.modules(LANGUAGES, KEYWORDS):
        if not is_test(module.path):
            made = _made(project, module)
            for call in (node for node in walk(module.body) if isinstance(node, Call)):
                yield from _job(project, module, call, made)


def _made(project: Project, module: Module) -> dict[str, str]:
    """Name -> what made it: `const queue = new Queue("mail")` -> bull."""
    found = {name: f"{source}.{imported}".rstrip(".") for name, (source, imported) in module.imports.items()}
    for node in walk(module.body):
        if isinstance(node, Assign) and node.value is not None:
            value = node.value.operands[0] if isinstance(node.value, Operation) and node.value.operator == "await" else node.value
            root = dotted(value).partition("(")[0]
            source = project.qualified(module, root)
            found.update({target.id: source for target in node.targets if isinstance(target, Name) and source})
    return found


def _job(project: Project, module: Module, call: Call, made: dict[str, str]) -> Iterator[Route]:
    name = project.qualified(module, call.callee).removesuffix("()").replace(".default", "")
    if _CRON.match(name):
        when = next((given for given in map(text, call.arguments) if given is not None), "") or "cron"
        served = _function(project, module, call.arguments)
        yield _route(project, module, call, ("scheduled", (served[1].name if served else "") or when), served)
    elif _WORKERS.match(name) and call.new and len(call.arguments) > 1 and (queue := text(call.arguments[0])) is not None:
        yield _route(project, module, call, ("queue", queue), _function(project, module, call.arguments[1:]))
    elif isinstance(call.callee, Attribute) and call.callee.name in _ON_OBJECTS and call.arguments:
        pattern, kind = _ON_OBJECTS[call.callee.name]
        owner = _root(call.callee.object)
        source = made.get(owner, "")
        stated = text(call.arguments[0])
        if pattern.match(source) or (kind == "cli" and any(pattern.match(origin) for origin, _ in module.imports.values()) and stated):
            served = _function(project, module, call.arguments) or _action(project, module, call)
            shown = (stated or owner).split(" ")[0] if kind == "cli" else stated or owner
            if shown and (kind != "cli" or not shown.startswith(("*", "$0"))):
                yield _route(project, module, call, (kind, shown), served)


def _root(node: Expression) -> str:
    """The name that a chain of calls and attributes begins with."""
    while isinstance(node, Call | Attribute):
        node = node.callee if isinstance(node, Call) else node.object
    return node.id if isinstance(node, Name) else ""


def _function(project: Project, module: Module, arguments: tuple[Expression, ...]) -> tuple[Module, Function] | None:
    """The last function among arguments, given itself or by name."""
    for argument in reversed(arguments):
        if isinstance(argument, Function):
            return module, argument
        found = project.definition(module.path, dotted(argument)) if isinstance(argument, Name | Attribute) else None
        if found is not None and isinstance(found[1], Function):
            return found[0], found[1]
    return None


def _action(project: Project, module: Module, command: Call) -> tuple[Module, Function] | None:
    """The function that `.command("x").option(...).action(f)` is given."""
    for node in walk(module.body):
        if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name == "action" and command in _links(node):
            return _function(project, module, node.arguments)
    return None


def _links(node: Expression) -> list[Expression]:
    found: list[Expression] = []
    while isinstance(node, Call | Attribute):
        found.append(node)
        node = node.callee if isinstance(node, Call) else node.object
    return found


def _route(project: Project, module: Module, call: Call, job: tuple[EntryPointType, str], served: tuple[Module, Function] | None) -> Route:
    kind, name = job
    where, function = served if served is not None else (module, call)
    return Route(
        type=kind,
        method=_METHODS[kind],
        path=name[:200],
        framework="node",
        handler=Handler(file=where.path, line=function.line, end=function.end, function=getattr(function, "name", "") or name[:200]),
        registration=project.evidence(module.path, call.line, call.line),
    )
