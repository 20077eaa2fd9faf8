"""Credentials of git repositories: from the named connection, for the host it is for, and for no other."""

import json

import pytest

from threat_modeling.errors import RequestInvalid
from threat_modeling.source.address import address
from threat_modeling_airflow.git_credentials import credentials_of

EXTRA = {"private_key": "KEY", "known_hosts": "github.com ssh-ed25519 AAAA"}
CONNECTION = {"conn_type": "git", "host": "github.com", "login": "bot", "password": "s3cr3t", "extra": EXTRA}


def test_no_connection_is_no_credentials():
    assert credentials_of(None)(address("https://github.com/acme/shop")) is None


def test_a_connection_for_the_host(monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_GITHUB", json.dumps(CONNECTION))
    found = credentials_of("github")(address("git@github.com:acme/shop"))
    assert (found.login, found.password, found.private_key, found.known_hosts) == ("bot", "s3cr3t", "KEY", EXTRA["known_hosts"])


@pytest.mark.parametrize("host", ["example.com", "", "https://github.com/other", "/", "postgres"])
def test_a_connection_for_another_host_or_none_is_not_used(monkeypatch, host):
    monkeypatch.setenv("AIRFLOW_CONN_OTHER", json.dumps({**CONNECTION, "host": host}))
    with pytest.raises(RequestInvalid, match=r"git_connection: the connection 'other' is not for github\.com") as caught:
        credentials_of("other")(address("https://github.com/acme/shop"))
    assert "s3cr3t" not in str(caught.value)


def test_a_connection_that_is_not_there():
    with pytest.raises(RequestInvalid, match="git_connection: there is no connection 'nowhere'"):
        credentials_of("nowhere")(address("https://github.com/acme/shop"))
