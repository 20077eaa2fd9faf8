"""Protocol buffers: methods of gRPC services, with the HTTP routes that `google.api.http` gives them."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import protobuf

SERVED = {
    "POST /depot.v1.Depot/Track": "server.py:5 Depot.Track",
    "GET /v1/{number}": "server.py:5 Depot.Track",
    "POST /v1/track": "server.py:5 Depot.Track",
    "POST /depot.v1.Depot/Feed": "",
}
READ = {
    "POST /depot.v1.Depot/Track": {"body number", "body tags"},
    "POST /v1/track": {"body number", "body tags"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/protobuf", protobuf)) == SERVED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/protobuf", protobuf)
    assert {name: parameters(found[name]) for name in READ} == READ
