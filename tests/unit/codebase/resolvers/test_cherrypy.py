"""CherryPy: a tree of objects, method dispatch, route dispatch."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import cherrypy

SERVED = {
    "GET /hooks/{hook}": "site.py:52 Hooks.show",
    "ANY /app": "site.py:37 Root.index",
    "ANY /app/about-us": "site.py:41 Root.about",
    "ANY /app/{path}": "site.py:46 Root.default",
    "ANY /app/orders/{order}": "site.py:18 Orders.index",
    "POST /app/orders/{order}/cancel": "site.py:22 Orders.cancel",
    "GET /app/depots/{depot}": "site.py:6 Depot.GET",
    "POST /app/depots/{depot}": "site.py:9 Depot.POST",
}
GUARDED = {
    "ANY /app/about-us": {"authentication cherrypy.tools.auth_basic route"},
}
READ = {
    "ANY /app/orders/{order}": {"path order", "query page"},
    "POST /app/depots/{depot}": {"path depot", "query name"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/cherrypy", cherrypy)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/cherrypy", cherrypy)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/cherrypy", cherrypy)
    assert {name: parameters(found[name]) for name in READ} == READ
