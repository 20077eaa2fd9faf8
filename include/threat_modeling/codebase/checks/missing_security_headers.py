"""Applications that serve pages and set no header against framing, sniffing or foreign scripts.

CWE-693, once for an application, where it is constructed. Silent for pure JSON interfaces and where any code sets such a header.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.observations import Confidence, Weakness
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

_HEADERS: Final = (
    *("helmet", "Talisman", "talisman", "Content-Security-Policy", "content-security-policy", "X-Frame-Options", "x-frame-options"),
    *("SecurityMiddleware", "XFrameOptionsMiddleware", "secure.Secure", "lusca", "X-Content-Type-Options", "csp_policy"),
    *("HttpSecurity", "SecurityWebFilterChain"),
)
_PAGES: Final = ("render_template", "res.render", "TemplateResponse", "Jinja2Templates", "aiohttp_jinja2", "text/html", "<html", "sendFile(")
KEYWORDS: Final = (*_PAGES, *_HEADERS)


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each application without such headers."""
    for app in applications(project, routes):
        made = next((construction for construction in app.constructions if construction.framework != "django"), None)
        if made is not None and app.mentions(*_PAGES) and not app.mentions(*_HEADERS):
            yield Weakness(
                rule="missing-security-headers",
                title="Pages without security headers",
                message="The application serves pages; neither a middleware nor any code sets a content security policy, frame or sniffing header.",
                cwe="CWE-693",
                weakness_class="missing-security-headers",
                category=ControlCategory.CORS_CSP,
                confidence=Confidence.LOW,
                evidence=project.evidence(made.path, made.line, made.end),
            )
