"""Task queues of Python besides Celery: RQ, Dramatiq, Huey, arq, Procrastinate."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import task_queues

SERVED = {
    "TASK work.resized": "work.py:8 resized",
    "CRON work.tidy": "work.py:13 tidy",
    "TASK work.sent": "work.py:18 sent",
}
READ = {
    "TASK work.resized": {"body picture"},
    "TASK work.sent": {"body address"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/task_queues", task_queues)) == SERVED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/task_queues", task_queues)
    assert {name: parameters(found[name]) for name in READ} == READ
