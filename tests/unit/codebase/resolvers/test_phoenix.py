"""Phoenix and Plug.Router: scopes, resources, live routes, forwards and sockets, with the plugs of their pipelines."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

from threat_modeling.codebase.resolvers import phoenix

SERVED = {
    "GET /health": "lib/plain.ex:7 get /health",
    "GET /any": "lib/plain.ex:13 match /any",
    "POST /any": "lib/plain.ex:13 match /any",
    "GET /": "lib/shop_web/controllers/page_controller.ex:4 home",
    "GET /feed": "",
    "GET /admin/depots": "",
    "DELETE /admin/depots/{id}": "",
    "GET /admin/depots/{depot_id}/parcels/{number}": "",
    "POST /hooks": "lib/shop_web/controllers/page_controller.ex:8 hook",
    "PUT /raw": "lib/shop_web/controllers/page_controller.ex:8 hook",
    "ANY /jobs": "",
}
GUARDED = {
    "GET /": {"cors-csp protect_from_forgery route"},
    "GET /feed": {"cors-csp protect_from_forgery route"},
    "GET /admin/depots": {"authentication require_authenticated_user route", "cors-csp protect_from_forgery route"},
    "DELETE /admin/depots/{id}": {"authentication require_authenticated_user route", "cors-csp protect_from_forgery route"},
    "GET /admin/depots/{depot_id}/parcels/{number}": {"authentication require_authenticated_user route", "cors-csp protect_from_forgery route"},
    "POST /hooks": {"cors-csp protect_from_forgery route"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/phoenix", phoenix)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/phoenix", phoenix)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED
