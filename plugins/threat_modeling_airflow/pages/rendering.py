"""From a template to a response: one style, one script, a policy that lets nothing else work."""

from __future__ import annotations

from typing import Any

from fastapi.responses import HTMLResponse

from threat_modeling.exporters.material.page import environment, inline, policy

_PACKAGE, _TEMPLATES = "threat_modeling_airflow.pages", "templates"
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}


def page(template: str, base: str, **values: Any) -> HTMLResponse:
    """A page below `base`, the path where Airflow serves its own pages ("" or such as "/airflow")."""
    style = inline("threat_modeling", "exporters/templates/report.css") + inline(_PACKAGE, "templates/pages.css")
    script = inline(_PACKAGE, "templates/pages.js")
    allowed = policy(style, script, img_src="'self'", connect_src="'self'", frame_src="'self'", frame_ancestors="'self'")
    html = environment(_PACKAGE, _TEMPLATES).get_template(template).render(style=style, script=script, base=base, **values)
    return HTMLResponse(html, headers={**HEADERS, "Content-Security-Policy": allowed})
