"""AWS CloudFormation and SAM: events of functions, methods of REST APIs with their resources, routes of HTTP APIs, function URLs."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

from threat_modeling.codebase.resolvers import cloudformation

SERVED = {
    "GET /parcels": "src/parcels.py:4 listed",
    "POST /parcels/{depot}": "src/parcels.py:4 listed",
    "DELETE /depots/{depot}": "",
    "GET /status": "",
    "ANY /balanced/{wildcard}": "",
    "POST /graphql#Query.parcels": "",
    "PUT /described": "",
}
GUARDED = {
    "POST /parcels/{depot}": {"authentication Tokens route"},
    "DELETE /depots/{depot}": {"authentication AWS_IAM route"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/cloudformation", cloudformation)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/cloudformation", cloudformation)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED
