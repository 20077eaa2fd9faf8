"""The trigger form: Airflow params generated from the product's request model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk import Param
from airflow.sdk.exceptions import AirflowFailException
from pydantic import ValidationError
from pydantic_core import to_jsonable_python
from threat_modeling.request import SessionRequest

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


def request_params(defaults: dict[str, Any] | None = None) -> dict[str, Param]:
    """One param per field of the request; `defaults` replaces those of the model.

    A field without a default has none in the form either: Airflow then refuses to trigger before it is filled in.
    """
    schema = SessionRequest.model_json_schema(by_alias=False)
    definitions = schema.get("$defs", {})
    given = defaults or {}
    params = {}
    for name, field in SessionRequest.model_fields.items():
        shape = _airflow_schema(_inlined(schema["properties"][name], definitions))
        description = shape.pop("description", None)
        shape.pop("default", None)
        value = {} if field.is_required() and name not in given else {"default": given.get(name, _plain_default(field))}
        params[name] = Param(**value, description=description, schema=shape)
    return params


def _plain_default(field: FieldInfo) -> Any:
    return to_jsonable_python(field.get_default(call_default_factory=True))


def validated_request(params: dict[str, Any]) -> SessionRequest:
    """The request that a run was triggered with. Raises AirflowFailException naming each wrong field; unknown fields are refused."""
    try:
        return SessionRequest.model_validate(params)
    except ValidationError as error:
        lines = [f"{'.'.join(str(part) for part in one['loc']) or 'request'}: {one['msg']}" for one in error.errors()]
        raise AirflowFailException("The request is not valid. " + "; ".join(lines)) from None


def _inlined(node: Any, definitions: dict[str, Any]) -> Any:
    """A JSON schema with every reference replaced by what it refers to."""
    if isinstance(node, list):
        return [_inlined(one, definitions) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target = definitions[node["$ref"].rsplit("/", 1)[-1]]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return {key: _inlined(value, definitions) for key, value in node.items()}


def _airflow_schema(field: dict[str, Any]) -> dict[str, Any]:
    """The same schema in the shapes for which Airflow's form has a widget."""
    field = dict(field)
    branches = field.pop("anyOf", [])
    kinds = [branch for branch in branches if branch.get("type") != "null"]
    if len(kinds) == 1:
        field = {**kinds[0], **field, "type": [kinds[0].get("type", "string"), "null"]}
    elif branches:
        field["anyOf"] = branches
    choices = field.get("items", {}).get("enum") if isinstance(field.get("items"), dict) else None
    if field.get("type") == "array" and choices:
        field["examples"] = choices
    return field
