"""Reads a folder of the catalog into typed records."""

from __future__ import annotations

from importlib.resources import files
from typing import TypeVar

import yaml

from threat_modeling.model import Model

M = TypeVar("M", bound=Model)


def records(folder: str, kind: type[M]) -> dict[str, M]:
    """Every record of `catalog/<folder>/` by its file's stem, in order of the stems."""
    found = sorted((f for f in (files("threat_modeling") / "catalog" / folder).iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return {f.name.removesuffix(".yaml"): kind.model_validate(yaml.safe_load(f.read_text("utf-8"))) for f in found}
