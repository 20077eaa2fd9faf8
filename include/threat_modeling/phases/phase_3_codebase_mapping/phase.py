"""Phase 3: one agent per component maps what the code exposes and moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from threat_modeling.consolidation import canonical_term, merged
from threat_modeling.phase import FormField, Phase
from threat_modeling.phases.phase_1_business_context.artifacts import DataClassification
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_3_codebase_mapping.agent import CodebaseMapper
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import (
    ComponentMap,
    ComponentSummary,
    Concerns,
    ControlSightings,
    Coverage,
    DataFlows,
    EntryPoints,
    Manifest,
    TrustBoundaries,
)
from threat_modeling.phases.phase_3_codebase_mapping.boundaries import crossed, trust_boundaries
from threat_modeling.phases.phase_3_codebase_mapping.components import MapComponent, tasks
from threat_modeling.phases.phase_3_codebase_mapping.concerns import Surroundings, concerns
from threat_modeling.phases.phase_3_codebase_mapping.corrections import FORM, corrections
from threat_modeling.phases.phase_3_codebase_mapping.coverage import coverage
from threat_modeling.phases.phase_3_codebase_mapping.entry_points import entry_points
from threat_modeling.phases.phase_3_codebase_mapping.flows import data_flows
from threat_modeling.phases.phase_3_codebase_mapping.joining import joined
from threat_modeling.phases.phase_3_codebase_mapping.links import Links
from threat_modeling.phases.phase_3_codebase_mapping.recovery import split_timed_out
from threat_modeling.phases.phase_3_codebase_mapping.shared import forget
from threat_modeling.phases.phase_3_codebase_mapping.stores import data_stores, integrations
from threat_modeling.phases.phase_3_codebase_mapping.summary import summarize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.artifact import Artifact
    from threat_modeling.model import CoverageGap
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage


class CodebaseMapping(Phase):
    """Phase 3: one agent per component maps what the code exposes and moves."""

    number = 3
    name = "codebase-mapping"
    title = "Code map"
    role: ClassVar[CodebaseMapper] = CodebaseMapper()
    needs = (DataClassification, SizingReport)
    reads = ()  # a task says all that a mapper needs to know: a component that is split leaves its siblings' outputs valid
    makes = (Manifest, EntryPoints, DataFlows, TrustBoundaries, ControlSightings, Concerns, Coverage)
    guidance = ("Investigate the concerns in order of severity.", "Look at the guards of each entry point before calling a control missing.")

    def assign(self, session: Session, stage: Stage) -> Sequence[MapComponent]:
        """One mapper for each component that sizing spawns, corrected by the person."""
        wanted = corrections(session.checkpoints.decisions(stage.key))
        self.note_unused(session, stage, wanted.unused)
        return tasks(session, wanted)

    def consolidate(self, session: Session, stage: Stage, outputs: Mapping[str, ComponentMap], gaps: Sequence[CoverageGap]) -> Sequence[Artifact]:
        """Join the components: one entry point, store, system and boundary for each thing, and the concerns with their severity."""
        forget(session)
        wanted = corrections(session.checkpoints.decisions(stage.key))
        maps = joined([outputs[key] for key in sorted(outputs)])
        points = entry_points(maps, wanted)
        links = Links(points, maps)
        stores, systems = data_stores(maps, wanted), integrations(maps)
        boundaries = trust_boundaries(maps, points, stores, systems)
        flows = crossed(data_flows(maps, points, links, stores, systems), boundaries, points)
        jewels = session.load(DataClassification).crown_jewels
        found = concerns(maps, Surroundings(points, links, flows, jewels, wanted))
        sightings = merged((c for m in maps for c in m.controls), lambda c: (c.rule, c.evidence.path, c.evidence.start), lambda first, _: first)
        counts = {
            "entry_points": len(points),
            "data_flows": len(flows),
            "trust_boundaries": len(boundaries),
            "data_stores": len(stores),
            "external_integrations": len(systems),
            "concerns": len(found),
            "weaknesses": sum(len(m.weaknesses) for m in maps),
            "controls": len(sightings),
        }
        return [
            self._manifest(session, stage, maps, gaps, counts),
            EntryPoints(entry_points=points),
            DataFlows(data_flows=flows, data_stores=tuple(stores.values()), external_integrations=tuple(systems.values())),
            TrustBoundaries(trust_boundaries=boundaries),
            ControlSightings(controls=tuple(sorted(sightings, key=lambda c: (c.category, c.evidence.path, c.evidence.start, c.rule)))),
            Concerns(concerns=found),
            coverage(maps, session.load(SizingReport).excluded, gaps),
        ]

    def recover(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> list[str]:
        """Split what ran out of time (seed: Agent Timeout)."""
        return split_timed_out(session, stage, gaps)

    def summarize(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> str:  # noqa: ARG002 - the signature is the contract
        """What a person needs to decide whether the map is right."""
        return summarize(session, gaps)

    def form(self, session: Session, stage: Stage) -> dict[str, FormField]:  # noqa: ARG002 - the signature is the contract
        """Components, exposure and sensitivity."""
        return dict(FORM)

    def _manifest(
        self, session: Session, stage: Stage, maps: Sequence[ComponentMap], gaps: Sequence[CoverageGap], counts: dict[str, int]
    ) -> Manifest:
        delivered = {m.component: m for m in maps}
        languages: dict[str, int] = {}
        for m in maps:
            for language, files in m.languages.items():
                languages[language] = languages.get(language, 0) + files
        assigned = self.assign(session, stage)
        sized = {c.path: c.files for c in session.load(SizingReport).strategy.components_to_spawn}
        return Manifest(
            components=tuple(
                ComponentSummary(
                    id=t.id,
                    path=t.path,
                    depth=t.depth,
                    files=delivered[t.id].coverage.files if t.id in delivered else sized.get(t.path, 0),
                    analyzed=delivered[t.id].coverage.analyzed if t.id in delivered else 0,
                    delivered=t.id not in {g.assignment for g in gaps},
                )
                for t in assigned
            ),
            languages=dict(sorted(languages.items())),
            frameworks=tuple(sorted({f for m in maps for f in m.frameworks})),
            infrastructure=tuple(sorted({d.name for m in maps for d in m.dependencies if d.ecosystem == "docker"})),
            databases=tuple(sorted({canonical_term(s.technology) for m in maps for s in m.stores if s.kind in {"sql", "nosql", "search", "cache"}})),
            dependencies=tuple(
                sorted(
                    merged((d for m in maps for d in m.dependencies), lambda d: (d.ecosystem, d.name, d.version, d.evidence.path), lambda a, _: a),
                    key=lambda d: (d.ecosystem, d.name, d.version, d.evidence.path),
                )
            ),
            personal_fields=tuple(sorted((f for m in maps for f in m.personal_fields), key=lambda f: (f.model, f.field, f.evidence.path))),
            metrics=counts,
        )
