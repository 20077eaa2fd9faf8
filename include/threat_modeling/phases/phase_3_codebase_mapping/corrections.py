"""What a person corrected at this phase's checkpoint, over all rounds: components, exposure, sensitivity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from threat_modeling.codebase.paths import clean_path
from threat_modeling.model import Depth, Model, Sensitivity
from threat_modeling.phase import FormField
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Exposure

if TYPE_CHECKING:
    from threat_modeling.checkpoints import Decision

_LINES: dict[str, Any] = {"type": ["array", "null"], "items": {"type": "string"}}

FORM = {
    "add_components": FormField(
        value=[], schema_=_LINES, title="Add components", description="One folder a line, optionally with its depth: services/mail sampling"
    ),
    "drop_components": FormField(value=[], schema_=_LINES, title="Drop components", description="One component's folder a line"),
    "repath_components": FormField(value=[], schema_=_LINES, title="Move components", description="One a line: old/folder -> new/folder"),
    "component_depth": FormField(
        value=[], schema_=_LINES, title="Change depth", description="One a line: folder full, folder sampling or folder skip"
    ),
    "exposure": FormField(
        value=[],
        schema_=_LINES,
        title="Correct exposure",
        description="One a line: GET /path internal (external-unauthenticated, external-authenticated, internal, unreachable)",
    ),
    "sensitivity": FormField(
        value=[],
        schema_=_LINES,
        title="Correct sensitivity",
        description="One a line: the name of a data store or concern, then critical, restricted, high, confidential, internal or public",
    ),
}


class Corrections(Model):
    """The sum of all rounds' corrections; `unused` are lines that say nothing this phase understands."""

    add: tuple[tuple[str, Depth], ...] = ()
    drop: tuple[str, ...] = ()
    repath: tuple[tuple[str, str], ...] = ()
    depth: tuple[tuple[str, Depth], ...] = ()
    exposure: tuple[tuple[str, Exposure], ...] = ()
    sensitivity: tuple[tuple[str, Sensitivity], ...] = ()
    unused: tuple[str, ...] = ()


def corrections(decisions: list[Decision]) -> Corrections:
    """Read the form fields of every answer, oldest first; a later line about the same thing wins."""
    found: dict[str, list[Any]] = {name: [] for name in ("add", "drop", "repath", "depth", "exposure", "sensitivity", "unused")}
    for decision in decisions:
        for field, lines in decision.form.items():
            for line in lines if isinstance(lines, list) else str(lines or "").splitlines():
                try:
                    _read(field, str(line).strip(), found)
                except ValueError:
                    found["unused"].append(f"{field}: {line}")
    return Corrections.model_validate(found)


def _read(field: str, line: str, found: dict[str, list[Any]]) -> None:
    head, _, last = line.rpartition(" ")
    if not line:
        return
    if field == "add_components":
        given = (head.strip(), last) if head and last in set(Depth) else (line, "full")
        found["add"].append((clean_path(given[0]), given[1]))
    elif field == "drop_components":
        found["drop"].append(clean_path(line))
    elif field == "repath_components" and " -> " in line:
        old, new = line.split(" -> ", 1)
        found["repath"].append((clean_path(old), clean_path(new)))
    elif field == "component_depth" and last in set(Depth):
        found["depth"].append((clean_path(head), last))
    elif field == "exposure" and last in get_args(Exposure):
        found["exposure"].append((head.strip(), last))
    elif field == "sensitivity" and last in set(Sensitivity):
        found["sensitivity"].append((head.strip(), last))
    else:
        found["unused"].append(f"{field}: {line}")
