"""Phase 1 as a stage: files, summary, form, rounds; and what stands when its agent fails."""

from __future__ import annotations

import pytest

from threat_modeling.errors import RequestInvalid
from threat_modeling.model import CoverageGap
from threat_modeling.phases.phase_1_business_context.artifacts import DataClassification, Source
from threat_modeling.phases.phase_1_business_context.phase import BusinessContextPhase
from threat_modeling.request import SessionRequest
from threat_modeling.session import Session
from threat_modeling.stage import Stage


@pytest.fixture
def start(tmp_path):
    target = tmp_path / "code"
    target.mkdir()
    (target / "app.py").write_text("import stripe\n")
    (target / "README.md").write_text("Takes *money* | from <b>people</b> for good things\n")

    def create(**request: object) -> Session:
        return Session.create(SessionRequest(target=str(target), **request), tmp_path / "out", {"run": "1"})

    return create


def run(session: Session, stage: Stage) -> list[dict]:
    (assignment,) = stage.open_round(session)
    stage.run_agent(session, assignment["id"], 120)
    return stage.close_round(session)


def test_a_round_with_a_revision(start):
    session, stage = start(crown_jewels=["customer payments"]), Stage(BusinessContextPhase())
    (first,) = run(session, stage)
    assert "claimed by the target" not in first["body"]
    assert "customer payments" in first["body"]
    assert "<b>" not in first["body"]
    assert len(first["body"]) < 6000
    form = {name: field["value"] for name, field in stage.form(session).items()}
    assert form["crown_jewels"] == ["customer payments: app.py", "Payment card data: app.py"]
    stage.decide(session, 1, "Revise", by="ann", feedback="think of the vault", form=form | {"crown_jewels": ["the vault: app.py"], "rto_hours": 4})
    second = run(session, stage)[-1]
    assert "the vault" in second["body"]
    jewels = session.load(DataClassification).crown_jewels
    assert [(j.name, j.source) for j in jewels] == [("the vault", Source.CHECKPOINT)]
    assert session.notes("open") == [("phase-1", "think of the vault")]
    assert ("phase-1", "rto_hours corrected to 4") in session.notes("override")
    assert [r["round"] for r in stage.close_round(session)] == [1, 2]


def test_without_its_agent_the_files_rest_on_statements(start):
    session, stage = start(data_classes=["PHI"]), Stage(BusinessContextPhase())
    stage.open_round(session)
    (asked,) = stage.close_round(session)
    assert asked["gaps"] == 1
    assert "Not delivered" in asked["body"]
    assert session.load(DataClassification).crown_jewels[0].category == "PHI"
    assert "business context" in BusinessContextPhase().summarize(session, stage, [CoverageGap(assignment="x", label="business context", reason="r")])


def test_the_person_s_file_counts_as_theirs_and_a_wrong_one_stops_before_any_agent(start, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("application_name: Till\nrto_hour: 3\n")
    session, stage = start(business_context=str(file)), Stage(BusinessContextPhase())
    with pytest.raises(RequestInvalid, match="line 2: rto_hour: no such field"):
        stage.open_round(session)
    file.write_text("application_name: Till\n")
    stage.open_round(session)
    stage.close_round(session)
    assert "Application: Till (stated by a person)" in (session.path / "phase-1/summary.md").read_text()
