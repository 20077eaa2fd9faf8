"""What runs in Node.js without a request: cron jobs, workers of queues, consumers of messages, commands."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.resolvers import node_jobs

SERVED = {
    "CRON nightly": "jobs.js:8 nightly",
    "TASK mail": "jobs.js:9 mail",
    "TASK pictures": "resize.js:1 resize",
    "TASK orders": "jobs.js:16 orders",
    "CLI import": "jobs.js:22 import",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/node_jobs", node_jobs)) == SERVED
