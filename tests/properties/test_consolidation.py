"""Consolidation: idempotent, whatever the order of the agents, and nothing is dropped without a trace."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.injected import BY, Inline
from threat_modeling.consolidation import merged
from threat_modeling.delivery import Delivery
from threat_modeling.model import CoverageGap
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns, Coverage, EntryPoints
from threat_modeling.session import Session

FINDINGS = st.lists(st.tuples(st.sampled_from("abcde"), st.frozensets(st.integers(0, 9), max_size=3)), max_size=30)


def join(first, second):
    return first[0], first[1] | second[1]


def as_map(findings):
    return dict(merged(findings, lambda f: f[0], join))


@given(FINDINGS)
def test_merging_twice_is_merging_once(findings):
    once = merged(findings, lambda f: f[0], join)
    assert merged(once, lambda f: f[0], join) == once


@given(FINDINGS, st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(findings, numbers):
    shuffled = list(findings)
    numbers.shuffle(shuffled)
    assert as_map(shuffled) == as_map(findings)


@given(FINDINGS)
def test_no_finding_is_dropped(findings):
    found = as_map(findings)
    assert all(places <= found[name] for name, places in findings)


@pytest.fixture(scope="module")
def delivered(gates, tmp_path_factory):
    """A session all of whose mappers delivered."""
    session = Session.open(shutil.copytree(gates["phase-3"], tmp_path_factory.mktemp("delivered") / gates["phase-3"].name))
    stage = BY["phase-3"]
    for assignment in stage.open_round(session):
        stage.run_agent(session, assignment["id"], 60.0, Inline())
    return session


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.booleans())
def test_phase_3_is_the_same_in_any_order_and_each_agent_is_accounted_for(delivered, numbers, lose):
    stage = BY["phase-3"]
    outputs, _ = Delivery(delivered, stage).collect()
    order = list(outputs)
    numbers.shuffle(order)
    gaps = [CoverageGap(assignment=order[0], label=order[0], reason="r")] if lose else []
    kept = {key: outputs[key] for key in (order[1:] if lose else order)}
    made = [json.dumps(a.dump()) for a in stage.phase.consolidate(delivered, stage, kept, gaps)]
    again = stage.phase.consolidate(delivered, stage, dict(sorted(kept.items())), gaps)
    assert [json.dumps(a.dump()) for a in again] == made

    by_kind = {type(a): a for a in again}
    told = {c.component for c in by_kind[Coverage].components} | {g.assignment for g in by_kind[Coverage].gaps}
    assert told == set(outputs)
    assert len(by_kind[EntryPoints].entry_points) == sum(len(o.routes) for o in kept.values())
    places = {(e.path, e.start) for c in by_kind[Concerns].concerns for e in (location.evidence for location in c.locations)}
    assert {(w.evidence.path, w.evidence.start) for o in kept.values() for w in o.weaknesses} <= places
