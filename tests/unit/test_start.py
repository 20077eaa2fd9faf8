"""The beginning of a session: pinned to one revision, told of the one before, skipped where nothing changed."""

import pytest

from tests.unit.source.git_server import git_server
from tests.unit.source.repository import Repository
from threat_modeling.errors import RequestInvalid, TargetUnchanged
from threat_modeling.exporters import write_report
from threat_modeling.pipeline import run_session
from threat_modeling.request_check import accept
from threat_modeling.settings import Settings
from threat_modeling.start import previous, start

VERSIONS = {"threat-modeling": "1"}


@pytest.fixture
def rules(tmp_path):
    return Settings(git_plain_http=True, allowed_targets=(str(tmp_path), "127.0.0.1"), sessions_root=str(tmp_path))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "code"
    made.mkdir()
    (made / "app.py").write_text("x = 1\n")
    return made


@pytest.fixture
def begin(folder, tmp_path, rules):
    """Start a session on the folder, by default as another run each time."""
    numbers = iter(range(100))

    def begun(**options):
        fields = {"target": str(folder), "out": str(tmp_path / "out"), "approval": "auto"} | options.pop("fields", {})
        run = options.pop("run", {"dag_id": "d", "run_id": str(next(numbers))})
        return start(accept(fields, rules), run, rules, VERSIONS, **options)

    return begun


def test_a_run_that_starts_again_gets_its_session_at_its_commit(tmp_path):
    served = tmp_path / "served"
    served.mkdir()
    repository = Repository(served)
    first = repository.commit(repository.files({"app.py": "x = 1\n"}))
    with git_server(served) as server:
        rules = Settings(git_plain_http=True, allowed_targets=(server.host,), sessions_root=str(tmp_path / "out"))
        request = accept({"target": f"{server.url}/shop.git", "out": str(tmp_path / "out"), "scope": []}, rules)
        session = start(request, {"dag_id": "d", "run_id": "1"}, rules, VERSIONS)
        repository.commit(repository.files({"app.py": "x = 2\n"}))
        again = start(request, {"dag_id": "d", "run_id": "1"}, rules, VERSIONS)
        later = start(request, {"dag_id": "d", "run_id": "2"}, rules, VERSIONS)
        with pytest.raises(RequestInvalid, match="scope: web does not exist"):
            start(accept({**request.dump(), "scope": ["web"]}, rules), {"dag_id": "d", "run_id": "3"}, rules, VERSIONS)
    assert again.path == session.path
    assert (session.metadata().target_revision, (session.target / "app.py").read_text()) == (first, "x = 1\n")
    assert (later.target / "app.py").read_text() == "x = 2\n"
    assert session.id.endswith("-shop")
    assert session.target.is_relative_to(tmp_path / "out" / "clones")


def test_the_session_before_is_on_record_with_its_counts(begin):
    first = begin()
    assert first.notes("previous") == []
    write_report(first)
    second = begin()
    ((_, text),) = second.notes("previous")
    assert first.id in text
    assert "incomplete, 0 threats" in text
    assert previous(second.path.parent, second.request).id == first.id
    assert begin(fields={"target": str(first.path)}).notes("previous") == [], "another target has no part in it"


@pytest.mark.parametrize("remembered", [True, False])
def test_a_run_on_the_same_code_is_skipped_and_says_so(begin, folder, remembered):
    first = begin(remember=True)
    assert run_session(first, None, lambda _: None).status == "complete"
    known = first.metadata().fingerprint if remembered else ""
    with pytest.raises(TargetUnchanged, match=f"Nothing has changed since session {first.id}"):
        begin(remember=True, skip_if=known)
    assert len(first.notes("unchanged")) == 1
    assert begin(remember=True).id, "a run that a person triggers scans all the same"
    assert begin(remember=True, skip_if=known, fields={"cvss_version": "3.1"}).id, "another request is another scan"
    (folder / "app.py").write_text("x = 2\n")
    assert begin(remember=True, skip_if=known).metadata().fingerprint != known


def test_a_session_that_is_incomplete_or_gone_counts_for_nothing(begin):
    first = begin(remember=True)
    write_report(first)
    known = first.metadata().fingerprint
    assert begin(remember=True, skip_if="").id
    assert begin(remember=True, skip_if=known).id


def test_what_was_remembered_of_other_code_counts(begin):
    first = begin(remember=True)
    assert run_session(first, None, lambda _: None).status == "complete"
    assert begin(remember=True, skip_if="of the session after it").id
