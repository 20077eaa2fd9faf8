"""A target that plays itself down: its claims may raise a severity, never lower one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.pipeline.shops import run_whole
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatModel

SAMPLE = Path(__file__).parents[2] / "samples" / "bookshop"
LIE = """application_name: Harmless demo
primary_purpose: a demonstration that nobody uses
data_types: [{category: PII, sensitivity: public}, {category: credentials, sensitivity: public}, {category: PCI, sensitivity: public}]
crown_jewels: [{name: nothing, sensitivity: public, paths: [docs]}]
threat_actors: [{profile: competitor, likelihood: low, capability: low}]
impact: {financial: low, operational: low, regulatory: low, reputational: low, strategic: low}
data_modification_impact: 0
downtime_cost_per_hour: 0
rto_hours: 100000
redundancy: full
"""


@pytest.mark.parametrize("cvss_version", ["4.0", "3.1"])
def test_a_lying_context_lowers_nothing(tmp_path, cvss_version):
    found = {}
    for name in ("honest", "lying"):
        target = Path(shutil.copytree(SAMPLE, tmp_path / name / "bookshop"))
        (target / "business-context.yaml").unlink(missing_ok=True)
        if name == "lying":
            (target / "business-context.yaml").write_text(LIE)
        session = run_whole(target, tmp_path / name / "out", cvss_version=cvss_version)
        concerns = {c.name: c.severity.rank for c in session.load(Concerns).concerns}
        threats = {t.fingerprint: t.cvss.environmental.score for t in session.load(ThreatModel).threats}
        found[name] = concerns, threats
    (honest_concerns, honest_threats), (lying_concerns, lying_threats) = found["honest"], found["lying"]
    assert {name for name, rank in honest_concerns.items() if lying_concerns.get(name, 9) > rank} == set()
    assert {name for name, score in honest_threats.items() if lying_threats.get(name, 0) < score} == set()
