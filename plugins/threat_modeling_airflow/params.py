"""The trigger form: Airflow params generated from the product's request model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.sdk import Param

from threat_modeling.request import form_schema
from threat_modeling.settings import settings
from threat_modeling.source.places import Places, absolute, folder_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threat_modeling.settings import Settings


def request_params(defaults: Mapping[str, Any] | None = None) -> dict[str, Param]:
    """One param per field of a session request, in the order of the model; `defaults` and the deployment's settings replace the model's own.

    A field without a default gets none here either, so that Airflow refuses to trigger before it is filled in.
    """
    params = {}
    rules = settings()
    given = {"out": rules.sessions_root, **(defaults or {})}
    patterns = _patterns(rules)
    for name, field in form_schema().items():
        schema = dict(field)
        description = schema.pop("description", None)
        default = {"default": schema.pop("default")} if "default" in schema else {}
        if name in given:
            default = {"default": given[name]}
        if name in patterns:
            schema["pattern"] = patterns[name]
            description = f"{description} {_WHERE[name].format(places=Places.of(rules.allowed_targets).told, root=rules.sessions_root)}"
        params[name] = Param(**default, description=description, schema=schema)
    return params


_WHERE = {
    "target": "Allowed here: {places}.",
    "business_context": "It may lie in an allowed folder.",
    "out": "Allowed here: {root} and folders below it.",
}


def _patterns(rules: Settings) -> dict[str, str]:
    """What the form refuses at once. The task looks again, where links lead too."""
    places = Places.of(rules.allowed_targets)
    return {
        "target": places.pattern(plain_http=rules.git_plain_http),
        "business_context": f"^\\s*$|{folder_pattern(places.folders)}",
        "out": folder_pattern([Path(rules.sessions_root), absolute(rules.sessions_root)]),
    }
