"""Entry points of the whole target from the routes of its components: deduplicated, with access, exposure and risk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from threat_modeling.codebase.observations import Handler
from threat_modeling.consolidation import merged
from threat_modeling.model import ControlCategory, Evidence, Provenance, Severity
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Access, EntryPoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.codebase.observations import Route
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap, Exposure
    from threat_modeling.phases.phase_3_codebase_mapping.corrections import Corrections

_NETWORK = {"http", "graphql", "websocket", "grpc", "file-upload"}
_CHANGING = {"POST", "PUT", "PATCH", "DELETE", "ANY"}
_SENSITIVE = re.compile(r"admin|login|auth|password|token|user|account|payment|order|upload|reset|debug|internal|config", re.IGNORECASE)
_PARAMETER = re.compile(r"\{[^}]*\}|<[^>]*>|:\w+")


def entry_points(maps: Iterable[ComponentMap], wanted: Corrections) -> tuple[EntryPoint, ...]:
    """Every distinct entry point, sorted by path and method; ids follow that order."""
    seen = [(m.component, r) for m in sorted(maps, key=lambda m: m.component) for r in sorted(m.routes, key=_order)]
    found = merged(seen, lambda pair: _key(pair[1]), lambda first, _: first)
    served = {(r.method, _shape(r.path)) for _, r in found if not r.documented_only}
    served |= {("ANY", shape) for method, shape in served if method == "ANY"}
    kept = [
        (component, route)
        for component, route in found
        if not route.documented_only or not {(route.method, _shape(route.path)), ("ANY", _shape(route.path))} & served
    ]
    kept.sort(key=lambda pair: (pair[1].path, pair[1].method, _order(pair[1])))
    return tuple(_entry_point(f"EP-{n:03d}", component, route, wanted) for n, (component, route) in enumerate(kept, 1))


def _key(route: Route) -> tuple[str, str, str, int]:
    handler = route.handler
    return route.method, _shape(route.path), handler.file if handler else "", handler.line if handler else 0


def _order(route: Route) -> tuple[bool, str, str, str, int]:
    return route.documented_only, route.path, route.method, route.registration.path, route.registration.start


def _shape(path: str) -> str:
    return (_PARAMETER.sub("{}", path).rstrip("/") or "/").lower()


def _entry_point(number: str, component: str, route: Route, wanted: Corrections) -> EntryPoint:
    authentication = _access(route, ControlCategory.AUTHENTICATION)
    exposure = _exposure(route, authentication)
    given = [e for name, e in wanted.exposure if name in {f"{route.method} {route.path}", route.path, number}]
    factors = _risk_factors(route, authentication)
    made = _made(route)
    return EntryPoint(
        id=number,
        type=route.type,
        method=route.method,
        path=route.path,
        framework=route.framework,
        handler=made or route.handler,
        implementation=route.handler if made is not None else None,
        registration=route.registration,
        parameters=tuple(sorted(set(route.parameters), key=lambda p: (p.source, p.name))),
        authentication=authentication,
        authorization=_access(route, ControlCategory.AUTHORIZATION),
        guards=route.guards,
        exposure=given[-1] if given else exposure,
        risk_level=_risk(given[-1] if given else exposure, len(factors)),
        risk_factors=(*factors, *(["exposure corrected by a person"] if given else [])),
        component=component,
        documented_only=route.documented_only,
        undocumented=route.undocumented,
    )


def _made(route: Route) -> Handler | None:
    """The call that makes the handler, where it stands elsewhere than what it returns."""
    place = route.registration
    if route.handler is None or not route.made_where_registered or place.path == route.handler.file:
        return None
    return Handler(file=place.path, line=place.start, end=place.end, function=route.handler.function)


def _access(route: Route, category: ControlCategory) -> Access:
    guards = [g for g in route.guards if g.category is category]
    if guards:
        evidence: tuple[Evidence, ...] = tuple(dict.fromkeys(g.evidence for g in guards))
        return Access(state="required", mechanism=", ".join(sorted({g.name for g in guards})), evidence=evidence)
    if route.handler is None or route.unread:
        return Access(state="unknown", provenance=Provenance.ASSUMED)
    return Access(state="none", provenance=Provenance.INFERRED)


def _exposure(route: Route, authentication: Access) -> Exposure:
    if route.type not in _NETWORK:
        return "internal"
    return "external-authenticated" if authentication.state == "required" else "external-unauthenticated"


def _risk_factors(route: Route, authentication: Access) -> tuple[str, ...]:
    facts = [
        (authentication.state == "none", "no authentication was found"),
        (authentication.state == "unknown", "authentication is unknown"),
        (route.method in _CHANGING, "changes state"),
        (bool(_SENSITIVE.search(route.path)), "its path names something sensitive"),
        (any(p.source == "file" for p in route.parameters), "takes a file"),
        (route.documented_only, "documented, but no code was found that serves it"),
        (route.undocumented, "a specification names its neighbors, but not it"),
        (any(p.source in {"path", "query", "body"} for p in route.parameters), "takes values from the caller"),
    ]
    return tuple(text for holds, text in facts if holds)


def _risk(exposure: Exposure, factors: int) -> Severity:
    base = {"external-unauthenticated": 2, "external-authenticated": 1, "internal": 0, "unreachable": -1}[exposure]
    score = base + factors
    return next(
        s for limit, s in ((6, Severity.CRITICAL), (4, Severity.HIGH), (3, Severity.MEDIUM), (1, Severity.LOW), (-9, Severity.INFO)) if score >= limit
    )
