"""A role says what to do; a backend says who does it. N roles and M backends are N + M files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from pydantic import Field

from threat_modeling.model import Model, Quarantined

if TYPE_CHECKING:
    from threat_modeling.codebase.project import Project
    from threat_modeling.session import Session


class Task(Model):
    """One assignment: everything its result depends on, so that its hash tells whether a delivered output is still valid."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$")
    label: str


class Output(Model):
    """What one agent delivers. Statements whose quotes do not verify are moved to `quarantined`."""

    quarantined: tuple[Quarantined, ...] = ()


T = TypeVar("T", bound=Task)
Out = TypeVar("Out", bound=Output)


class Role(ABC, Generic[T, Out]):
    """What an agent of this kind does; prompt.md beside it says the same to a language model."""

    name: ClassVar[str]
    task_type: type[T]
    output_type: type[Out]

    @abstractmethod
    def analyze(self, task: T, session: Session, project: Project) -> Out:
        """The embedded, deterministic work: reads earlier artifacts and the target, writes nothing."""


class Backend(Protocol):
    """Who runs a role."""

    name: str

    def run(self, role: Role[Any, Any], session: Session, stage_key: str, task: Task, timeout_seconds: float) -> bytes:
        """The role's output for one task as JSON, checked by who asked for it; raises AgentTimeout or AgentFailed."""
        ...
