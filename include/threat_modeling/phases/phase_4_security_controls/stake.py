"""Which kinds of data, by phase 1's categories, are at stake at a place of the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from threat_modeling.phases.phase_1_business_context.artifacts import DataClassification
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import DataFlow

CATEGORIES = frozenset({"PII", "PHI", "PCI", "credentials", "proprietary", "internal", "public"})


def data_categories(
    classification: DataClassification, paths: Collection[str], crown_jewels: Collection[str], flows: Iterable[DataFlow]
) -> frozenset[str]:
    """Categories of the crown jewels, of data types that phase 1 saw in these files, and of what the flows carry."""
    jewels = {jewel.category for jewel in classification.crown_jewels if jewel.id in crown_jewels}
    seen = {kind.category for kind in classification.data_types if set(kind.paths) & set(paths)}
    carried = {word for flow in flows for step in flow.steps for word in step.data_types}
    return frozenset(jewels | seen | (carried & CATEGORIES))
