"""The counts that a person decides on are those of the artifacts."""

from __future__ import annotations

import re

import pytest

from threat_modeling.phases.phase_1_business_context.artifacts import DataClassification, ThreatActors
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns, Coverage, DataFlows, EntryPoints, Manifest, TrustBoundaries
from threat_modeling.phases.phase_4_security_controls.artifacts import BatchSummary, ControlGaps
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatModel
from threat_modeling.phases.phase_6_test_planning.artifacts import ManualTestCases

COUNTS = {
    "crown jewels": (1, r"(\d+) crown jewels", lambda s: len(s.load(DataClassification).crown_jewels)),
    "actors": (1, r"(\d+) threat actors", lambda s: len(s.load(ThreatActors).threat_actors)),
    "files": (2, r"- (\d+) files in", lambda s: s.load(SizingReport).metrics.total_files),
    "agents": (2, r": (\d+) agent\(s\)", lambda s: len(s.load(SizingReport).strategy.components_to_spawn)),
    "entry points": (3, r"Entry points: (\d+)", lambda s: len(s.load(EntryPoints).entry_points)),
    "open entry points": (
        3,
        r"of which (\d+) without authentication",
        lambda s: sum(p.exposure == "external-unauthenticated" for p in s.load(EntryPoints).entry_points),
    ),
    "flows": (3, r"Data flows: (\d+)", lambda s: len(s.load(DataFlows).data_flows)),
    "stores": (3, r"data stores: (\d+)", lambda s: len(s.load(DataFlows).data_stores)),
    "systems": (3, r"external systems: (\d+)", lambda s: len(s.load(DataFlows).external_integrations)),
    "boundaries": (3, r"Trust boundaries: (\d+)", lambda s: len(s.load(TrustBoundaries).trust_boundaries)),
    "concerns": (3, r"Concerns: (\d+)", lambda s: len(s.load(Concerns).concerns)),
    "analyzed files": (3, r"Coverage: (\d+) of", lambda s: s.load(Coverage).total.analyzed),
    "covered files": (3, r"Coverage: \d+ of (\d+) files", lambda s: s.load(SizingReport).metrics.total_files),
    "delivered agents": (3, r"Agents: (\d+) of", lambda s: sum(c.delivered for c in s.load(Manifest).components)),
    "gaps": (4, r"batches so far: (\d+)", lambda s: len(s.load(ControlGaps).control_gaps)),
    "threats": (5, r"Status of all (\d+)", lambda s: len(s.load(ThreatModel).threats)),
    "test cases": (6, r"Manual test cases: (\d+)", lambda s: len(s.load(ManualTestCases).test_cases)),
}


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_of_a_summary_is_that_of_its_artifact(finished, name):
    phase, pattern, counted = COUNTS[name]
    text = (finished.path / f"phase-{phase}" / "summary.md").read_text()
    told = re.search(pattern, text, re.IGNORECASE)
    assert told, text
    assert int(told[1]) == counted(finished)


def test_a_batch_shows_each_of_its_concerns_with_its_gravest_gap(finished):
    gaps = finished.load(ControlGaps).control_gaps
    shown = set()
    for batch in finished.load(BatchSummary).batches:
        for asked in finished.checkpoints.rounds(f"phase-4-{batch.severity.lower()}")[-1:]:
            rows = dict(re.findall(r"^\| (C-\d+) (.*)$", asked.body, re.MULTILINE))
            assert set(rows) <= {one.concern for one in batch.concerns}
            for concern, row in rows.items():
                worst = next(gap for gap in gaps if gap.concern == concern)
                assert f"`{worst.evidence[0].place}`" in row
            shown |= set(rows)
    assert len(shown) > 10
