"""Hasura: the GraphQL fields that it derives from tracked tables, its actions, and its REST endpoints, from its metadata."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.resolvers import hasura

SERVED = {
    "GET /api/rest/parcels/{id}": "",
    "POST /v1/graphql#Query.history": "",
    "POST /v1/graphql#Query.audit_events_aggregate": "",
    "POST /v1/graphql#Mutation.insert_audit_events": "",
    "POST /v1/graphql#Mutation.insert_audit_events_one": "",
    "POST /v1/graphql#Mutation.update_audit_events": "",
    "POST /v1/graphql#Mutation.delete_audit_events": "",
    "POST /v1/graphql#Query.parcels": "",
    "POST /v1/graphql#Query.parcels_aggregate": "",
    "POST /v1/graphql#Query.parcels_by_pk": "",
    "POST /v1/graphql#Mutation.insert_parcels": "",
    "POST /v1/graphql#Mutation.insert_parcels_one": "",
    "POST /v1/graphql#Mutation.update_parcels": "",
    "POST /v1/graphql#Mutation.update_parcels_by_pk": "",
    "POST /v1/graphql#Mutation.delete_parcels": "",
    "POST /v1/graphql#Mutation.delete_parcels_by_pk": "",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/hasura", hasura)) == SERVED
