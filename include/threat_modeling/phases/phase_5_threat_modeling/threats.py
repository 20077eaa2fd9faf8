"""Builds the threat of one cluster: every statement from what the phases found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.catalog.category import categories
from threat_modeling.phases.phase_4_security_controls.places import attack, where
from threat_modeling.phases.phase_4_security_controls.stake import data_categories
from threat_modeling.phases.phase_5_threat_modeling.actors import choose
from threat_modeling.phases.phase_5_threat_modeling.artifacts import AttackStep, ExistingControl, Mitigation, Threat
from threat_modeling.phases.phase_5_threat_modeling.requirements import Stake, requirements
from threat_modeling.phases.phase_5_threat_modeling.scoring import assess
from threat_modeling.phases.phase_5_threat_modeling.vector import metrics

if TYPE_CHECKING:
    from threat_modeling.model import Evidence, Severity
    from threat_modeling.phases.phase_5_threat_modeling.clusters import Cluster
    from threat_modeling.phases.phase_5_threat_modeling.picture import Picture
    from threat_modeling.phases.phase_5_threat_modeling.task import ModelThreats

MAX_PLACES = 40
MAX_TRACE = 10
_CONFIGURATION = frozenset({"configuration", "config", "settings"})


def threat(cluster: Cluster, picture: Picture, task: ModelThreats) -> Threat:
    """The threat; its id is settled when all are sorted. ValueError where neither gap nor flow carries it."""
    kind, concern, place = cluster.kind, cluster.concern, cluster.primary
    points = picture.entry_points(place)
    at = where(place, points)
    cvss = assess(task.cvss_version, metrics(cluster), requirements(task.cvss_version, stake(cluster, picture), picture.impact, picture.objectives))
    places, trace = _evidence(cluster)
    gaps = tuple(g.id for g in cluster.gaps)
    flows = tuple(f.id for f in cluster.flows)
    return Threat(
        id="T-000",
        fingerprint=cluster.fingerprint,
        stride=kind.stride,
        title=f"{kind.name}: {at}" + ("" if cluster.path in at else f" ({cluster.path})"),
        description=_description(cluster, at),
        component=concern.components[0] if concern.components else "",
        entry_points=tuple(p.id for p in cluster.points),
        data_flows=flows,
        trust_boundaries=tuple(sorted({b for f in cluster.flows for b in f.crosses})),
        concerns=(concern.id,),
        actor=choose(cluster, picture.actors, dict(task.likelihoods)),
        attack_vector=attack(kind, place, points),
        steps=_steps(cluster, picture),
        cwe=cluster.cwe,
        cwe_name=kind.name,
        weakness_class=concern.weakness.weakness_class,
        capec=kind.capec,
        existing_controls=tuple(
            ExistingControl(id=c.id, implementation=c.implementation, strength=c.strength, effectiveness=c.effectiveness) for c in cluster.controls
        ),
        control_gaps=gaps,
        evidence=(*places, *trace),
        places=len(places),
        confidence=cluster.confidence,
        attacker_reached=cluster.reached,
        cvss=cvss,
        sensitivity=concern.sensitivity,
        crown_jewels=concern.crown_jewels,
        compliance=_compliance(cluster, picture, frozenset(gaps)),
        mitigations=_mitigations(cluster, cvss.severity),
    )


def stake(cluster: Cluster, picture: Picture) -> Stake:
    """What is at stake where the weakness is."""
    found = data_categories(picture.classification, {cluster.path}, cluster.concern.crown_jewels, cluster.flows)
    carried = {word.lower() for flow in cluster.flows for step in flow.steps for word in step.data_types}
    return Stake(
        categories=found,
        crown_jewels=cluster.concern.crown_jewels,
        regulated=any(set(rule.data_categories) & found for rule in picture.regulations),
        configuration=bool(carried & _CONFIGURATION),
        sensitivity=cluster.concern.sensitivity,
    )


def _evidence(cluster: Cluster) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    places = {(p.evidence.start, p.evidence.end): p.evidence for p in reversed(cluster.places)}
    ordered = list(dict.fromkeys((p.evidence.start, p.evidence.end) for p in cluster.places))[:MAX_PLACES]
    shown = tuple(places[key] for key in ordered)
    seen = {(e.path, e.start, e.end) for e in shown}
    trace = {(s.evidence.path, s.evidence.start, s.evidence.end): s.evidence for s in cluster.primary.trace}
    return shown, tuple(e for key, e in trace.items() if key not in seen)[:MAX_TRACE]


def _description(cluster: Cluster, at: str) -> str:
    place = cluster.primary
    more = f" The same weakness stands at {len(cluster.places)} places of the file." if len(cluster.places) > 1 else ""
    reached = " Input from outside was seen to reach it." if cluster.reached else ""
    return f"{place.message.rstrip('.')}. An attacker at {at} {cluster.kind.effect}.{reached}{more}"


def _steps(cluster: Cluster, picture: Picture) -> tuple[AttackStep, ...]:
    """The way in, the attack, the way of the value, the effect; evidence where the code shows it."""
    place = cluster.primary
    points = picture.entry_points(place)
    told: list[tuple[str, Evidence | None]] = []
    if points:
        first = points[0]
        needed = {"none": "without signing in", "required": "with an account", "unknown": "as the application lets them"}[first.authentication.state]
        told.append((f"Reaches {first.method} {first.path} {needed}", first.registration))
    sentence = attack(cluster.kind, place, points)
    told.append((f"{sentence[:1].upper()}{sentence[1:]}", None))
    told += [(f"The value passes {step.name}", step.evidence) for step in place.trace[:MAX_TRACE] if step.kind == "process"]
    told.append((place.title, place.evidence))
    told.append((f"{cluster.kind.effect[:1].upper()}{cluster.kind.effect[1:]}", None))
    return tuple(AttackStep(order=n, action=action, evidence=evidence) for n, (action, evidence) in enumerate(told, 1))


def _compliance(cluster: Cluster, picture: Picture, gaps: frozenset[str]) -> tuple[str, ...]:
    touched = [f"{r.framework} {r.requirement}" for r in picture.compliance if gaps & set(r.gaps)]
    return (*touched, *(f"OWASP {number}" for number in cluster.kind.owasp), *(f"ASVS 5.0.0 {number}" for number in cluster.kind.asvs))


def _mitigations(cluster: Cluster, severity: Severity) -> tuple[Mitigation, ...]:
    """Prevent it, then notice it: prevention is expected to leave two steps less, detection one."""
    order = list(type(severity))
    after = [order[min(severity.rank + steps, len(order) - 1)] for steps in (2, 1)]
    category = categories()[cluster.kind.controls[0]]
    return (
        Mitigation(action=cluster.kind.mitigation, type="prevent", effort=cluster.kind.effort, residual_risk=after[0]),
        Mitigation(action=category.detection, type="detect", effort="medium", residual_risk=after[1]),
    )
