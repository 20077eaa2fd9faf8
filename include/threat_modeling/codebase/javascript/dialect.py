"""What following an application asks of its framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from threat_modeling.codebase.javascript.values import Argument, Foreign, Frame, Given, Router, Step, Value
    from threat_modeling.codebase.syntax import Call


class Dialect(Protocol):
    """What one framework calls its applications, and what their methods register."""

    def create(self, foreign: Foreign, call: Call, frame: Frame) -> Router | None:
        """The application or router that calling something of a package makes."""

    def register(self, router: Router | Step, method: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """What a method called on an application does: registers, and returns what the call stands for."""

    def observe(self, foreign: Foreign, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> None:
        """A call of a package that may register on an application passed to it."""

    def assume(self, given: Given, method: str, arguments: tuple[Argument, ...]) -> bool:
        """Whether a parameter without a known caller is an application, by what is called on it."""
