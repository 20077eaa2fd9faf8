"""The six phases in their order: the only list in the product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.phases.phase_1_business_context.phase import BusinessContextPhase
from threat_modeling.phases.phase_2_codebase_sizing.phase import CodebaseSizing
from threat_modeling.phases.phase_3_codebase_mapping.phase import CodebaseMapping
from threat_modeling.phases.phase_4_security_controls.phase import SecurityControls
from threat_modeling.phases.phase_5_threat_modeling.phase import ThreatModeling
from threat_modeling.phases.phase_6_test_planning.phase import TestPlanning
from threat_modeling.stage import Stage

if TYPE_CHECKING:
    from threat_modeling.phase import Phase

PHASES: tuple[Phase, ...] = (BusinessContextPhase(), CodebaseSizing(), CodebaseMapping(), SecurityControls(), ThreatModeling(), TestPlanning())
STAGES: tuple[Stage, ...] = tuple(Stage(phase, severity) for phase in PHASES for severity in phase.severities or (None,))
"""What runs between two gates, in order: a phase, or one severity of phase 4."""
