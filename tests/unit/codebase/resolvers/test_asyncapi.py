"""AsyncAPI 2 and 3: channels with who sends on them, as WebSocket paths or queues by their server's protocol."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.resolvers import asyncapi

SERVED = {
    "PUBLISH /feeds/{room}": "",
    "SUBSCRIBE /feeds/{room}": "",
    "PUBLISH /parcels.lost": "",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/asyncapi", asyncapi)) == SERVED
