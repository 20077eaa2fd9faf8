"""The trigger form."""

import pytest
from airflow.sdk.exceptions import ParamValidationError

from threat_modeling.request import SessionRequest
from threat_modeling_airflow.params import request_params


def test_every_field_of_the_request_has_its_param():
    assert list(request_params()) == list(SessionRequest.model_fields)


def test_the_target_has_no_default_and_may_not_be_empty():
    target = request_params()["target"]
    with pytest.raises(ParamValidationError):
        target.resolve()
    with pytest.raises(ParamValidationError):
        target.resolve("")


def test_defaults_alone_make_a_valid_request():
    values = {name: param.resolve() for name, param in request_params({"target": "/tmp/code"}).items()}
    assert SessionRequest.model_validate(values).target == "/tmp/code"


def test_choices_are_offered_and_kept():
    params = request_params()
    assert params["cvss_version"].schema["enum"] == ["4.0", "3.1"]
    assert "examples" in params["data_classes"].schema
    with pytest.raises(ParamValidationError):
        params["approval"].resolve("sometimes")


def test_free_text_may_stay_empty():
    assert "null" in request_params()["business_context"].schema["type"]
    assert request_params()["business_context"].resolve(None) is None


@pytest.mark.parametrize(
    ("field", "value", "taken"),
    [
        ("target", "/srv/checkouts/shop", True),
        ("target", "https://github.com/acme/shop", True),
        ("target", "git@github.com:acme/shop.git", True),
        ("target", "/etc", False),
        ("target", "/srv/checkouts/../../etc", False),
        ("target", "https://example.com/acme/shop", False),
        ("target", "ext::sh -c x", False),
        ("target", "file:///srv/checkouts", False),
        ("business_context", "/srv/checkouts/context.yaml", True),
        ("business_context", "", True),
        ("business_context", None, True),
        ("business_context", "/etc/passwd", False),
        ("out", "/srv/sessions", True),
        ("out", "/srv/sessions/team", True),
        ("out", "/srv/sessions-other", False),
        ("out", "/srv/sessions/../x", False),
    ],
)
def test_what_the_deployment_does_not_allow_is_refused_by_the_form(monkeypatch, field, value, taken):
    monkeypatch.setenv("THREAT_MODELING_ALLOWED_TARGETS", "/srv/checkouts, github.com")
    monkeypatch.setenv("THREAT_MODELING_SESSIONS_ROOT", "/srv/sessions")
    param = request_params()[field]
    assert "llowed" in param.description
    if taken:
        assert param.resolve(value) == value
    else:
        with pytest.raises(ParamValidationError):
            param.resolve(value)


def test_nothing_is_taken_where_nothing_is_allowed(monkeypatch):
    monkeypatch.delenv("THREAT_MODELING_ALLOWED_TARGETS")
    target = request_params()["target"]
    assert "THREAT_MODELING_ALLOWED_TARGETS" in target.description
    with pytest.raises(ParamValidationError):
        target.resolve("/srv/code")
