"""Istio: HTTP matches of virtual services."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.resolvers import istio

SERVED = {
    "POST /parcels": "",
    "ANY /depots/[0-9]+": "",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/istio", istio)) == SERVED
