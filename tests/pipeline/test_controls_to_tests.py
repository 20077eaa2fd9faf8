"""Phases 4 to 6 on real code: a person's corrections act in the next round, and nothing is lost on the way."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.pipeline.shops import new_session, write_services
from threat_modeling.checkpoints import APPROVE, REVISE
from threat_modeling.errors import MissingPriorities
from threat_modeling.integrity import evidence_problems
from threat_modeling.model import Provenance, Severity
from threat_modeling.phases.order import STAGES
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns
from threat_modeling.phases.phase_4_security_controls.artifacts import BatchSummary, ControlGaps, InputValidationControls
from threat_modeling.phases.phase_5_threat_modeling.artifacts import AbuseCases, AttackTrees, Dfd, RiskMatrix, ThreatModel
from threat_modeling.phases.phase_6_test_planning.artifacts import ManualTestCases, TestPriorities
from threat_modeling.session import Session

BY = {s.key: s for s in STAGES}
SQL = "sql-injection"


def run_round(session, key):
    stage = BY[key]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda a: stage.run_agent(session, a["id"], 120.0), stage.open_round(session)))
    return stage.close_round(session)


def run_through(session, *keys):
    for key in keys:
        rounds = run_round(session, key)
        if rounds:
            BY[key].decide(session, rounds[-1]["round"], APPROVE, by="ann")


def revise(session, key, **form):
    BY[key].decide(session, session.checkpoints.rounds(key)[-1].round, REVISE, by="ann", feedback="see the form", form=form)
    return run_round(session, key)


PHASE_4 = [k for k in BY if k.startswith("phase-4-")]


@pytest.fixture(scope="module")
def mapped(tmp_path_factory):
    """A session that is mapped: two services with an SQL injection each."""
    root = tmp_path_factory.mktemp("mapped")
    target = write_services(root / "shop", ["cart", "stock"])
    session = new_session(target, root / "out")
    run_through(session, "phase-1", "phase-2", "phase-3")
    return session


@pytest.fixture
def session(mapped, tmp_path):
    shutil.copytree(mapped.path, tmp_path / mapped.id)
    return Session.open(tmp_path / mapped.id)


def test_a_stated_control_closes_its_places_and_bears_no_threat(session):
    concern = next(c for c in session.load(Concerns).concerns if c.weakness.weakness_class == SQL)
    key = f"phase-4-{concern.severity.value.lower()}"
    run_through(session, *PHASE_4[: PHASE_4.index(key)])
    run_round(session, key)
    before = [g for g in session.load(ControlGaps).control_gaps if g.concern == concern.id and g.cwe == "CWE-89"]
    assert len(before) == 1

    revise(session, key, add_controls=[f"input-validation | {concern.id} | the gateway refuses quotes", "we also have a dog"])

    account = next(a for b in session.load(BatchSummary).batches for a in b.concerns if a.concern == concern.id)
    assert account.status == "mitigated"
    assert not [g for g in session.load(ControlGaps).control_gaps if g.concern == concern.id and g.cwe == "CWE-89"]
    stated = [c for c in session.load(InputValidationControls).controls if c.provenance is Provenance.STATED]
    assert [c.implementation for c in stated] == ["the gateway refuses quotes"]
    assert any("we also have a dog" in text for _, text in session.notes("open"))
    assert any("the gateway refuses quotes" in text for _, text in session.notes("override"))

    BY[key].decide(session, 2, APPROVE, by="ann")
    run_through(session, *PHASE_4[PHASE_4.index(key) + 1 :], "phase-5")
    assert not [t for t in session.load(ThreatModel).threats if concern.id in t.concerns]


def test_a_failed_investigation_is_blocked_and_still_a_threat(session):
    concern = next(c for c in session.load(Concerns).concerns if c.weakness.weakness_class == SQL)
    key = f"phase-4-{concern.severity.value.lower()}"
    run_through(session, *PHASE_4[: PHASE_4.index(key)])
    stage = BY[key]
    for assignment in stage.open_round(session):
        if not assignment["id"].startswith(concern.id):
            stage.run_agent(session, assignment["id"], 120.0)
    rounds = stage.close_round(session)
    assert rounds[-1]["gaps"] == 1
    batch = next(b for b in session.load(BatchSummary).batches if b.severity is concern.severity)
    assert batch.blocked == (concern.id,)
    assert any(g.type == "investigation-blocked" and g.concern == concern.id for g in session.load(ControlGaps).control_gaps)

    stage.decide(session, rounds[-1]["round"], APPROVE, by="ann")
    run_through(session, *PHASE_4[PHASE_4.index(key) + 1 :], "phase-5")
    assert [t for t in session.load(ThreatModel).threats if concern.id in t.concerns]


def test_threats_rest_on_what_was_found_and_a_persons_word_settles_them(session):
    run_through(session, *PHASE_4)
    run_round(session, "phase-5")
    model = session.load(ThreatModel)
    injections = [t for t in model.threats if t.cwe == "CWE-89"]
    assert sorted(t.evidence[0].path for t in injections) == ["cart/app.py", "stock/app.py"]
    gaps = {g.id for g in session.load(ControlGaps).control_gaps}
    assert all(set(t.control_gaps) <= gaps for t in model.threats)
    assert all("/search" in t.title and t.entry_points for t in injections)
    grave = {t.id for t in model.threats if t.severity.rank <= Severity.HIGH.rank}
    assert {c.threat for c in session.load(AbuseCases).abuse_cases} == grave
    assert {t for tree in session.load(AttackTrees).attack_trees for t in tree.threats} == grave
    dfd = session.load(Dfd)
    nodes = {n.id for n in dfd.nodes}
    assert all({f.source, f.target} <= nodes for f in dfd.flows)
    assert evidence_problems(session.path, session.target)[1] == []

    revise(session, "phase-5", threat_status=["T-001 accepted it is a demonstration", "T-777 open"], actor_likelihood=["nation-state low"])

    again = session.load(ThreatModel)
    assert [t.id for t in again.threats] == [t.id for t in model.threats]
    assert again.threats[0].status == "accepted"
    assert again.threats[0].fingerprint == model.threats[0].fingerprint
    assert sum(session.load(RiskMatrix).by_severity.values()) == len(model.threats) - 1
    assert any("T-777" in text for _, text in session.notes("open"))


def test_every_grave_threat_has_a_test_and_a_person_orders_them(session):
    run_through(session, *PHASE_4, "phase-5")
    run_round(session, "phase-6")
    threats = {t.id: t for t in session.load(ThreatModel).threats}
    cases = session.load(ManualTestCases).test_cases
    assert {c.threat for c in cases} == set(threats)
    assert all(c.cvss_vector == threats[c.threat].cvss.environmental.vector for c in cases)
    last = session.load(TestPriorities).priorities[-1].threat

    revise(session, "phase-6", test_priorities=[f"{last} P0", "T-777 P1"])

    first = next(p for p in session.load(TestPriorities).priorities if p.threat == last)
    assert (first.priority, first.reason) == ("P0", "set by a person")
    assert any("T-777" in text for _, text in session.notes("open"))


def test_a_threat_model_without_scores_is_refused_before_any_agent_runs(session):
    run_through(session, *PHASE_4, "phase-5")
    document = session.json(ThreatModel.path)
    del document["threats"][0]["cvss"]
    session.write(ThreatModel.path, json.dumps(document).encode())
    with pytest.raises(MissingPriorities, match="clear phase 5"):
        BY["phase-6"].open_round(session)


def test_two_sessions_give_the_same_bytes(session, tmp_path):
    other = Session.open(shutil.copytree(session.path, tmp_path / "other"))
    for each in (session, other):
        run_through(each, *PHASE_4, "phase-5", "phase-6")
    for phase in ("phase-4", "phase-5", "phase-6"):
        files = sorted(p.relative_to(session.path) for p in (session.path / phase).rglob("*") if p.is_file())
        assert files
        assert all((session.path / f).read_bytes() == (other.path / f).read_bytes() for f in files)
