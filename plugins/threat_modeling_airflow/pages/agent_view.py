"""One agent as its tab shows it: read from its assignment and its output, whatever the phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threat_modeling.delivery import Delivery
from threat_modeling.errors import ThreatModelingError
from threat_modeling.evidence import evidence_in
from threat_modeling.model import Evidence, Model
from threat_modeling.phases.order import STAGES
from threat_modeling.text import one_line
from threat_modeling_airflow.names import group_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.agent import Output
    from threat_modeling.delivery import Standing
    from threat_modeling.session import Session

MOST = 25
"""Entries shown of each list; the file holds them all."""
_NAMES = (
    *("title", "name", "message", "implementation", "description", "action", "question"),
    *("look_for", "what", "path", "rule", "request", "file", "profile"),
)
"""The fields that name an entry, the best first."""
_MARKS = frozenset({"schema_version", "provenance", "source", "reason"})
"""How a value is known; the report tells it."""
_ASIDE = frozenset({"quarantined", "searches", "skipped"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing an agent found: what it is, its severity or "", and the code it was read from."""

    name: str
    severity: str
    quotes: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of one kind: `total` of them, of which the first are here."""

    title: str
    total: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """`facts` are the assignment and the plain values of the output; `searches` and `skipped` tell what was looked for or left out."""

    label: str
    standing: Standing
    assignment: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    listings: tuple[Listing, ...]
    searches: tuple[str, ...]
    skipped: tuple[str, ...]
    quarantined: tuple[str, ...]


def agent(session: Session, group: str, assignment: str) -> Seen | None:
    """The agent of an assignment; None where the stage or the assignment is not there (any more)."""
    stage = next((stage for stage in STAGES if group_id(stage.key) == group), None)
    if stage is None:
        return None
    delivery = Delivery(session, stage)
    task = next((task for task in delivery.tasks() if task.id == assignment), None)
    if task is None:
        return None
    standing = delivery.standing(task)
    output = _output(session, stage.phase.output_path(stage, task), stage.phase.output_type()) if standing.state == "delivered" else None
    found = {name: getattr(output, name) for name in type(output).model_fields} if output else {}
    return Seen(
        label=task.label,
        standing=standing,
        assignment=tuple(_plain({name: getattr(task, name) for name in type(task).model_fields})),
        facts=tuple(_plain({name: value for name, value in found.items() if name not in _ASIDE})),
        listings=tuple(_listings(found)),
        searches=_lines(found.get("searches")),
        skipped=_lines(found.get("skipped")),
        quarantined=_lines(found.get("quarantined")),
    )


def _output(session: Session, path: str, kind: type[Output]) -> Output | None:
    try:
        return session.read(kind, path)
    except ThreatModelingError:
        return None


def _plain(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The values that stand on a line of their own, in the order of the model."""
    for name, value in values.items():
        if name not in _MARKS and (text := _text(value)):
            yield name.replace("_", " "), text


def _text(value: Any) -> str:
    """A value in one line; "" for one that says nothing, that is shown as a quote, or that is a listing of its own."""
    if value == "{}" or isinstance(value, Evidence):
        return ""
    if isinstance(value, Model):
        stated = getattr(value, "value", None)
        if (title := getattr(value, "title", "")) and (description := getattr(value, "description", "")):
            return one_line(f"{title}: {description}", 1000)
        fields = _plain({name: getattr(value, name) for name in type(value).model_fields})
        return _text(stated) if stated is not None else one_line(", ".join(f"{name} {text}" for name, text in fields), 1000)
    if isinstance(value, list | tuple) and all(isinstance(entry, str) for entry in value):
        return one_line(", ".join(value[:MOST]), 1000) + (f" and {len(value) - MOST} more" if len(value) > MOST else "")
    return one_line(str(value), 500) if isinstance(value, str | int | float) and value else ""


def _listings(found: dict[str, Any]) -> Iterator[Listing]:
    for name, value in found.items():
        entries = value if isinstance(value, list | tuple) else ()
        if name in _ASIDE or not entries or any(isinstance(entry, str | int | float) for entry in entries):
            continue
        shown = tuple(Entry(_name(entry), str(getattr(entry, "severity", "")), tuple(evidence_in(entry))[:1]) for entry in entries[:MOST])
        yield Listing(name.replace("_", " "), len(entries), shown)


def _name(entry: Any) -> str:
    """What the entry is called; where it has no name, what it says."""
    method = getattr(entry, "method", "")
    words = [str(value) for name in _NAMES if (value := getattr(entry, name, None)) and isinstance(value, str)]
    return one_line(f"{method} {words[0] if words else _text(entry) or type(entry).__name__}".strip(), 300)


def _lines(entries: Any) -> tuple[str, ...]:
    """Each entry with all it says, its zeros too: that nothing was found is the result of a search."""
    return tuple(one_line("; ".join(_words(entry)), 600) for entry in (entries or ())[: 4 * MOST])


def _words(entry: Model) -> Iterator[str]:
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, int | float):
            yield f"{name.replace('_', ' ')}: {value}"
        elif text := _text(value):
            yield text
