"""A session never starts on what it can't serve: each refusal names the field and the remedy."""

from __future__ import annotations

import pytest

from threat_modeling.errors import RequestInvalid
from threat_modeling.request_check import accept


@pytest.fixture
def target(tmp_path):
    folder = tmp_path / "code"
    (folder / "api").mkdir(parents=True)
    (folder / "api" / "app.py").write_text("x = 1\n")
    return folder


def test_paths_become_absolute(target, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    request = accept({"target": "code", "out": "sessions"})
    assert request.target == str(target)
    assert request.out == str(tmp_path / "sessions")


@pytest.mark.parametrize(
    ("values", "field", "remedy"),
    [
        ({"target": "{missing}"}, "target", "does not exist; give"),
        ({"target": "{file}"}, "target", "give the folder"),
        ({"target": "{empty}"}, "target", "is empty; give"),
        ({}, "target", "is missing; give"),
        ({"scope": ["nowhere"]}, "scope", "does not exist in the target"),
        ({"components": ["nowhere full"]}, "components", "does not exist in the target"),
        ({"components": ["api", "api sampling"]}, "components", "given twice"),
        ({"components": ["out"]}, "components", "a link out of the target"),
        ({"business_context": "/nowhere.yaml"}, "business_context", "not a readable file"),
        ({"formats": ["docx"]}, "formats", "there is no format 'docx'"),
        ({"out": "{target}/sessions"}, "out", "lies inside the target"),
        ({"scan": True}, "scan", "no such option; there are"),
        ({"target": "{target}", "rto_hours": "soon"}, "rto_hours", "valid number"),
    ],
)
def test_a_refusal_names_field_and_remedy(target, tmp_path, values, field, remedy):
    (target / "out").symlink_to(tmp_path)
    (tmp_path / "empty").mkdir()
    places = {"missing": tmp_path / "no", "file": target / "api" / "app.py", "empty": tmp_path / "empty", "target": target}
    filled = {k: v.format(**places) if isinstance(v, str) else v for k, v in values.items()}
    if values and "target" not in filled:
        filled["target"] = str(target)
    with pytest.raises(RequestInvalid) as raised:
        accept(filled)
    lines = str(raised.value).split("\n")
    assert any(line.startswith(field) and remedy in line for line in lines), lines


def test_components_must_lie_in_the_scope(target):
    (target / "web").mkdir()
    with pytest.raises(RequestInvalid, match="web lies outside the scope"):
        accept({"target": str(target), "scope": ["api"], "components": ["web"]})


def test_the_default_root_of_sessions_may_lie_in_the_target(target):
    assert accept({"target": str(target), "out": str(target / ".threat-modeling")}).out


@pytest.fixture
def closed(target):
    target.chmod(0)
    yield target
    target.chmod(0o755)


@pytest.mark.usefixtures("closed", "without_root")
def test_an_unreadable_target_is_refused(target):
    with pytest.raises(RequestInvalid, match="can't be read"):
        accept({"target": str(target)})
