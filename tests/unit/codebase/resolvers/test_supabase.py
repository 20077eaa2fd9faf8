"""Supabase: tables, views and functions that its REST layer serves, from migrations in their order, and edge functions."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import supabase

SERVED = {
    "GET /rest/v1/parcels": "",
    "POST /rest/v1/parcels": "",
    "PATCH /rest/v1/parcels": "",
    "DELETE /rest/v1/parcels": "",
    "POST /rest/v1/rpc/lose": "",
    "GET /rest/v1/drafts": "",
    "POST /rest/v1/drafts": "",
    "PATCH /rest/v1/drafts": "",
    "DELETE /rest/v1/drafts": "",
    "ANY /functions/v1/mail": "supabase/functions/mail/index.ts:1 serve",
}
GUARDED = {
    "GET /rest/v1/parcels": {"authorization row level security route"},
    "POST /rest/v1/parcels": {"authorization row level security route"},
    "PATCH /rest/v1/parcels": {"authorization row level security route"},
    "DELETE /rest/v1/parcels": {"authorization row level security route"},
}
READ = {
    "POST /rest/v1/parcels": {"body id", "body weight"},
    "PATCH /rest/v1/parcels": {"body id", "body weight"},
    "POST /rest/v1/rpc/lose": {"body parcel"},
    "POST /rest/v1/drafts": {"body id"},
    "PATCH /rest/v1/drafts": {"body id"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/supabase", supabase)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/supabase", supabase)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/supabase", supabase)
    assert {name: parameters(found[name]) for name in READ} == READ
