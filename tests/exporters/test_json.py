"""The JSON report is the document: valid, whole, and readable again."""

from __future__ import annotations

import importlib
import json
import pkgutil
import typing

import jsonschema

import threat_modeling.phases
from threat_modeling.artifact import Artifact
from threat_modeling.exporters import json_report
from threat_modeling.exporters.material.document import ReportDocument


def test_it_validates_against_its_schema_and_reads_back(make_document):
    document = make_document("\u202e \x00 <x>")
    text = json_report.export(document)
    schema = ReportDocument.model_json_schema(mode="serialization")
    jsonschema.validate(json.loads(text), schema, cls=jsonschema.Draft202012Validator)
    assert json_report.export(ReportDocument.model_validate_json(text)) == text


def test_no_artifact_of_any_phase_is_left_out():
    mentioned = models_in(ReportDocument)
    for info in (found for found in pkgutil.iter_modules(threat_modeling.phases.__path__) if found.ispkg):
        module = importlib.import_module(f"threat_modeling.phases.{info.name}.artifacts")
        kinds = [k for k in vars(module).values() if isinstance(k, type) and issubclass(k, Artifact) and "path" in vars(k)]
        left_out = [k.__name__ for k in kinds if not any(base in mentioned for base in k.__mro__ if base not in Artifact.__mro__)]
        assert not left_out, f"{info.name}: add {left_out} to the report document"


def models_in(kind):
    """The model and every model that a field of it, at any depth, may hold."""
    found, waiting = set(), [kind]
    while waiting:
        model = waiting.pop()
        found.add(model)
        for field in model.model_fields.values():
            parts = (field.annotation, *typing.get_args(field.annotation))
            waiting += [part for part in parts if isinstance(part, type) and hasattr(part, "model_fields") and part not in found]
    return found
