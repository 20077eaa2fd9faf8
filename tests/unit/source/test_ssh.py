"""Git over ssh, with a program in place of ssh that records how it is called and serves the repository itself."""

import json
import shlex
import sys

import pytest

from tests.unit.source.conftest import APP
from threat_modeling.errors import SourceFailed
from threat_modeling.source.confined_git import Credentials

FAKE = """\
#!{python}
import json, os, subprocess, sys
from pathlib import Path
options = dict(option.split("=", 1) for option in sys.argv[1:] if "=" in option)
read = lambda name: Path(options[name]).read_text() if name in options else ""
seen = {{"argv": sys.argv[1:], "known": read("UserKnownHostsFile"), "key": read("IdentityFile"), "environment": sorted(os.environ)}}
if "IdentityFile" in options:
    seen["mode"] = oct(os.stat(options["IdentityFile"]).st_mode & 0o777)
Path({record!r}).write_text(json.dumps(seen))
if {fails!r}:
    sys.exit(print({fails!r}, file=sys.stderr) or 255)
sys.exit(subprocess.run(["git-upload-pack", {served!r}], check=False).returncode)
"""


@pytest.fixture
def ssh(canary, repository):
    """Put the program on PATH; returns what it saw."""
    home = canary.parent / "home"
    record = home / "record.json"

    def seen(fails=""):
        program = home / "bin" / "ssh"
        program.write_text(FAKE.format(python=sys.executable, record=str(record), fails=fails, served=str(repository.path)))
        program.chmod(0o755)
        return lambda: json.loads(record.read_text())

    return seen


def test_a_key_and_a_known_host(repository, cloned, ssh, tmp_path):
    commit = repository.commit(repository.files(APP))
    seen = ssh()
    credentials = Credentials(private_key="-----KEY s3cr3t-----", known_hosts="git.example.com ssh-ed25519 AAAA")
    assert cloned(url="ssh://git@git.example.com/acme/shop.git", credentials=credentials).commit == commit
    called = seen()
    assert (called["key"], called["mode"]) == ("-----KEY s3cr3t-----\n", "0o600")
    assert called["known"] == "git.example.com ssh-ed25519 AAAA\n"
    assert "s3cr3t" not in shlex.join(called["argv"])
    assert called["argv"][:2] == ["-F", "/dev/null"]
    assert {"StrictHostKeyChecking=yes", "BatchMode=yes", "PermitLocalCommand=no", "ForwardAgent=no"} <= set(called["argv"])
    assert called["argv"][-2:] == ["git@git.example.com", "git-upload-pack '/acme/shop.git'"]
    assert "SSH_AUTH_SOCK" not in called["environment"]
    assert not [file for file in (tmp_path / "sessions").rglob("*") if file.is_file() and b"s3cr3t" in file.read_bytes()]


@pytest.mark.parametrize(
    ("said", "told"), [("Host key verification failed.", "known_hosts"), ("git@x: Permission denied (publickey).", "private_key")]
)
def test_what_ssh_refuses_is_told_with_the_remedy(cloned, ssh, said, told):
    ssh(fails=said)
    with pytest.raises(SourceFailed, match=told):
        cloned(url="git@git.example.com:acme/shop.git", credentials=Credentials(private_key="s3cr3t"))
