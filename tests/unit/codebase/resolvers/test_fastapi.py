"""FastAPI and Starlette: included routers, dependencies as guards, parameters from signatures."""

from __future__ import annotations

import pytest
from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import fastapi

NOTES = "notes/routes/notes.py"
SERVED = {
    "GET /health": "notes/main.py:20 health",
    "GET /legacy/pages/{page}": "notes/main.py:25 legacy_page",
    "POST /legacy/pages/{page}": "notes/main.py:25 legacy_page",
    "GET /admin/jobs": "notes/routes/admin.py:8 jobs",
    "POST /admin/jobs": "notes/routes/admin.py:8 jobs",
    "DELETE /admin/jobs/{job}": "notes/routes/admin.py:13 stopped",
    "GET /api/v1/notes/": f"{NOTES}:20 listed",
    "POST /api/v1/notes/": f"{NOTES}:25 added",
    "PUT /api/v1/notes/{note_id}": f"{NOTES}:30 changed",
    "DELETE /api/v1/notes/{note_id}": f"{NOTES}:35 removed",
    "POST /api/v1/notes/{note_id}/picture": f"{NOTES}:41 pictured",
    "GET /api/v1/notes/live": f"{NOTES}:46 live",
    "GET /api/v1/notes/count": f"{NOTES}:55 lambda",
}
GUARDED = {
    "GET /health": set(),
    "GET /admin/jobs": {"authentication api_key router"},
    "DELETE /admin/jobs/{job}": {"authentication api_key router", "authorization may route", "authentication current_user route"},
    "GET /api/v1/notes/": set(),
    "POST /api/v1/notes/": {"authentication writer route", "input-validation Shared route"},
    "PUT /api/v1/notes/{note_id}": {"authentication Allowed route", "authorization Allowed route", "input-validation Note route"},
    "DELETE /api/v1/notes/{note_id}": {"authentication current_user route", "authentication user handler", "authorization user handler"},
    "POST /api/v1/notes/{note_id}/picture": set(),
}
READ = {
    "GET /legacy/pages/{page}": {"path page", "query q"},
    "GET /api/v1/notes/": {"query skip", "query limit", "query tag"},
    "POST /api/v1/notes/": {"body title", "body text", "body reader"},
    "PUT /api/v1/notes/{note_id}": {"path note_id", "body title", "body text", "header x-trace", "cookie theme"},
    "POST /api/v1/notes/{note_id}/picture": {"path note_id", "file picture"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("fastapi_notes", fastapi)) == SERVED


def test_a_websocket_is_one():
    assert routes_of("fastapi_notes", fastapi)["GET /api/v1/notes/live"].type == "websocket"


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_guards(name):
    assert guards(routes_of("fastapi_notes", fastapi)[name]) == GUARDED[name]


@pytest.mark.parametrize("name", sorted(READ))
def test_parameters(name):
    assert parameters(routes_of("fastapi_notes", fastapi)[name]) == READ[name]


def test_tables_of_starlette_with_sockets_folders_and_routers():
    assert handlers(routes_of("routes/starlette", fastapi)) == {
        "GET /": "app.py:8 home",
        "GET /feed": "app.py:13 Feed.on_receive",
        "DELETE /admin/users": "app.py:8 home",
        "GET /files/{path}": "",
        "GET /public/{path}": "",
    }
