"""All that the code shows of its business context."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from threat_modeling.codebase.observations import PersonalField
    from threat_modeling.phases.phase_1_business_context.introduction import Introduction
    from threat_modeling.phases.phase_1_business_context.technologies import Kind, Technology


class Observed(NamedTuple):
    """What was read; empty where no agent could read it."""

    fields: tuple[PersonalField, ...] = ()
    technologies: tuple[Technology, ...] = ()
    name: Introduction | None = None
    purpose: Introduction | None = None
    handling: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - a tuple is never changed
    """Category -> files that define its fields or use the model and a field of it."""
    setup_files: tuple[str, ...] = ()
    """Files that configure where and how the code runs."""

    def kind(self, kind: Kind) -> list[Technology]:
        """The telling packages of a kind, by name."""
        return [technology for technology in self.technologies if technology.kind == kind]
