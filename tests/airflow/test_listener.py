"""Which events open a round, and which bring a run's note up to date."""

from types import SimpleNamespace

import pytest

from threat_modeling_airflow import listener, rounds, run_note
from threat_modeling_airflow.checkpoint import DECISIONS
from threat_modeling_airflow.session_dag import SESSIONS


@pytest.fixture
def opened(monkeypatch):
    calls = []
    monkeypatch.setattr(rounds, "open_next_round", lambda *source: calls.append(source))
    monkeypatch.setattr(run_note, "write_note", lambda *_: None)
    return calls


@pytest.fixture
def noted(monkeypatch):
    calls = []
    monkeypatch.setattr(run_note, "write_note", lambda *run: calls.append(run))
    return calls


def event(uri=DECISIONS.uri, **source):
    names = {"source_dag_id": "d", "source_run_id": "r", "source_task_id": "phase_3.checkpoint", "extra": {"dag_id": "other"}} | source
    return SimpleNamespace(asset=SimpleNamespace(uri=uri), **names)


def test_the_source_says_what_to_open(opened):
    listener.on_asset_event_emitted(event())
    assert opened == [("d", "r", "phase_3.checkpoint")]


def test_an_event_posted_from_outside_opens_nothing(opened):
    listener.on_asset_event_emitted(event(source_dag_id=None, source_run_id=None, source_task_id=None))
    assert opened == []


def test_other_assets_open_nothing(opened):
    listener.on_asset_event_emitted(event(uri=SESSIONS.uri))
    assert opened == []


def test_a_written_report_is_noted(opened, noted):
    listener.on_asset_event_emitted(event(uri=SESSIONS.uri, source_task_id="report"))
    assert (opened, noted) == ([], [("d", "r")])


def test_other_assets_note_nothing(noted):
    listener.on_asset_event_emitted(event(uri="x-threat-modeling://other"))
    assert noted == []
