from __future__ import annotations

import shutil

import pytest

from tests.faults.injected import BY, Inline, at_gate, run_round
from tests.pipeline.shops import write_services
from threat_modeling.checkpoints import APPROVE
from threat_modeling.phases.order import STAGES
from threat_modeling.recovery import prepare
from threat_modeling.session import Session


@pytest.fixture
def shop(tmp_path):
    """A target of two services."""
    return write_services(tmp_path / "shop", ["cart", "legacy"])


@pytest.fixture(scope="session")
def gates(tmp_path_factory):
    """A session of two services as it stands before each stage opens, and at the end: key -> folder."""
    root = tmp_path_factory.mktemp("gates")
    session = at_gate("phase-1", write_services(root / "shop", ["cart", "legacy"]), root / "out", components=["cart", "legacy"])
    found = {}
    for stage in STAGES:
        prepare(session, stage)
        found[stage.key] = shutil.copytree(session.path, root / "at" / stage.key / session.id)
        rounds = run_round(session, stage.key, Inline())
        if rounds:
            BY[stage.key].decide(session, rounds[-1]["round"], APPROVE, by="ann")
    found["end"] = shutil.copytree(session.path, root / "at" / "end" / session.id)
    return found


@pytest.fixture
def before(gates, tmp_path):
    """A copy of that session before a stage opens; each takes the place of the one before."""

    def copied(key):
        copy = tmp_path / "copies" / gates[key].name
        shutil.rmtree(copy, ignore_errors=True)
        return Session.open(shutil.copytree(gates[key], copy))

    return copied
