"""Loco: route tables with a prefix, of handlers as in axum."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.dialect import Dialect
from threat_modeling.codebase.rust.routing import LANGUAGES, routes_of
from threat_modeling.codebase.rust.values import Branch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Invocation, Value

KEYWORDS: Final = ("loco_rs",)


class Loco(Dialect):
    """What Loco calls its routers."""

    framework: ClassVar[str] = "loco"
    crates: ClassVar[tuple[str, ...]] = ("loco_rs",)
    types: ClassVar[tuple[str, ...]] = ("Routes", "AppRoutes")

    def create(self, name: str, invocation: Invocation) -> Value:
        """`Routes::new()`, `Routes::at("prefix")`; the HTTP methods are axum's."""
        owner, _, last = name.rpartition("::")
        if owner.rpartition("::")[2] in {"Routes", "AppRoutes"} and last in {"new", "at", "with_default_routes", "empty"}:
            return self.branch(invocation, invocation.text(0) or "")
        axum = next((dialect for dialect in self.evaluation.dialects if dialect.framework == "axum"), None)
        return axum.create(f"routing::{last}", invocation) if axum is not None and owner.endswith("prelude") else None

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """`prefix`, `add`, `add_route`, `layer`."""
        if name == "prefix":
            branch.path = f"/{(invocation.text(0) or '').strip('/')}/{branch.path.strip('/')}"
        elif name == "add" and isinstance(invocation.value(1), Branch):
            place = self.branch(invocation, invocation.text(0) or "")
            place.add(invocation.arguments[1].value)  # type: ignore[arg-type]  # it is a Branch
            branch.add(place)
        elif name in {"add_route", "add_routes", "nest_route", "nest_prefix", "merge"}:
            for argument in invocation.arguments:
                if isinstance(argument.value, Branch):
                    branch.add(argument.value)
        elif name == "layer" and invocation.arguments:
            return self.wrapped(branch, invocation.arguments[0])
        return branch


DIALECT: Final = Loco


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Loco application of a target."""
    yield from routes_of(project, Loco.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
