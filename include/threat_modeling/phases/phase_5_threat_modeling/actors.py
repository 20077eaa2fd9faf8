"""Chooses who would do it: the actor of phase 1 that fits the way in and the target best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from threat_modeling.model import ControlCategory
from threat_modeling.phases.phase_1_business_context.artifacts import ActorProfile, Level
from threat_modeling.phases.phase_5_threat_modeling.artifacts import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.phases.phase_1_business_context.artifacts import ThreatActor
    from threat_modeling.phases.phase_5_threat_modeling.clusters import Cluster

_INSIDERS: Final = frozenset({"malicious-insider", "negligent-insider"})
_LEVELS: Final = get_args(Level)


def likelihood(actor: ThreatActor, corrected: Mapping[ActorProfile, Level]) -> Level:
    """How likely the actor is, as a person corrected it or as phase 1 has it."""
    return corrected.get(actor.profile, actor.likelihood)


def choose(cluster: Cluster, actors: Sequence[ThreatActor], corrected: Mapping[ActorProfile, Level]) -> Actor:
    """The best fit; equal ones in the order of the archetypes.

    Two points for a likelihood above low and two more for each step, three for a crown jewel among the actor's targets, four for the
    fitting way in: outsiders where nothing asks for an account, insiders where only an insider gets, suppliers for dependencies.
    """
    order = get_args(ActorProfile)
    best = max(actors, key=lambda a: (_points(cluster, a, corrected), -order.index(a.profile)))
    return Actor(profile=best.profile, why=_why(cluster, best, corrected))


def _points(cluster: Cluster, actor: ThreatActor, corrected: Mapping[ActorProfile, Level]) -> int:
    aimed = bool(set(actor.likely_targets) & set(cluster.concern.crown_jewels))
    return 2 * _LEVELS.index(likelihood(actor, corrected)) + 3 * aimed + 4 * _fits(cluster, actor.profile)


def _fits(cluster: Cluster, profile: ActorProfile) -> bool:
    if cluster.kind.controls[0] is ControlCategory.DEPENDENCY_SECURITY:
        return profile == "supply-chain"
    if profile == "supply-chain":
        return False
    if cluster.exposure == "external-unauthenticated":
        return profile not in _INSIDERS
    if cluster.exposure == "external-authenticated":
        return profile not in {"negligent-insider", "opportunistic"}
    return profile in _INSIDERS


def _why(cluster: Cluster, actor: ThreatActor, corrected: Mapping[ActorProfile, Level]) -> str:
    aimed = sorted(set(actor.likely_targets) & set(cluster.concern.crown_jewels))
    way = {
        "external-unauthenticated": "it is reachable without an account",
        "external-authenticated": "an account is enough to reach it",
        "internal": "it is reached from inside",
        "unreachable": "it is reached through the host or the code",
    }[cluster.exposure]
    said = " as a person corrected it" if actor.profile in corrected else ""
    more = f" and {len(aimed) - 2} more" if len(aimed) > 2 else ""
    target = f"; wants {', '.join(aimed[:2])}{more}" if aimed else ""
    return f"{way}; likelihood {likelihood(actor, corrected)}{said}{target}; motivation: {actor.motivation}"
