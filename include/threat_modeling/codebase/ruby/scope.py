"""What holds at a place of a table of routes, and what a table's entry is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Call, Expression, Keyword, Module, Node


@dataclass(frozen=True, slots=True)
class Resource:
    """What `resources` or `resource` opened: paths of the collection and of a member, and the controller."""

    controller: str
    collection: str
    member: str
    nested: str
    new: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds inside a block: path and module so far, the resource around it, and who is let through."""

    module_file: Module
    path: str = ""
    module: str = ""
    controller: str = ""
    shallow: bool = False
    shallow_path: str = ""
    resource: Resource | None = None
    level: str = ""
    given: tuple[Keyword, ...] = ()
    guards: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapped:
    """One route of the table; `controller` is a path like admin/users, "" where a redirect or another application answers."""

    method: str
    path: str
    controller: str
    action: str
    node: Node
    module: Module
    guards: tuple[Call, ...] = ()
    target: Expression | None = None
    """The application that is mounted."""
