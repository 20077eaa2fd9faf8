"""What a security-controls-mapper is asked: one concern, with the controls that a person stated."""

from __future__ import annotations

from threat_modeling.agent import Task
from threat_modeling.model import ControlCategory, Model
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern


class StatedControl(Model):
    """A control that the code cannot show, as a person put it. `where` is `*`, an id (C-, EP-, component), `METHOD /path` or a path."""

    category: ControlCategory
    where: str
    statement: str


class InvestigateConcern(Task):
    """One concern of phase 3, whole: its places, entry points and expected controls."""

    concern: Concern
    stated: tuple[StatedControl, ...] = ()
