"""GraphQL schemas, in files and in code: fields of the root types, served by the resolver of the same name where one is found."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import graphql_sdl

SERVED = {
    "POST /graphql#Query.parcels": "resolvers.js:3 parcels",
    "POST /graphql#Query.me": "",
    "POST /graphql#Mutation.lose": "resolvers.js:6 lose",
    "POST /graphql#Subscription.feed": "",
}
GUARDED = {
    "POST /graphql#Query.me": {"authentication @auth route"},
    "POST /graphql#Mutation.lose": {"authorization @hasRole route"},
}
READ = {
    "POST /graphql#Query.parcels": {"body filter", "body page"},
    "POST /graphql#Mutation.lose": {"body parcel"},
    "POST /graphql#Subscription.feed": {"body room"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/graphql_sdl", graphql_sdl)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/graphql_sdl", graphql_sdl)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/graphql_sdl", graphql_sdl)
    assert {name: parameters(found[name]) for name in READ} == READ
