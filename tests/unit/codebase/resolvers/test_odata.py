"""OData: entity sets, singletons, functions and actions of a service's metadata document."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import odata

SERVED = {
    "GET /Parcels": "",
    "POST /Parcels": "",
    "GET /Parcels({key})": "",
    "PATCH /Parcels({key})": "",
    "DELETE /Parcels({key})": "",
    "GET /Me": "",
    "PATCH /Me": "",
    "GET /Heaviest(count={count})": "",
    "POST /Lose": "",
}
READ = {
    "POST /Parcels": {"body Weight"},
    "PATCH /Parcels({key})": {"body Weight", "path key"},
    "POST /Lose": {"body parcel"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/odata", odata)) == SERVED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/odata", odata)
    assert {name: parameters(found[name]) for name in READ} == READ
