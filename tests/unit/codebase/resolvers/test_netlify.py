"""Netlify: redirects and rewrites of `_redirects` and netlify.toml, edge functions, functions by their files."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.resolvers import netlify

SERVED = {
    "ANY /old/{wildcard}": "",
    "ANY /parcels": "",
    "ANY /api/{kind}": "",
    "ANY /live": "",
    "ANY /feed": "",
    "PUT /parcels/{parcel}": "netlify/functions/parcels.mts:1 handler",
    "ANY /.netlify/functions/plain": "netlify/functions/plain.js:1 handler",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/netlify", netlify)) == SERVED
