"""Reads a folder of the catalog into typed records."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

import yaml

from threat_modeling.model import Model

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

M = TypeVar("M", bound=Model)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def records(folder: str, kind: type[M]) -> dict[str, M]:
    """Every record of `catalog/<folder>/` by its file's stem, in order of the stems."""
    found = sorted((f for f in (files("threat_modeling") / "catalog" / folder).iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return {f.name.removesuffix(".yaml"): _read(f, kind) for f in found}


def record(folder: str, stem: str, kind: type[M]) -> M | None:
    """One record, without reading the others; None where the catalog has none of this name."""
    file = files("threat_modeling") / "catalog" / folder / f"{stem}.yaml"
    return _read(file, kind) if file.is_file() else None


def _read(file: Traversable, kind: type[M]) -> M:
    return kind.model_validate(yaml.load(file.read_text("utf-8"), Loader=_LOADER))  # noqa: S506 - both loaders are safe ones
