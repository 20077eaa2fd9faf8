"""Batch failure: concerns of a batch are not investigated."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.faults.injected import BY, Inline, approve, at_gate, dies, edited, run_round, times_out, until_asked
from tests.pipeline.shops import write_services
from threat_modeling.phases.order import STAGES
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns
from threat_modeling.phases.phase_4_security_controls.artifacts import ControlGaps
from threat_modeling.session import Session


@pytest.fixture(scope="module")
def three_concerns(tmp_path_factory):
    """A session before a batch of three concerns, and that batch's key."""
    root = tmp_path_factory.mktemp("batch")
    names = ["cart", "legacy", "stock"]
    session = at_gate("phase-4-critical", write_services(root / "shop", names), root / "out", components=names)
    counts = {s.key: len(list(s.phase.assign(session, s))) for s in STAGES if s.severity}
    key = next(key for key, count in counts.items() if count == 3)
    for stage in STAGES:
        if stage.severity and stage.severity.rank < BY[key].severity.rank:
            approve(session, stage.key)
    return session.path, key


@pytest.fixture
def batch(three_concerns, tmp_path):
    folder, key = three_concerns
    session = Session.open(shutil.copytree(folder, tmp_path / "out" / folder.name))
    first = next(c for c in session.load(Concerns).concerns if c.severity is BY[key].severity)
    return session, key, first


def blocked(session, concern):
    gaps = session.load(ControlGaps).control_gaps
    return [g.type for g in gaps if g.concern == concern.id and g.type == "investigation-blocked"]


def summary(session, key):
    batches = json.loads((session.path / "phase-4/batch-summary.json").read_bytes())["batches"]
    return next(b for b in batches if b["severity"] == BY[key].severity.value)


def test_one_that_always_fails_is_a_gap_after_three_tries_and_the_next_batch_runs(batch):
    session, key, first = batch
    backend = Inline((f"{key} {first.id}-", times_out, 0))
    rounds = until_asked(session, key, backend)
    assert backend.ran.count(f"{key} {first.id}-{first.name}") == 3
    assert blocked(session, first) == ["investigation-blocked"]
    assert summary(session, key)["blocked"] == [first.id]
    assert (rounds[-1]["gaps"], rounds[-1]["options"]) == (1, ["Approve", "Approve rest", "Revise", "Stop"])
    BY[key].decide(session, rounds[-1]["round"], "Approve", by="ann")
    later = next(s for s in STAGES if s.severity and s.severity.rank == BY[key].severity.rank + 1)
    run_round(session, later.key)
    assert BY[key].state(session) == "approved"


@pytest.mark.parametrize("fault", [dies, times_out, edited(lambda document: document.pop("concern"))])
def test_one_that_fails_twice_is_tried_alone_until_it_works(batch, fault):
    session, key, first = batch
    backend = Inline((f"{key} {first.id}-", fault, 2))
    rounds = until_asked(session, key, backend)
    assert len(backend.ran) == 5, "two siblings once, this one three times"
    assert rounds[-1]["gaps"] == 0
    assert blocked(session, first) == []
    assert summary(session, key)["investigated"] == 3


def test_the_retry_is_read_from_the_batch_summary(batch):
    session, key, first = batch
    run_round(session, key, Inline((f"{key} {first.id}-", times_out, 1)))
    assert summary(session, key)["blocked"] == [first.id]
    (note,) = [text for _, text in session.notes("recovery") if "BatchFailure" in text]
    assert "1 of 3 investigations failed" in note
    assert first.id in note


def test_a_wholly_failed_batch_asks_the_person(batch):
    session, key, first = batch
    rounds = until_asked(session, key, Inline((key, times_out, 0)))
    assert rounds[-1]["options"] == ["Approve", "Revise", "Stop"]
    assert "every agent of this round failed" in rounds[-1]["body"]
    assert rounds[-1]["gaps"] == 3

    BY[key].decide(session, rounds[-1]["round"], "Revise", by="ann", feedback="the disk is mended")
    rounds = until_asked(session, key)
    assert rounds[-1]["gaps"] == 0
    assert blocked(session, first) == []
