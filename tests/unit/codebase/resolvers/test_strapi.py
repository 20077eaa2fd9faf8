"""Strapi: the routes that it derives from content types, and the routes that its own route files add."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import strapi

SERVED = {
    "GET /api/parcels": "",
    "POST /api/parcels": "",
    "GET /api/parcels/{documentId}": "",
    "PUT /api/parcels/{documentId}": "",
    "GET /api/parcels/lost": "src/api/parcel/controllers/parcel.js:4 lost",
    "POST /api/parcels/{id}/found": "",
}
GUARDED = {
    "GET /api/parcels": {"authorization users-permissions route"},
    "POST /api/parcels": {"authorization users-permissions route"},
    "GET /api/parcels/{documentId}": {"authorization users-permissions route"},
    "PUT /api/parcels/{documentId}": {"authorization users-permissions route"},
    "POST /api/parcels/{id}/found": {"authorization is-clerk route", "authorization users-permissions route"},
}
READ = {
    "POST /api/parcels": {"body weight"},
    "PUT /api/parcels/{documentId}": {"body weight", "path documentId"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/strapi", strapi)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/strapi", strapi)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/strapi", strapi)
    assert {name: parameters(found[name]) for name in READ} == READ
