"""JSON: the report document itself, for other programs. Its schema is that of `ReportDocument`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.artifact import canonical

if TYPE_CHECKING:
    from threat_modeling.exporters.material.document import ReportDocument

FILENAME = "threat-model-data.json"
MEDIA_TYPE = "application/json"


def export(document: ReportDocument) -> str:
    """The document as canonical JSON."""
    return canonical(document.dump()).decode("utf-8")
