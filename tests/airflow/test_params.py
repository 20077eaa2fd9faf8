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
    values = {name: param.resolve() for name, param in request_params({"target": "/srv/code"}).items()}
    assert SessionRequest.model_validate(values).target == "/srv/code"


def test_choices_are_offered_and_kept():
    params = request_params()
    assert params["cvss_version"].schema["enum"] == ["4.0", "3.1"]
    assert "examples" in params["data_classes"].schema
    with pytest.raises(ParamValidationError):
        params["approval"].resolve("sometimes")


def test_free_text_may_stay_empty():
    assert "null" in request_params()["business_context"].schema["type"]
    assert request_params()["business_context"].resolve(None) is None
