"""Action Cable: each channel of a Rails application, with the messages that its public methods answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.observations import Guard, Handler, Parameter, Route
from threat_modeling.codebase.ruby.controllers import Controllers, Definition, classes_of
from threat_modeling.codebase.ruby.rack import mounts
from threat_modeling.codebase.syntax import Attribute, Call, Function, Name, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("ruby",)
KEYWORDS: Final = ("ActionCable", "ApplicationCable")
_CHANNELS: Final = frozenset({"ActionCable.Channel.Base", "ApplicationCable.Channel"})
_CONNECTIONS: Final = frozenset({"ActionCable.Connection.Base"})
_LIFE: Final = frozenset({"subscribed", "unsubscribed", "initialize"})


def routes(project: Project) -> Iterator[Route]:
    """A route for each channel, all on the path of the cable."""
    found = [
        Definition(module, node) for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path) for _, node in classes_of(module.body)
    ]
    if not found:
        return
    controllers = Controllers(project)
    path = next((place for name, place in sorted(mounts(project).items()) if name.startswith("ActionCable")), "/cable")
    guards = tuple(guard for one in found for guard in _identified(project, one))
    for one in found:
        bases = {dotted(base) for above in controllers.lineage(one) for base in above.node.bases}
        if bases & _CHANNELS and one.node.name.rpartition("::")[2] != "Channel":
            node = one.node
            yield Route(
                type="websocket",
                method="GET",
                path=path,
                framework="rails",
                handler=Handler(file=one.module.path, line=node.line, end=node.end, function=node.name),
                registration=project.evidence(one.module.path, node.line, node.line),
                parameters=tuple(Parameter(name=name, source="body") for name in sorted(_messages(one))),
                guards=guards,
            )


def _messages(definition: Definition) -> Iterator[str]:
    """The public methods of a channel: who is subscribed may call each."""
    for name, function in definition.methods.items():
        hidden = any(isinstance(mark, Name) and mark.id in {"private", "protected", "self"} for mark in function.decorators)
        if name not in _LIFE and not hidden:
            yield name


def _identified(project: Project, definition: Definition) -> Iterator[Guard]:
    """`reject_unauthorized_connection` of the connection: who is not known is turned away."""
    if not {dotted(base) for base in definition.node.bases} & _CONNECTIONS:
        return
    for member in definition.node.body:
        for node in walk(member.body) if isinstance(member, Function) else ():
            if isinstance(node, Name | Attribute | Call) and dotted(node).removesuffix("()").endswith("reject_unauthorized_connection"):
                evidence = project.evidence(definition.module.path, node.line, node.end)
                yield Guard(category=ControlCategory.AUTHENTICATION, name="reject_unauthorized_connection", scope="application", evidence=evidence)
                return
