from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threat_modeling.evidence import Checker, evidence_in, quote, source_lines
from threat_modeling.model import Evidence, EvidenceStatus

CODE = "import os\n\n\ndef show(name):\n    return os.popen('cat ' + name)\n"


@pytest.fixture
def target(tmp_path):
    (tmp_path / "app.py").write_text(CODE)
    return tmp_path


def made(target, start, end):
    return quote("app.py", source_lines((target / "app.py").read_bytes()), start, end)


def test_a_quote_verifies_where_it_was_made(target):
    evidence = made(target, 4, 5)
    assert evidence.quote == "def show(name):\n    return os.popen('cat ' + name)"
    assert Checker(target).status(evidence) == (EvidenceStatus.VERIFIED, "")


def test_indentation_may_change(target):
    evidence = made(target, 5, 5)
    (target / "app.py").write_text(CODE.replace("    return", "\treturn"))
    assert Checker(target).status(evidence)[0] is EvidenceStatus.VERIFIED


def test_a_moved_quote_names_its_new_line(target):
    evidence = made(target, 4, 5)
    (target / "app.py").write_text("# new\n" + CODE)
    assert Checker(target).status(evidence) == (EvidenceStatus.MOVED, "the quote stands at line 5 now")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda e: e.model_copy(update={"quote": e.quote.replace("popen", "system")}), EvidenceStatus.CONTRADICTED),
        (lambda e: Evidence.of(e.path, e.start, e.end, "eval(name)"), EvidenceStatus.CONTRADICTED),
        (lambda e: Evidence.of(e.path, 90, 91, e.quote), EvidenceStatus.MOVED),
        (lambda e: Evidence.of("gone.py", e.start, e.end, e.quote), EvidenceStatus.UNKNOWN),
        (lambda e: Evidence.of("../app.py", e.start, e.end, e.quote), EvidenceStatus.UNKNOWN),
        (lambda e: Evidence.of("link.py", e.start, e.end, e.quote), EvidenceStatus.UNKNOWN),
    ],
    ids=["edited quote", "invented quote", "wrong lines", "no such file", "outside", "symlink out"],
)
def test_a_false_quote_is_caught(target, tmp_path_factory, change, status):
    outside = tmp_path_factory.mktemp("outside") / "link.py"
    outside.write_text(CODE)
    (target / "link.py").symlink_to(outside)
    found, reason = Checker(target).status(change(made(target, 4, 5)))
    assert found is status
    assert reason


def test_a_secret_is_masked_and_still_verifies(target):
    (target / "app.py").write_text("API_KEY = 'c9b1f27d04e84d5e'\n")
    evidence = made(target, 1, 1)
    assert evidence.masked
    assert "c9b1f27d04e84d5e" not in evidence.quote
    assert Checker(target).status(evidence)[0] is EvidenceStatus.VERIFIED


def test_evidence_is_found_however_deep_it_stands(target):
    evidence = made(target, 1, 1)
    document = json.loads(json.dumps({"a": [{"b": {"evidence": [evidence.dump()]}}]}))
    assert list(evidence_in(document)) == [evidence]


@given(st.binary(max_size=400), st.integers(-2, 12), st.integers(-2, 12))
def test_every_quote_of_any_bytes_verifies(tmp_path_factory, content, start, end):
    target = tmp_path_factory.mktemp("t")
    (target / "f").write_bytes(content)
    evidence = quote("f", source_lines(content), start, end)
    assert Checker(target).status(evidence)[0] is EvidenceStatus.VERIFIED
