"""What a person corrects at phase 1's checkpoint: the form, and the form's answers as a claim that outweighs all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from threat_modeling.model import Sensitivity
from threat_modeling.phase import FormField
from threat_modeling.phases.phase_1_business_context.artifacts import ActorProfile, DataCategory, Redundancy
from threat_modeling.phases.phase_1_business_context.context_file import Context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.checkpoints import Decision
    from threat_modeling.phases.phase_1_business_context.artifacts import (
        BusinessImpact,
        BusinessObjectives,
        ComplianceRequirements,
        DataClassification,
        SecurityObjectives,
        ThreatActors,
    )

_LINES = {"type": "array", "items": {"type": "string"}}
_NUMBER = {"type": ["number", "null"], "minimum": 0}
_PLAIN = ("primary_purpose", "data_modification_impact", "downtime_cost_per_hour", "rto_hours", "rpo_hours", "redundancy")


def fields(
    purpose: BusinessObjectives,
    data: DataClassification,
    actors: ThreatActors,
    rules: ComplianceRequirements,
    cost: BusinessImpact,
    aims: SecurityObjectives,
) -> dict[str, FormField]:
    """The form with its present values."""
    profiles = list(get_args(ActorProfile))
    jewels = [f"{jewel.name}: {', '.join(jewel.paths)}" if jewel.paths else jewel.name for jewel in data.crown_jewels]
    types = [f"{kind.category}: {kind.sensitivity.value}" for kind in data.data_types]
    choice = {"type": ["string", "null"], "enum": [*get_args(Redundancy), None], "values_display": {"null": "not stated"}}
    return {
        "crown_jewels": _field(jewels, _LINES, "Crown jewels", "One a line: a name, then optionally a colon and its paths, separated by commas."),
        "data_classes": _field(
            types,
            _LINES,
            "Kinds of data",
            f"One a line, category: sensitivity. {_either(get_args(DataCategory))}; {_either([s.value for s in Sensitivity])}.",
        ),
        "compliance": _field([r.framework for r in rules.requirements], _LINES, "Compliance", "Regulations and standards that apply, one a line."),
        "threat_actors": _field([a.profile for a in actors.threat_actors], _LINES | {"examples": profiles}, "Threat actors", "Who would attack."),
        "primary_purpose": _field(
            purpose.primary_purpose.value, {"type": ["string", "null"], "format": "multiline"}, "Purpose", "What the application is for."
        ),
        "data_modification_impact": _field(cost.data_modification_impact.value, _NUMBER, "Cost of changed data (US dollars)", "Empty: unknown."),
        "downtime_cost_per_hour": _field(cost.downtime_cost_per_hour.value, _NUMBER, "Cost of downtime (US dollars an hour)", "Empty: unknown."),
        "rto_hours": _field(aims.rto_hours.value, _NUMBER, "Recovery time objective (hours)", "Empty: unknown."),
        "rpo_hours": _field(aims.rpo_hours.value, _NUMBER, "Recovery point objective (hours)", "Empty: unknown."),
        "redundancy": _field(aims.redundancy.value, choice, "Redundancy", "How much can fail without an outage."),
    }


def _field(value: Any, schema: dict[str, Any], title: str, description: str) -> FormField:
    return FormField(value=value, schema_=schema, title=title, description=description)


def _either(words: Sequence[str]) -> str:
    return ", ".join(words)


def corrected(decisions: Sequence[Decision]) -> dict[str, Any]:
    """The corrected fields of all rounds, later ones last."""
    merged: dict[str, Any] = {}
    for decision in decisions:
        merged |= decision.form
    return {name: merged[name] for name in sorted(merged)}


def as_context(corrections: Mapping[str, Any]) -> tuple[Context, list[str]]:
    """The corrections as a context, and a line for each that can't be used."""
    values: dict[str, Any] = {name: corrections[name] for name in _PLAIN if corrections.get(name) not in (None, "")}
    lists: dict[str, list[Any]] = {
        "compliance": _lines(corrections, "compliance"),
        "crown_jewels": [_jewel(line) for line in _lines(corrections, "crown_jewels")],
        "data_types": [_data(line) for line in _lines(corrections, "data_classes")],
        "threat_actors": [{"profile": line} for line in _lines(corrections, "threat_actors")],
    }
    unusable = [f"{name}: {_told(value)} can't be used" for name, value in values.items() if not _valid(name, value)]
    unusable += [f"{name}: {_told(entry)} can't be used" for name, entries in lists.items() for entry in entries if not _valid(name, [entry])]
    usable = {name: value for name, value in values.items() if _valid(name, value)}
    usable |= {name: [entry for entry in entries if _valid(name, [entry])] for name, entries in lists.items()}
    return Context.model_validate(usable), unusable


def _lines(corrections: Mapping[str, Any], name: str) -> list[str]:
    """The lines of a field, whatever a form or a caller of the API made of it."""
    given = corrections.get(name)
    entries = given if isinstance(given, list) else str(given if given is not None else "").splitlines()
    return [str(line).strip() for line in entries if str(line).strip()]


def _jewel(line: str) -> dict[str, Any]:
    name, _, paths = line.partition(": ")
    return {"name": name.strip(), "paths": [path.strip() for path in paths.split(",") if path.strip()]}


def _data(line: str) -> dict[str, Any]:
    category, _, sensitivity = line.partition(":")
    return {"category": category.strip()} | ({"sensitivity": sensitivity.strip()} if sensitivity.strip() else {})


def _valid(name: str, value: Any) -> bool:
    try:
        Context.model_validate({name: value})
    except ValidationError:
        return False
    return True


def _told(entry: Any) -> str:
    return " ".join(str(value) for value in entry.values()) if isinstance(entry, dict) else str(entry)
