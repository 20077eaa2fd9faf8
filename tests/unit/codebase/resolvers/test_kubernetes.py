"""Kubernetes: paths of Ingress, of the Gateway API and of Traefik's routes, with what their annotations and filters ask for."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

from threat_modeling.codebase.resolvers import kubernetes

SERVED = {
    "ANY /parcels": "",
    "ANY /": "",
    "GET /reports": "",
    "POST /admin": "",
}
GUARDED = {
    "ANY /parcels": {"authentication nginx.ingress.kubernetes.io/auth-url route", "rate-limiting nginx.ingress.kubernetes.io/limit-rps route"},
    "ANY /": {"authentication nginx.ingress.kubernetes.io/auth-url route", "rate-limiting nginx.ingress.kubernetes.io/limit-rps route"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/kubernetes", kubernetes)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/kubernetes", kubernetes)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED
