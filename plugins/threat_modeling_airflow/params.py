"""The trigger form: Airflow params generated from the product's request model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk import Param

from threat_modeling.request import form_schema
from threat_modeling.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping


def request_params(defaults: Mapping[str, Any] | None = None) -> dict[str, Param]:
    """One param per field of a session request, in the order of the model; `defaults` and the deployment's settings replace the model's own.

    A field without a default gets none here either, so that Airflow refuses to trigger before it is filled in.
    """
    params = {}
    given = {"out": settings().sessions_root, **(defaults or {})}
    for name, field in form_schema().items():
        schema = dict(field)
        description = schema.pop("description", None)
        default = {"default": schema.pop("default")} if "default" in schema else {}
        if name in given:
            default = {"default": given[name]}
        params[name] = Param(**default, description=description, schema=schema)
    return params
