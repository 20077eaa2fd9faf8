"""Celery: tasks that workers take from queues, and what its beat starts by the clock."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import celery

SERVED = {
    "CRON nightly": "shop/tasks.py:12 tidy",
    "TASK mail.send": "shop/tasks.py:7 send",
    "TASK shop.tasks.tidy": "shop/tasks.py:12 tidy",
    "CRON remind": "shop/tasks.py:7 send",
}
READ = {
    "TASK mail.send": {"body address", "body body"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/celery", celery)) == SERVED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/celery", celery)
    assert {name: parameters(found[name]) for name in READ} == READ
