"""What each of the ten control categories is, how it is recognized in code, and what to do where it is missing."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from threat_modeling.catalog.load import records
from threat_modeling.model import ControlCategory, Cwe, Model, Stride

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Category(Model):
    """One control category. `names` is a regular expression over names in snake case; `cwe` is what its absence is called."""

    id: ControlCategory
    title: str
    stride: tuple[Stride, ...]
    looked_for: str
    names: str
    cwe: Cwe
    mitigation: str
    detection: str
    effort: Literal["low", "medium", "high"]
    asvs: tuple[str, ...]

    @property
    def label(self) -> str:
        """The title inside of a sentence."""
        return self.title if self.title[1].isupper() else self.title[0].lower() + self.title[1:]

    def recognizes(self, name: str) -> bool:
        """Whether a name as code writes it (`requireAuth`, `current_app.limiter.limit`) is one that controls of this category bear."""
        return re.search(self.names, snake(name)) is not None


def snake(name: str) -> str:
    """A name in lower case with _ between words."""
    return _CAMEL.sub("_", name).replace("-", "_").lower()


@cache
def categories() -> dict[ControlCategory, Category]:
    """All ten, in the order of the vocabulary."""
    found = {record.id: record for record in records("categories", Category).values()}
    return {category: found[category] for category in ControlCategory}
