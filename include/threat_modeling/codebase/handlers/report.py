"""Makes weaknesses out of what a check found on a handler: where, how sure, and which guards were looked for and not found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.codebase.observations import Confidence, TraceStep, Weakness

if TYPE_CHECKING:
    from threat_modeling.codebase.handlers.application import Application
    from threat_modeling.codebase.handlers.facts import Site
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.model import ControlCategory, Evidence


@dataclass(frozen=True)
class Kind:
    """What a check reports: the part of its weaknesses that is the same each time."""

    rule: str
    title: str
    cwe: str
    weakness_class: str
    category: ControlCategory


def missing(app: Application, handler: Summary, kind: Kind, message: str, confidence: Confidence = Confidence.MEDIUM) -> Weakness:
    """A control that a route lacks: the evidence is the handler's decorators and signature."""
    last = max([handler.function.line, *(parameter.end for parameter in handler.function.parameters)])
    evidence = app.project.evidence(handler.path, handler.start, last)
    return _weakness(handler, kind, message, confidence, evidence, ())


def present(
    app: Application, handler: Summary, kind: Kind, message: str, site: Site, *, confidence: Confidence = Confidence.MEDIUM, source: str = ""
) -> Weakness:
    """Something that a handler does: the evidence is the handler's own line that does it or leads there.

    With `source`, the request value that reaches the place, the weakness carries its trace.
    """
    evidence = app.project.evidence(handler.path, site.top, site.top)
    trace: tuple[TraceStep, ...] = ()
    if source:
        first = app.project.evidence(handler.path, handler.start, handler.function.line)
        trace = (
            TraceStep(kind="source", name=source, evidence=first),
            TraceStep(kind="sink", name=kind.weakness_class, evidence=app.project.evidence(site.path, site.line, site.line)),
        )
    return _weakness(handler, kind, message, confidence, evidence, trace)


def searched(handler: Summary, what: str) -> str:
    """One sentence on where a control was looked for: the guards that do cover the route are named."""
    guards = sorted({f"{guard.name} ({guard.scope})" for guard in handler.route.guards})
    around = "guards seen: " + ", ".join(guards) if guards else "no guard covers the route"
    if handler.route.unread:
        around += "; code not found: " + ", ".join(handler.route.unread)
    return f"Looked for {what} in application, router and route guards, in decorators and in the handler with the functions it calls; {around}."


def _weakness(handler: Summary, kind: Kind, message: str, confidence: Confidence, evidence: Evidence, trace: tuple[TraceStep, ...]) -> Weakness:
    return Weakness(
        rule=kind.rule,
        title=kind.title,
        message=message,
        cwe=kind.cwe,
        weakness_class=kind.weakness_class,
        category=kind.category,
        confidence=confidence,
        evidence=evidence,
        function=handler.title,
        trace=trace,
        attacker_reached=bool(trace),
        route=handler.name,
    )
