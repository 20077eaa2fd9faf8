"""APScheduler and `schedule`: functions that the clock starts."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.resolvers import apscheduler

SERVED = {
    "CRON ping": "jobs.py:11 ping",
    "CRON nightly": "jobs.py:7 tidy",
    "CRON tidy": "jobs.py:7 tidy",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/apscheduler", apscheduler)) == SERVED
