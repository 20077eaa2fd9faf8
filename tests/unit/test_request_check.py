"""A session never starts on what it can't serve: each refusal names the field and the remedy."""

from __future__ import annotations

import pytest

from threat_modeling.errors import RequestInvalid
from threat_modeling.request_check import accept, check_contents
from threat_modeling.settings import Settings


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


@pytest.fixture
def rules(tmp_path):
    for name in ("code", "sessions"):
        (tmp_path / name).mkdir(exist_ok=True)
    return Settings(allowed_targets=(str(tmp_path / "code"), "github.com"), sessions_root=str(tmp_path / "sessions"))


def test_what_is_allowed_is_accepted(target, tmp_path, rules):
    (target / "context.yaml").write_text("{}")
    values = {"target": str(target), "out": str(tmp_path / "sessions" / "team"), "business_context": str(target / "context.yaml")}
    assert accept(values, rules).target == str(target)
    assert (
        accept({"target": "git@github.com:acme/shop", "out": str(tmp_path / "sessions"), "ref": "main", "git_connection": "github"}, rules).ref
        == "main"
    )


def test_reports_of_other_tools_lie_in_allowed_folders(target, tmp_path, rules):
    values = {"target": str(target), "out": str(tmp_path / "sessions")}
    assert accept({**values, "evidence": [str(target / "scan.sarif")]}, rules).evidence == (str(target / "scan.sarif"),)
    with pytest.raises(RequestInvalid, match="evidence: /etc/passwd is not allowed here"):
        accept({**values, "evidence": ["/etc/passwd"]}, rules)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"target": "/etc"}, "target: /etc is not allowed here"),
        ({"target": "{tmp}"}, "target: .* is not allowed here"),
        ({"target": "~no-such-user/x"}, "target: .* is not allowed here"),
        ({"target": "/etc\x00"}, "target: .* is not allowed here"),
        ({"target": "{target}/out"}, "target: .* is not allowed here"),
        ({"target": "{target}/../other"}, "target: .* is not allowed here"),
        ({"target": "https://example.com/a/b"}, r"target: example\.com is not allowed here"),
        ({"target": "ext::sh -c x"}, "target: is no address"),
        ({"target": "file:///etc"}, "target: is no address"),
        ({"target": "https://github.com/a/b", "ref": "--upload-pack=x"}, "ref: .* is no branch"),
        ({"target": "{target}", "ref": "main"}, "ref: the target is a folder"),
        ({"target": "{target}", "business_context": "/etc/passwd"}, "business_context: /etc/passwd is not allowed here"),
        ({"target": "{target}", "business_context": "{target}/passwd"}, "business_context: .*/passwd is not allowed here"),
        ({"target": "{target}", "out": "{tmp}/elsewhere"}, "out: .* is not allowed here"),
        ({"target": "{target}", "out": "{tmp}/sessions/link"}, "out: .* is not allowed here"),
        ({"target": "{target}", "out": "{tmp}/sessions/../elsewhere"}, "out: .* is not allowed here"),
        ({"target": "{target}", "out": "{tmp}/sessions/clones/x/shop"}, "out: .*/clones is no root of sessions"),
        ({"target": "{target}", "out": "{tmp}/sessions/one/phase-1"}, "out: .*/one is no root of sessions"),
    ],
)
def test_what_is_not_allowed_is_refused_and_nothing_of_it_told(target, tmp_path, rules, values, told):
    (target / "out").symlink_to("/etc")
    (target / "passwd").symlink_to("/etc/passwd")
    (tmp_path / "sessions" / "one").mkdir()
    (tmp_path / "sessions" / "one" / "config.json").touch()
    (tmp_path / "sessions" / "link").symlink_to(tmp_path)
    filled = {"out": str(tmp_path / "sessions")} | {name: value.format(tmp=tmp_path, target=target) for name, value in values.items()}
    with pytest.raises(RequestInvalid, match=told) as caught:
        accept(filled, rules)
    assert "exist" not in str(caught.value)


def test_a_context_file_may_lie_beside_the_target_file_that_names_it(target, tmp_path, rules):
    folder = tmp_path / "targets"
    folder.mkdir()
    (folder / "context.yaml").write_text("{}")
    values = {"target": str(target), "out": str(tmp_path / "sessions"), "business_context": str(folder / "context.yaml")}
    assert accept(values, rules, trusted=folder).business_context
    with pytest.raises(RequestInvalid, match="business_context"):
        accept(values, rules)


def test_what_a_repository_lacks_is_told_once_it_is_there(target):
    request = accept({"target": "https://github.com/acme/shop", "scope": ["web"]})
    with pytest.raises(RequestInvalid, match=r"scope: web does not exist in the target; .* relative to https://github\.com/acme/shop"):
        check_contents(request, target)
