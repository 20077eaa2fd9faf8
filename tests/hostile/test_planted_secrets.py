"""A thousand secrets of more than thirty kinds: none stands in anything that a session writes."""

from __future__ import annotations

import html
import json
import subprocess
import sys

import pytest

from tests.hostile.planted.kinds import KINDS
from tests.hostile.planted.target import lines, plant
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns
from threat_modeling.secrets import MASK, mask
from threat_modeling.session import Session


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """(the secrets, the session, what the command printed)."""
    root = tmp_path_factory.mktemp("planted")
    secrets = plant(root / "target")
    command = [sys.executable, "-m", "threat_modeling", "run", str(root / "target"), "--approve", "auto", "--out", str(root / "out")]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return secrets, Session.open(next((root / "out").glob("2*"))), done.stdout + done.stderr


def test_there_are_a_thousand_of_thirty_kinds():
    planted = list(lines())
    assert len({secret for *_, secret in planted}) >= 1000
    assert len(KINDS) >= 30
    assert {kind for kind, *_ in planted} >= set(KINDS)


def test_whatever_line_is_quoted_it_shows_no_secret():
    assert [(kind, line) for kind, _, line, secret in lines() if secret in mask(line)] == []


def test_nothing_that_the_session_writes_holds_one(told):
    secrets, session, printed = told
    written = {path.relative_to(session.path).as_posix(): path.read_text("utf-8") for path in session.path.rglob("*") if path.is_file()}
    written["what was printed"] = printed
    everything = "\0".join(written.values())
    shown = [one for one in secrets if any(form in everything for form in forms(one))]
    assert [(one, [name for name, text in written.items() if one in text]) for one in shown] == []


def test_the_session_quotes_where_they_stand(told):
    """Else nothing would be proven."""
    _, session, _ = told
    places = [place.evidence for concern in session.load(Concerns).concerns for place in concern.locations]
    assert sum(MASK in place.quote for place in places) >= 500
    assert {place.path for place in places} >= {f"{kind}/app.py" for kind in KINDS}


def forms(secret: str) -> set[str]:
    """A secret as text, in JSON, and in HTML."""
    return {secret, json.dumps(secret)[1:-1], html.escape(secret), html.escape(secret, quote=False)}
