"""What the threat-modeler is asked, and what it delivers."""

from __future__ import annotations

from threat_modeling.agent import Output, Task
from threat_modeling.phases.phase_1_business_context.artifacts import ActorProfile, Level
from threat_modeling.phases.phase_5_threat_modeling.artifacts import CvssVersion, Threat


class ModelThreats(Task):
    """The whole system at once; `likelihoods` are a person's corrections of how likely an actor is."""

    cvss_version: CvssVersion
    likelihoods: tuple[tuple[ActorProfile, Level], ...] = ()
    cite: tuple[str, ...] = ()
    """What every threat must name, where an earlier output did not."""


class Threats(Output):
    """Threats in the order they were modeled; ids, scores and status are settled when they are consolidated."""

    threats: tuple[Threat, ...]
    unfounded: tuple[str, ...] = ()
    """Weaknesses that no gap and no flow carries, in words: told, and not made threats."""
