"""Attack trees: one goal each, reached by any of the grave threats against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.phases.phase_5_threat_modeling.abuse import grave
from threat_modeling.phases.phase_5_threat_modeling.artifacts import AttackTree, AttackTrees, TreeNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.phases.phase_5_threat_modeling.artifacts import Threat
    from threat_modeling.phases.phase_5_threat_modeling.picture import Picture


def attack_trees(threats: Sequence[Threat], picture: Picture) -> AttackTrees:
    """A tree for each crown jewel under grave threat, and one for each component for those that aim at none."""
    names = {j.id: j.name for j in picture.classification.crown_jewels}
    goals: dict[str, list[Threat]] = {}
    for threat in grave(threats):
        aims = [f"Get at {names[j]}" for j in threat.crown_jewels if j in names] or [f"Take over the component {threat.component or 'as a whole'}"]
        for aim in aims:
            goals.setdefault(aim, []).append(threat)
    return AttackTrees(attack_trees=tuple(_tree(n, goal, found) for n, (goal, found) in enumerate(sorted(goals.items()), 1)))


def _tree(number: int, goal: str, threats: Sequence[Threat]) -> AttackTree:
    identity = f"AT-{number:03d}"
    ways: dict[str, list[Threat]] = {}
    for threat in threats:
        ways.setdefault(threat.cwe_name, []).append(threat)
    children = tuple(
        TreeNode(
            id=f"{identity}.{n}",
            label=name,
            gate="any",
            children=tuple(_way(f"{identity}.{n}.{m}", threat) for m, threat in enumerate(found, 1)),
        )
        for n, (name, found) in enumerate(sorted(ways.items()), 1)
    )
    root = TreeNode(id=identity, label=goal, gate="any", children=children)
    return AttackTree(id=identity, goal=goal, threats=tuple(t.id for t in threats), root=root)


def _way(identity: str, threat: Threat) -> TreeNode:
    """All steps of a threat but its effect have to be taken."""
    steps = tuple(TreeNode(id=f"{identity}.{step.order}", label=step.action, gate="leaf") for step in threat.steps[:-1])
    return TreeNode(id=identity, label=threat.title, gate="all", threat=threat.id, children=steps)
