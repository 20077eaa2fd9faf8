"""Phase 2 as a stage: it asks nobody, records overrides, and falls back to the minimal strategy."""

from __future__ import annotations

import pytest

from threat_modeling.model import Provenance, Sensitivity
from threat_modeling.phases.phase_1_business_context.artifacts import CrownJewel, DataClassification, Source
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_2_codebase_sizing.phase import CodebaseSizing
from threat_modeling.request import SessionRequest
from threat_modeling.session import Session
from threat_modeling.stage import Stage


@pytest.fixture
def session(tmp_path) -> Session:
    target = tmp_path / "code"
    for folder in ("api", "ui", "node_modules/x"):
        (target / folder).mkdir(parents=True)
        (target / folder / "f|le.js").write_text("1\n")
    session = Session.create(SessionRequest(target=str(target), components=["ui sampling"]), tmp_path / "out", {"run": "1"})
    jewel = CrownJewel(
        id="CJ-x",
        name="x",
        description="x",
        category="PII",
        sensitivity=Sensitivity.HIGH,
        paths=("api",),
        provenance=Provenance.STATED,
        source=Source.REQUEST,
    )
    session.save(DataClassification(data_types=(), crown_jewels=(jewel,)))
    return session


def test_it_asks_nobody_and_records_overrides(session):
    stage = Stage(CodebaseSizing())
    (assignment,) = stage.open_round(session)
    stage.run_agent(session, assignment["id"], 120)
    assert stage.close_round(session) == []
    assert stage.state(session) == "approved"
    report = session.load(SizingReport)
    assert [(c.path, c.crown_jewels) for c in report.components] == [(".", ("CJ-x",)), ("ui", ())]
    assert session.notes("override") == [("phase-2", "component ui given by hand, depth sampling")]
    summary = (session.path / "phase-2/summary.md").read_text()
    assert "2 files in 2 folders" in summary
    assert "`node_modules`, 1 files" in summary


def test_without_its_agent_one_agent_maps_everything(session):
    stage = Stage(CodebaseSizing())
    stage.open_round(session)
    stage.close_round(session)
    report = session.load(SizingReport)
    assert [(c.path, c.files) for c in report.strategy.components_to_spawn] == [(".", 2)]
    assert any("minimal strategy" in text for _, text in session.notes("override"))
