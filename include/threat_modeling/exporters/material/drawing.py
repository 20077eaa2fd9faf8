"""The data-flow diagram as a picture of its own, for places that show no page: a checkpoint, a wiki, a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.errors import ArtifactInvalid, ArtifactMissing
from threat_modeling.exporters.diagram.from_dfd import graph_of
from threat_modeling.exporters.diagram.shapes import picture
from threat_modeling.exporters.material.page import environment, inline
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Manifest
from threat_modeling.phases.phase_5_threat_modeling.artifacts import Dfd, ThreatModel
from threat_modeling.phases.phase_5_threat_modeling.diagram import Mapped, dfd

if TYPE_CHECKING:
    from threat_modeling.session import Session

_PACKAGE, _TEMPLATES = "threat_modeling", "exporters/templates"


def drawing(session: Session) -> str | None:
    """SVG of the session's diagram with its open threats; before phase 5, of what phase 3 mapped; None before that."""
    try:
        known = session.load(ThreatModel).threats if session.exists(ThreatModel) else ()
        drawn = session.load(Dfd) if session.exists(Dfd) else dfd(session.load(Manifest), Mapped.of(session), ())
    except (ArtifactMissing, ArtifactInvalid):
        return None
    if not drawn.nodes:
        return None
    graph = graph_of(drawn, tuple(threat for threat in known if threat.status == "open"))
    style = inline(_PACKAGE, f"{_TEMPLATES}/report.css")
    return environment(_PACKAGE, _TEMPLATES).get_template("picture.svg.j2").render(picture=picture(graph), style=style)
