"""A clone holds the files of one commit, byte for byte, and nothing that git would act on."""

import subprocess

import pytest

from tests.unit.source.conftest import APP
from tests.unit.source.git_server import behind_password
from threat_modeling.codebase.walk import walk
from threat_modeling.errors import SourceFailed
from threat_modeling.revision import target_revision
from threat_modeling.source.confined_git import Credentials


def test_the_default_branch(repository, cloned):
    commit = repository.commit(repository.files(APP))
    made = cloned()
    assert made.commit == commit == target_revision(made.path)
    assert made.path.name == "shop"
    assert {path.name: path.read_text() for path in made.path.iterdir() if path.is_file()} == APP
    assert sorted(path.name for path in (made.path / ".git").iterdir()) == ["HEAD", "index"]
    found = walk(made.path)
    assert [file.path for file in found.files] == ["README.md", "app.py"]


def test_a_branch_a_tag_and_a_commit(repository, cloned):
    old = repository.commit(repository.files({"old": "1"}))
    new = repository.commit(repository.files({"new": "2"}))
    repository.commit(repository.files({"side": "3"}), "refs/heads/feature/x")
    repository.git("tag", "-a", "v1", "-m", "x", old)
    assert (cloned(ref="feature/x").path / "side").read_text() == "3"
    assert cloned(ref="v1").commit == old
    assert cloned(ref=old).commit == old
    assert cloned(ref="refs/heads/main").commit == new


def test_a_commit_that_is_there_is_used_as_it_is(repository, cloned):
    repository.commit(repository.files(APP))
    first = cloned()
    inode = first.path.stat().st_ino
    again = cloned()
    assert again == first
    assert again.path.stat().st_ino == inode


def test_only_the_newest_commit_is_fetched(repository, cloned):
    repository.commit(repository.files({"secret": "of the past"}))
    repository.commit(repository.files(APP))
    made = cloned()
    assert not list(made.path.rglob("*.pack"))
    assert not (made.path / "secret").exists()


def test_git_takes_the_clone_for_none_of_its_own(repository, cloned):
    repository.commit(repository.files(APP))
    found = subprocess.run(["git", "-C", str(cloned().path), "status"], env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=False)
    assert b"not a git repository" in found.stderr


@pytest.mark.parametrize(("ref", "told"), [("nowhere", "no such branch"), ("0" * 40, "ref|not our ref|can't be cloned")])
def test_a_ref_that_is_not_there(repository, cloned, ref, told):
    repository.commit(repository.files(APP))
    with pytest.raises(SourceFailed, match=told):
        cloned(ref=ref)


def test_a_repository_that_is_not_there(cloned, server):
    with pytest.raises(SourceFailed, match="there is no such repository"):
        cloned(url=f"{server.url}/other.git")


def test_a_password_opens_a_repository_and_is_found_nowhere(repository, server, cloned, tmp_path):
    repository.commit(repository.files(APP))
    server.behavior = behind_password("bot", "s3cr3t-Value")
    made = cloned(credentials=Credentials(login="bot", password="s3cr3t-Value"))
    assert (made.path / "app.py").is_file()
    for file in (tmp_path / "sessions").rglob("*"):
        assert not file.is_file() or b"s3cr3t" not in file.read_bytes(), file
    assert "s3cr3t" not in repr(Credentials(password="s3cr3t-Value", private_key="s3cr3t"))


@pytest.mark.parametrize(
    ("credentials", "told"), [(None, "name an Airflow connection"), (Credentials(login="bot", password="wr0ng-Value"), "refuses")]
)
def test_a_wrong_or_no_password_is_told_without_it(repository, server, cloned, credentials, told):
    repository.commit(repository.files(APP))
    server.behavior = behind_password("bot", "right")
    with pytest.raises(SourceFailed, match=told) as caught:
        cloned(credentials=credentials)
    assert "wr0ng" not in str(caught.value)
    assert all("bGVha2Vk" not in (header or "") for _, header in server.requests), "the user's own .netrc is not read"
