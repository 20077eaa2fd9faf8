"""JSON Schemas of every file of a session, generated from the models that write and read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.checkpoints import Decision, Round
from threat_modeling.exporters.material.document import ReportDocument
from threat_modeling.phases.order import PHASES
from threat_modeling.session import Config, Metadata

if TYPE_CHECKING:
    from threat_modeling.artifact import Artifact

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def artifact_types() -> dict[str, type[Artifact]]:
    """Path in the session folder -> the class that is this file."""
    return {kind.path: kind for phase in PHASES for kind in phase.makes}


def schemas() -> dict[str, dict[str, Any]]:
    """Name -> JSON Schema (2020-12); artifacts by their path without suffix, agents' outputs by their role."""
    models: dict[str, Any] = {path.removesuffix(".json"): kind for path, kind in artifact_types().items()}
    models |= {f"agents/{phase.role.name}": phase.role.output_type for phase in PHASES}
    models |= {"checkpoints/round": Round, "checkpoints/decision": Decision, "config": Config, "metadata": Metadata}
    models["final-report/threat-model-data"] = ReportDocument
    return {name: {"$schema": DIALECT} | model.model_json_schema(mode="serialization") for name, model in sorted(models.items())}
