"""GraphQL servers of Python: Graphene's and Strawberry's root types, Ariadne's resolvers."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import graphql_python

SERVED = {
    "POST /graphql#Mutation.addNote": "ariadnes.py:7 add",
    "POST /graphql#Query.note": "graphenes.py:15 resolve_note",
    "POST /graphql#Mutation.loseNote": "graphenes.py:8 mutate",
    "POST /graphql#Query.allNotes": "strawberries.py:12 all_notes",
}
GUARDED = {
    "POST /graphql#Query.allNotes": {"authentication SignedIn route"},
}
READ = {
    "POST /graphql#Mutation.addNote": {"body title"},
    "POST /graphql#Query.note": {"body id"},
    "POST /graphql#Mutation.loseNote": {"body note"},
    "POST /graphql#Query.allNotes": {"body page"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/graphql_python", graphql_python)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/graphql_python", graphql_python)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/graphql_python", graphql_python)
    assert {name: parameters(found[name]) for name in READ} == READ
