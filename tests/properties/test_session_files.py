"""A session's folder: what is saved is loaded, and no byte changes and no file goes unnoticed."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatModel
from threat_modeling.schemas import artifact_types
from threat_modeling.session import Session

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def whole(gates, tmp_path_factory):
    """A finished session, and its files."""
    session = Session.open(shutil.copytree(gates["end"], tmp_path_factory.mktemp("whole") / gates["end"].name))
    assert session.integrity.problems() == []
    return session, sorted(p for p in session.path.rglob("*") if p.is_file())


def test_every_artifact_that_is_saved_is_loaded_as_it_was(whole):
    session, _ = whole
    for kind in artifact_types().values():
        artifact = session.load(kind)
        content = (session.path / kind.path).read_bytes()
        session.save(artifact)
        assert (session.path / kind.path).read_bytes() == content
        assert session.load(kind) == artifact


@SLOW
@given(title=st.text(max_size=200), note=st.text(max_size=200), score=st.floats(0, 10))
def test_any_text_and_number_goes_to_disk_and_back(whole, title, note, score):
    session, _ = whole
    model = session.load(ThreatModel)
    threat = model.threats[0]
    scored = threat.cvss.environmental.model_copy(update={"score": score})
    changed = threat.model_copy(update={"title": title, "cvss": threat.cvss.model_copy(update={"environmental": scored})})
    before = (session.path / ThreatModel.path).read_bytes()
    session.save(model.model_copy(update={"threats": (changed, *model.threats[1:])}))
    found = session.load(ThreatModel).threats[0]
    assert (found.title, found.cvss.environmental.score) == (title, score)
    report = session.load(SizingReport)
    session.save(report.model_copy(update={"notes": (note,)}))
    assert session.load(SizingReport).notes == (note,)
    session.save(report)
    session.write(ThreatModel.path, before)


@SLOW
@given(data=st.data())
def test_any_flipped_byte_is_noticed(whole, data):
    session, files = whole
    file = data.draw(st.sampled_from(files))
    content = file.read_bytes()
    position = data.draw(st.integers(0, len(content) - 1))
    flipped = bytearray(content)
    flipped[position] ^= data.draw(st.integers(1, 255))
    file.write_bytes(bytes(flipped))
    try:
        assert session.integrity.problems() != []
    finally:
        file.write_bytes(content)


@SLOW
@given(data=st.data())
def test_any_deleted_or_added_file_is_noticed(whole, data):
    session, files = whole
    file = data.draw(st.sampled_from(files))
    content = file.read_bytes()
    file.unlink()
    try:
        assert session.integrity.problems() != []
    finally:
        file.write_bytes(content)
    stranger = file.parent / "stranger.json"
    stranger.write_text("{}")
    try:
        assert session.integrity.problems() != []
    finally:
        stranger.unlink()
