"""What each CWE means here: STRIDE, controls, attack patterns, standards, impact on a score, mitigation and test."""

from __future__ import annotations

from functools import cache
from typing import Literal

from threat_modeling.catalog.category import categories
from threat_modeling.catalog.load import record, records
from threat_modeling.model import ControlCategory, Cwe, Model, Stride

Effect = Literal["H", "L", "N", "D"]


class ImpactProfile(Model):
    """What a successful attack does: High, Low, None, or D "as sensitive as the data". `next_` is what lies behind the application."""

    confidentiality: Effect
    integrity: Effect
    availability: Effect
    next_confidentiality: Effect
    next_integrity: Effect
    next_availability: Effect


class Needs(Model):
    """What an attack needs: a user who takes part (passive or active), conditions that the attacker does not control."""

    user: Literal["none", "passive", "active"]
    conditions: bool


class TestRecipe(Model):
    """How to prove or disprove it: by a request, in the deployed configuration, or by reading and looking at stored data."""

    __test__ = False  # not a pytest class

    how: Literal["request", "configuration", "review"]
    payload: str
    expected: str
    failure: str


class WeaknessType(Model):
    """One CWE. Texts are in this product's own words; `{input}` and `{where}` stand for the parameter and the entry point.

    `capec` and `cwe` ids are MITRE's, `owasp` ids those of the Top 10 of 2021, `asvs` ids those of OWASP ASVS 5.0.0.
    """

    id: Cwe
    name: str
    stride: tuple[Stride, ...]
    controls: tuple[ControlCategory, ...]
    """Categories that prevent it, the most important first."""
    recognize: str = ""
    """Regular expression for the one control of the first category that counts, where the category is wider."""
    closed_by_control: bool = True
    """False where the control of the first category only bounds the attack: a rate limit says how often, not how much."""
    gap: Literal["missing", "weak", "incomplete", "misconfigured"]
    capec: tuple[str, ...]
    owasp: tuple[str, ...]
    asvs: tuple[str, ...]
    impact: ImpactProfile
    needs: Needs
    attack: str
    effect: str
    mitigation: str
    effort: Literal["low", "medium", "high"]
    test: TestRecipe
    review: str
    scan: str


def weaknesses() -> dict[str, WeaknessType]:
    """Every CWE of the catalog by its id."""
    return records("weaknesses", WeaknessType)


@cache
def _known(cwe: str) -> WeaknessType | None:
    return record("weaknesses", cwe, WeaknessType)


def weakness(cwe: str, category: ControlCategory | None = None) -> WeaknessType:
    """The catalog's record of a CWE; for one that the catalog lacks, what is known of its control category."""
    known = _known(cwe)
    if known:
        return known
    kind = categories()[category or ControlCategory.INPUT_VALIDATION]
    return weakness(kind.cwe).model_copy(
        update={
            "id": cwe,
            "name": f"{cwe} ({kind.label})",
            "stride": kind.stride,
            "controls": (kind.id,),
            "capec": (),
            "asvs": kind.asvs,
            "mitigation": kind.mitigation,
            "effort": kind.effort,
        }
    )
