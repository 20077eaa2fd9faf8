"""What a language whose frameworks have ways of their own tells of handlers: C# and PHP each in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from threat_modeling.codebase.handlers import csharp, php

if TYPE_CHECKING:
    from threat_modeling.codebase.handlers.flow import Flow
    from threat_modeling.codebase.handlers.lookups import Lookup
    from threat_modeling.codebase.handlers.models import DataModel
    from threat_modeling.codebase.handlers.origins import Origins
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Call, Class, Function, Module


class Dialect(Protocol):
    """The questions that the walk of a handler asks."""

    def bound(self, project: Project, module: Module, function: Function, route: Route, flow: Flow) -> dict[str, Origins]:
        """The origins of each parameter's value."""

    def known(self, name: str) -> Origins | None:
        """What a name or a path of names that the framework provides stands for; None for any other."""

    def part(self, base: Origins, name: str) -> Origins | None:
        """What a field of the request is; None where the language has no way of its own."""

    def given(self, flow: Flow, node: Call, receiver: Origins) -> Origins | None:
        """What a call takes from the request or the caller; None for any other call."""

    def lookup(self, node: Call, receiver: Origins, sql: str, models: dict[str, DataModel]) -> Lookup | None:
        """The store access that a call makes; None where it makes none."""

    def shows(self, name: str) -> bool:
        """Whether a call puts its arguments into what goes back."""

    def stored(self, node: Class) -> dict[str, frozenset[str]]:
        """The kinds of stored records that a class declares, with their fields where it tells them."""


DIALECTS: Final[dict[str, Dialect]] = {"csharp": csharp, "php": php}
