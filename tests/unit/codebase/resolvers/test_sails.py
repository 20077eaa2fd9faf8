"""Sails: the table of config/routes.js, actions by their files, the shadow routes of controllers and models, policies."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import sails

SERVED = {
    "GET /": "config/routes.js:1 view",
    "POST /login": "api/controllers/UserController.js:2 login",
    "ANY /find/{name}": "api/controllers/user/find-one.js:3 fn",
    "ANY /user/login": "api/controllers/UserController.js:2 login",
    "GET /user": "api/controllers/UserController.js:1 find",
    "GET /user/{id}": "api/controllers/UserController.js:1 findOne",
    "POST /user": "api/controllers/UserController.js:1 create",
    "PATCH /user/{id}": "api/controllers/UserController.js:1 update",
    "DELETE /user/{id}": "api/controllers/UserController.js:1 destroy",
    "ANY /user/find-one": "api/controllers/user/find-one.js:3 fn",
    "GET /robots.txt": "assets/robots.txt:1 robots.txt",
    "GET /note": "api/models/Note.js:1 find",
    "GET /note/{id}": "api/models/Note.js:1 findOne",
    "POST /note": "api/models/Note.js:1 create",
    "PATCH /note/{id}": "api/models/Note.js:1 update",
    "DELETE /note/{id}": "api/models/Note.js:1 destroy",
}
GUARDED = {
    "ANY /find/{name}": {"authentication signed-in router"},
    "GET /user": {"authentication signed-in router"},
    "GET /user/{id}": {"authentication signed-in router"},
    "POST /user": {"authentication signed-in router"},
    "PATCH /user/{id}": {"authentication signed-in router"},
    "DELETE /user/{id}": {"authentication signed-in router"},
    "ANY /user/find-one": {"authentication signed-in router"},
    "GET /note": {"authentication signed-in router"},
    "GET /note/{id}": {"authentication signed-in router"},
    "POST /note": {"authentication signed-in router"},
    "PATCH /note/{id}": {"authentication signed-in router"},
    "DELETE /note/{id}": {"authentication signed-in router"},
}
READ = {
    "POST /login": {"body name"},
    "ANY /user/login": {"body name"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/sails", sails)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/sails", sails)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/sails", sails)
    assert {name: parameters(found[name]) for name in READ} == READ


def test_functions_in_the_table_and_no_shadows_where_switched_off(tmp_path):
    for folder in ("config", "api/controllers"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "package.json").write_text('{"dependencies": {"sails": "1"}}')
    (tmp_path / "config/routes.js").write_text("module.exports.routes = { 'POST /x': function (req, res) { res.ok(req.body.name) } }")
    (tmp_path / "config/blueprints.js").write_text("module.exports.blueprints = { actions: false, rest: false }")
    (tmp_path / "api/controllers/UserController.js").write_text("module.exports = { find (req, res) {} }")
    assert [(r.method, r.path, len(r.parameters)) for r in sails.routes(Project(tmp_path))] == [("POST", "/x", 1)]
