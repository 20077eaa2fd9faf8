"""Which file each control category has."""

from __future__ import annotations

from typing import Final

from threat_modeling.model import ControlCategory
from threat_modeling.phases.phase_4_security_controls.artifacts import CategoryControls

CATEGORY_FILES: Final[dict[ControlCategory, type[CategoryControls]]] = {
    category: next(kind for kind in CategoryControls.__subclasses__() if kind.path == f"phase-4/{category.value}.json")
    for category in ControlCategory
}
"""Found by their paths: a category without a file fails here."""
