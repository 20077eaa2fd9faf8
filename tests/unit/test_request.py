"""The request: what a form sends is understood, what can't be served is refused with field and remedy."""

from __future__ import annotations

import jsonschema
import pytest
from pydantic import ValidationError

from threat_modeling.model import Depth
from threat_modeling.request import SessionRequest, available_formats, form_schema


def test_a_target_is_enough():
    request = SessionRequest(target="/srv/code")
    assert request.cvss_version == "4.0"
    assert request.approval == "manual"
    assert request.formats == available_formats()
    assert request.scope_dump() == {"kind": "full", "paths": ["."], "components": []}


def test_components_are_read_from_lines_and_from_their_own_dump():
    request = SessionRequest(target="/t", components=["services/api/ sampling", "web", "my folder skip"])
    assert [(c.path, c.depth) for c in request.components] == [("services/api", Depth.SAMPLING), ("web", Depth.FULL), ("my folder", Depth.SKIP)]
    assert SessionRequest.model_validate(request.dump()) == request


@pytest.mark.parametrize("path", ["../x", "/etc", "a/../../b", "a\\b"])
def test_a_path_that_leaves_the_target_is_refused(path):
    with pytest.raises(ValidationError):
        SessionRequest(target="/t", scope=[path])


@pytest.mark.parametrize(("field", "value"), [("agent_timeout_minutes", 31), ("max_agents", 0), ("cvss_version", "2.0"), ("rto_hours", -1), ("x", 1)])
def test_what_does_not_work_is_not_accepted(field, value):
    with pytest.raises(ValidationError, match=field):
        SessionRequest.model_validate({"target": "/t", field: value})


def test_fields_left_empty_in_a_form_are_unknown():
    request = SessionRequest.model_validate({"target": "/t", "rto_hours": "", "redundancy": " ", "business_context": ""})
    assert (request.rto_hours, request.redundancy, request.business_context) == (None, None, None)


def test_every_field_of_the_form_has_words_and_a_default_that_fits_its_schema():
    form = form_schema()
    assert list(form) == list(SessionRequest.model_fields)
    for name, schema in form.items():
        assert schema["title"], name
        assert schema["description"].endswith("."), name
        assert "anyOf" not in schema, name
        if name == "target":
            assert "default" not in schema
        else:
            assert schema["section"], name
            jsonschema.validate(schema["default"], schema)
