"""The trigger form: Airflow params generated from the product's request model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk import Param

from threat_modeling.request import form_schema

if TYPE_CHECKING:
    from collections.abc import Mapping


def request_params(defaults: Mapping[str, Any] | None = None) -> dict[str, Param]:
    """One param per field of a session request, in the order of the model; `defaults` replaces the model's own.

    A field without a default gets none here either, so that Airflow refuses to trigger before it is filled in.
    """
    params = {}
    for name, field in form_schema().items():
        schema = dict(field)
        description = schema.pop("description", None)
        default = {"default": schema.pop("default")} if "default" in schema else {}
        if name in (defaults or {}):
            default = {"default": dict(defaults or {})[name]}
        params[name] = Param(**default, description=description, schema=schema)
    return params
