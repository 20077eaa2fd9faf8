"""Which requirements of phase 1 the gaps of a concern touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.catalog.compliance import requirement
from threat_modeling.phases.phase_4_security_controls.artifacts import ComplianceImpact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from threat_modeling.phases.phase_1_business_context.artifacts import Requirement
    from threat_modeling.phases.phase_4_security_controls.artifacts import ControlGap


def applies(rule: Requirement, at_stake: Collection[str]) -> bool:
    """Whether a framework covers a place: it covers everything, or a kind of data that is at stake there."""
    return not rule.data_categories or bool(set(rule.data_categories) & set(at_stake))


def impacts(requirements: Iterable[Requirement], gaps: Sequence[ControlGap], at_stake: Collection[str]) -> tuple[ComplianceImpact, ...]:
    """One line for each framework and requirement, in order; a framework that the catalog lacks is named by its first obligation."""
    found: dict[tuple[str, str], str] = {}
    for rule in requirements:
        if not applies(rule, at_stake):
            continue
        for gap in gaps:
            if gap.category is None:
                continue
            known = requirement(rule.framework, gap.category) or (rule.obligations[0] if rule.obligations else "protection of the data it covers")
            data = ", ".join(sorted(set(rule.data_categories) & set(at_stake))) or "the whole application"
            found.setdefault((rule.framework, known), f"{gap.title}; covers {data}")
    return tuple(ComplianceImpact(framework=f, requirement=r, reason=reason) for (f, r), reason in sorted(found.items()))
