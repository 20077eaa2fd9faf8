"""docs/schemas and docs/artifacts.md say what the code writes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from threat_modeling.artifact_reference import reference
from threat_modeling.schemas import schemas

DOCS = Path(__file__).parents[2] / "docs"


def test_the_committed_schemas_are_the_generated_ones():
    files = DOCS.rglob("*.schema.json")
    committed = {p.relative_to(DOCS / "schemas").as_posix().removesuffix(".schema.json"): json.loads(p.read_text()) for p in files}
    assert committed == schemas(), "run make schemas"


def test_every_schema_is_valid_json_schema():
    for schema in schemas().values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_the_reference_is_up_to_date():
    assert (DOCS / "artifacts.md").read_text() == reference(), "run make schemas"
