"""Turns what the engine saw into observations: weaknesses with their trace, controls, data stores, external calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from threat_modeling.codebase.observations import Confidence, ControlSighting, ExternalCall, StoreAccess, TraceStep, Weakness
from threat_modeling.codebase.rule import ControlRule, ExternalCallRule, StoreRule, WeaknessRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rule import Rule
    from threat_modeling.codebase.taint.engine import Reach, Sighting
    from threat_modeling.codebase.taint.values import Hop
    from threat_modeling.model import Evidence

_LOWER = {Confidence.HIGH: Confidence.MEDIUM, Confidence.MEDIUM: Confidence.LOW, Confidence.LOW: Confidence.LOW}
_HOST = re.compile(r"^[\w.\-]+(?::\d+)?$")
ENCRYPTED = frozenset({"https", "wss", "ldaps", "ftps", "sftp", "amqps", "rediss", "smtps", "imaps", "grpcs"})
OPEN = frozenset({"http", "ws", "ldap", "ftp", "amqp", "redis", "smtp", "telnet"})


def reached(project: Project, reach: Reach) -> Weakness:
    """A weakness at the sink; its trace leads there from the source, where one was seen."""
    source = reach.taint.source
    hops = (source, *reach.taint.hops, reach.sink) if source else ()
    trace = tuple(TraceStep(kind=hop.kind, name=hop.name or "?", evidence=_quoted(project, hop)) for hop in hops)
    rule = reach.entry.rule
    confidence = rule.confidence if isinstance(rule, WeaknessRule) else Confidence.LOW
    return weakness(
        reach.entry.id,
        rule,
        _quoted(project, reach.sink),
        function=reach.function,
        trace=trace,
        confidence=confidence if source else _LOWER[confidence],
    )


def _quoted(project: Project, hop: Hop) -> Evidence:
    return project.evidence(hop.path, hop.line, hop.end)


def weakness(
    rule_id: str,
    rule: Rule,
    evidence: Evidence,
    *,
    function: str = "",
    trace: tuple[TraceStep, ...] = (),
    confidence: Confidence | None = None,
) -> Weakness:
    """A rule's weakness at one place. TypeError where the rule is none of a weakness."""
    if not isinstance(rule, WeaknessRule):
        raise TypeError(f"{rule_id} describes no weakness")
    return Weakness(
        rule=rule_id,
        title=rule.title,
        message=rule.message,
        cwe=rule.cwe,
        weakness_class=rule.weakness_class,
        category=rule.category,
        confidence=confidence or rule.confidence,
        evidence=evidence,
        function=function,
        trace=trace,
        attacker_reached=bool(trace),
    )


def control(rule_id: str, rule: ControlRule, evidence: Evidence, function: str = "") -> ControlSighting:
    """A control seen at one place."""
    return ControlSighting(
        rule=rule_id,
        category=rule.category,
        name=rule.title,
        strength=rule.strength,
        scope=rule.scope,
        function=function,
        evidence=evidence,
    )


def store(project: Project, sighting: Sighting, rule: StoreRule) -> StoreAccess:
    """An access to a data store; its name is the first constant text that the call is given, without a query."""
    texts = [value.constant for _, value in sighting.site.arguments[:1] if isinstance(value.constant, str)]
    name = next((text for text in texts if re.fullmatch(r"[\w.\-/]{1,60}", text)), "")
    operation = sighting.entry.operation
    return StoreAccess(
        technology=rule.technology,
        kind=rule.kind,
        operation="connect" if operation == "connect" else "read" if operation == "read" else "write",
        name=name,
        function=sighting.function,
        evidence=project.evidence(sighting.path, sighting.site.node.line, sighting.site.node.end),
    )


def external_call(project: Project, sighting: Sighting, rule: ExternalCallRule) -> ExternalCall:
    """A call to another system, with the host and whether the connection is encrypted, where the code says so."""
    given = [value.text for selector in rule.destination for _, value in sighting.site.select(selector) if value.text]
    scheme, host = _address(given[0]) if given else ("", "")
    encrypted = True if scheme in ENCRYPTED else False if scheme in OPEN else rule.encrypted
    return ExternalCall(
        technology=rule.technology,
        destination=host or rule.host,
        encrypted=encrypted,
        function=sighting.function,
        evidence=project.evidence(sighting.path, sighting.site.node.line, sighting.site.node.end),
    )


def _address(text: str) -> tuple[str, str]:
    """Scheme and host of an address; "" for parts that the code computes."""
    try:
        parts = urlsplit(text.replace("{}", "0computed0"))
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    if not host and _HOST.match(text) and "." in text:
        host = text.partition(":")[0]
    return parts.scheme.lower(), "" if "0computed0" in host else host


def without_repeats(weaknesses: Iterable[Weakness]) -> tuple[Weakness, ...]:
    """One weakness per class and line, the best proven one, in order of place."""
    best: dict[tuple[str, str, int], Weakness] = {}
    for found in weaknesses:
        key = (found.weakness_class, found.evidence.path, found.evidence.start)
        known = best.get(key)
        if known is None or _rank(found) < _rank(known):
            best[key] = found
    # Where a value passes one sink on its way to another of the same class, only where it ends is reported.
    passed = {
        (w.weakness_class, step.evidence.path, step.evidence.start)
        for w in best.values()
        for step in w.trace
        if step.kind == "process" and (step.evidence.path, step.evidence.start) != (w.evidence.path, w.evidence.start)
    }
    kept = [w for key, w in best.items() if key not in passed]
    return tuple(sorted(kept, key=lambda w: (w.evidence.path, w.evidence.start, w.rule)))


def _rank(found: Weakness) -> tuple[bool, int, int, str]:
    return not found.attacker_reached, list(Confidence).index(found.confidence), len(found.trace), found.rule


def is_control(rule: Rule) -> bool:
    """Tell a rule that describes a control."""
    return isinstance(rule, ControlRule)
