"""Which requirement of a framework each control category serves."""

from __future__ import annotations

from functools import cache

from threat_modeling.catalog.load import records
from threat_modeling.model import ControlCategory, Model


class Framework(Model):
    """One framework: words that its name holds when a person writes it, and a requirement for each control category."""

    name: str
    words: tuple[str, ...]
    requirements: dict[ControlCategory, str]


@cache
def _frameworks() -> tuple[Framework, ...]:
    return tuple(records("compliance", Framework).values())


def requirement(framework: str, category: ControlCategory) -> str | None:
    """The requirement of a framework, as a person names it, that a control category serves; None for a framework not in the catalog."""
    name = " ".join(framework.lower().replace("_", " ").split())
    known = next((f for f in _frameworks() if any(w in name or w in name.replace("-", " ") for w in f.words)), None)
    return known.requirements.get(category) if known else None
