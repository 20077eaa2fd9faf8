"""Cloudflare Workers: routes of wrangler's configuration, in TOML and JSON."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.resolvers import wrangler

SERVED = {
    "ANY /parcels/{wildcard}": "src/index.ts:1 fetch",
    "ANY /hooks": "src/index.ts:1 fetch",
    "ANY /{wildcard}": "src/index.ts:1 fetch",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/wrangler", wrangler)) == SERVED
