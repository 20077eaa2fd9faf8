"""Settings: read from the environment, refused with the variable's name."""

from __future__ import annotations

import pytest

from threat_modeling.errors import SettingsInvalid
from threat_modeling.request import SESSIONS_ROOT
from threat_modeling.settings import settings


@pytest.mark.parametrize("environment", [{}, {"THREAT_MODELING_SESSIONS_ROOT": "  "}])
def test_what_is_not_set_keeps_its_default(environment):
    assert settings(environment).sessions_root == SESSIONS_ROOT


def test_a_variable_is_taken():
    assert settings({"THREAT_MODELING_SESSIONS_ROOT": "/srv/sessions"}).sessions_root == "/srv/sessions"


def test_a_wrong_value_names_its_variable():
    with pytest.raises(SettingsInvalid, match="THREAT_MODELING_SESSIONS_ROOT"):
        settings({"THREAT_MODELING_SESSIONS_ROOT": "/x" * 3000})


def test_places_and_limits_are_taken():
    found = settings(
        {"THREAT_MODELING_ALLOWED_TARGETS": "/srv/code, github.com,https://git.example.com:8443/acme/,", "THREAT_MODELING_KEEP_DAYS": "30"}
    )
    assert found.allowed_targets == ("/srv/code", "github.com", "https://git.example.com:8443/acme/")
    assert found.keep_days == 30


@pytest.mark.parametrize("value", ["http://github.com", "file:///etc", "relative/folder", "https://user@host/", "GIT HUB", "-host"])
def test_a_place_that_is_none_is_refused(value):
    with pytest.raises(SettingsInvalid, match="THREAT_MODELING_ALLOWED_TARGETS"):
        settings({"THREAT_MODELING_ALLOWED_TARGETS": value})
