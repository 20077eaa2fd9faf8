"""Routes of Express: one application over several files, and single forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import express

if TYPE_CHECKING:
    from threat_modeling.codebase.observations import Route

SHOP = Path(__file__).parents[3] / "codebases" / "express_shop"

SERVED = {
    "GET /api/v2/admin/audit": ("src/routes/admin.ts", 10, ""),
    "DELETE /api/v2/admin/orders/{id}": ("src/routes/admin.ts", 7, "remove"),
    "GET /api/v2/orders": ("src/controllers/orders.controller.ts", 4, "list"),
    "POST /api/v2/orders": ("src/controllers/orders.controller.ts", 13, "create"),
    "GET /api/v2/orders/open": ("src/controllers/orders.controller.ts", 4, "list"),
    "GET /api/v2/orders/{id}": ("src/controllers/orders.controller.ts", 8, "show"),
    "POST /api/v2/sessions": ("src/controllers/session.controller.ts", 2, "signIn"),
    "GET /export/{part0}.csv": ("src/app.ts", 27, ""),
    "GET /healthz": ("src/lib/health.ts", 1, "health"),
    "GET /livez": ("src/lib/health.ts", 1, "health"),
    "POST /pictures": ("src/app.ts", 19, ""),
    "GET /public": ("src/app.ts", 26, "express.static"),
    "PUT /users/{user}": ("legacy/users.js", 14, "save"),
    "GET /users/{user}/profile": ("legacy/users.js", 7, ""),
    "GET /users/{user}/settings": ("legacy/users.js", 7, ""),
}

PROTECTED = {
    "GET /api/v2/admin/audit": {("authentication", "handler", "handler")},
    "DELETE /api/v2/admin/orders/{id}": {("authentication", "session", "route"), ("authorization", "only", "route")},
    "GET /api/v2/orders": {("authentication", "session", "router")},
    "POST /api/v2/orders": {("authentication", "session", "router")},
    "GET /api/v2/orders/{id}": {("authentication", "session", "router")},
    "POST /api/v2/sessions": {("rate-limiting", "express-rate-limit.rateLimit", "route")},
}

READ = {
    "GET /api/v2/orders": {("query", "limit")},
    "POST /api/v2/orders": {("body", "item"), ("cookie", "coupon")},
    "GET /api/v2/orders/{id}": {("path", "id"), ("header", "X-Request-Id")},
    "POST /pictures": {("body", "title"), ("file", "picture")},
    "POST /api/v2/sessions": {("body", "email"), ("body", "password")},
}


def key(route: Route) -> str:
    return f"{route.method} {route.path}"


def found(root: Path) -> dict[str, Route]:
    return {key(route): route for route in express.routes(Project(root))}


@pytest.fixture(scope="module")
def shop() -> dict[str, Route]:
    return found(SHOP)


def write(root: Path, **files: str) -> dict[str, Route]:
    for name, content in files.items():
        path = root / (name.replace("__", "/") + ".js")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return found(root)


def test_every_route_of_an_application_over_several_files_is_found_with_the_code_that_serves_it(shop: dict[str, Route]):
    handlers = {name: (route.handler.file, route.handler.line, route.handler.function) for name, route in shop.items() if route.handler}
    assert handlers == SERVED


def test_guards_cover_what_is_registered_after_them_below_their_path(shop: dict[str, Route]):
    guards = {name: {(g.category.value, g.name, g.scope) for g in route.guards if g.scope != "application"} for name, route in shop.items()}
    assert {name: found for name, found in guards.items() if found} == PROTECTED
    assert all(("cors-csp", "helmet") in {(g.category.value, g.name) for g in route.guards} for route in shop.values())


def test_parameters_are_those_that_the_handler_reads(shop: dict[str, Route]):
    for name, expected in READ.items():
        assert {(parameter.source, parameter.name) for parameter in shop[name].parameters} == expected


def test_evidence_quotes_the_registration(shop: dict[str, Route]):
    assert shop["POST /api/v2/orders"].registration.path == "src/routes/orders.ts"
    assert "router.route('/')" in shop["POST /api/v2/orders"].registration.quote


def test_routes_come_in_the_same_order_every_time():
    assert [route.dump() for route in express.routes(Project(SHOP))] == [route.dump() for route in express.routes(Project(SHOP))]


def test_a_guard_does_not_reach_what_was_registered_before_it(tmp_path: Path):
    routes = write(
        tmp_path,
        app="""
const app = require('express')()
const { expressjwt } = require('express-jwt')
app.get('/before', (req, res) => res.end())
app.use('/members', expressjwt({ secret: 's', algorithms: ['HS256'] }))
app.get('/members/list', (req, res) => res.end())
app.get('/guests', (req, res) => res.end())
""",
    )
    assert {name: [g.category.value for g in route.guards] for name, route in routes.items()} == {
        "GET /before": [],
        "GET /members/list": ["authentication"],
        "GET /guests": [],
    }


def test_a_handler_that_passes_on_guards_the_next_one_on_its_path(tmp_path: Path):
    routes = write(
        tmp_path,
        app="""
const express = require('express')
const app = express()
const check = (req, res, next) => { if (!req.user) return res.sendStatus(401); next() }
app.get('/one', check)
app.get('/one', function serve (req, res) { res.end() })
app.all('/many/*', check)
app.post('/many/things', (req, res) => res.end())
""",
    )
    assert set(routes) == {"GET /one", "POST /many/things"}
    assert routes["GET /one"].handler.function == "serve"
    assert all(route.guards[0].category.value == "authentication" for route in routes.values())


def test_middleware_that_never_refuses_is_no_guard(tmp_path: Path):
    routes = write(
        tmp_path,
        app="""
const express = require('express')
const jwt = require('jsonwebtoken')
const app = express()
function requireAuth (req, res, next) { jwt.verify(req.cookies.token, 'k', () => {}); next() }
app.use(requireAuth)
app.get('/x', (req, res) => res.end())
""",
    )
    assert routes["GET /x"].guards == ()


def test_endpoints_that_a_package_derives_from_a_model(tmp_path: Path):
    routes = write(
        tmp_path,
        app="""
const app = require('express')()
const finale = require('finale-rest')
const { Thing } = require('./models')
finale.initialize({ app, sequelize })
for (const { name, model } of [{ name: 'Thing', model: Thing }]) {
  finale.resource({ model, endpoints: [`/api/${name}s`, `/api/${name}s/:id`], actions: ['list', 'read', 'delete'] })
}
""",
    )
    assert set(routes) == {"GET /api/Things", "GET /api/Things/{id}", "DELETE /api/Things/{id}"}


def test_mounts_in_other_places_and_nested_prefixes(tmp_path: Path):
    routes = write(
        tmp_path,
        app="""
const express = require('express')
class Server {
  constructor () { this.app = express(); this.routes() }
  routes () { this.app.use(['/a', '/b'], require('./inner')()); this.app.get(process.env.BASE + '/x', (req, res) => res.end()) }
}
new Server()
""",
        inner="""
const { Router } = require('express')
module.exports = () => {
  const outer = Router()
  const inner = new Router()
  inner.all('/leaf/:id?', (req, res) => res.json(req.params.id))
  outer.use('/deep', inner)
  return outer
}
""",
    )
    assert set(routes) == {"ANY /a/deep/leaf/{id}", "ANY /b/deep/leaf/{id}", "GET /{BASE}/x"}


def test_clients_settings_and_caches_are_no_routes(tmp_path: Path):
    routes = write(
        tmp_path,
        app="""
const express = require('express')
const axios = require('axios')
const app = express()
app.get('title')
app.set('x', 1)
const cache = new Map()
cache.get('/x', () => {})
module.exports = (client) => { client.get('/remote', (error, body) => {}); axios.post('/y', {}, (r) => r) }
""",
    )
    assert routes == {}


def test_an_application_that_is_handed_in_by_nobody_known(tmp_path: Path):
    routes = write(tmp_path, routes__late="// express\nexports.register = (app) => { app.post('/late', (req, res) => res.end()) }\n")
    assert set(routes) == {"POST /late"}


@pytest.mark.parametrize(
    "code",
    [
        "const app = require('express')(); function f () { f(); app.get('/x', f) } f()",
        "const app = require('express')(); const l = [1]; while (true) { l.push(...l); app.get('/x', () => {}) }",
        "const express = require('express'); const app = express(); app.use(app); app.get('/x', (q, s) => s.end())",
        "const r = require('express').Router(); r.use('/a', r); r.get('/x', (q, s) => s.end()); class A extends A {} new A()",
        "const app = require('express')(); " + "app.get('/x', " + "w(" * 3000 + "h" + ")" * 3000 + ")",
        "const app = require('express')(); app.get(" + "'/a' + " * 3000 + "'/b', (q, s) => s.end())",
    ],
)
def test_code_that_turns_in_circles_ends(tmp_path: Path, code: str):
    assert len(write(tmp_path, app=code)) <= 2


def test_modules_that_import_each_other(tmp_path: Path):
    routes = write(
        tmp_path,
        a="const express = require('express'); const b = require('./b'); const app = express(); app.use('/b', b); module.exports = app",
        b="const r = require('express').Router(); const a = require('./a'); r.get('/x', (q, s) => s.end()); module.exports = r",
    )
    assert set(routes) == {"GET /b/x"}


def test_handlers_that_constructors_make_once_a_store_is_open(tmp_path: Path):
    routes = write(
        tmp_path,
        server="""
const express = require('express')
const { MongoClient } = require('mongodb')
const routes = require('./routes/index')
const app = express()
MongoClient.connect('mongodb://localhost/notes', (error, db) => {
  app.use(express.static('public'))
  routes(app, db)
})
""",
        routes__index="""
const Notes = require('./notes')
const Gone = require('./gone')
const index = (app, db) => {
  const notes = new Notes(db)
  const gone = new Gone(db)
  const signedIn = notes.signedIn
  app.get('/', notes.home)
  app.get('/notes', signedIn, notes.list)
  app.get('/gone', gone.list)
  app.get('/odd', gone.check('odd'), notes.list)
}
module.exports = index
""",
        routes__notes="""
function Notes (db) {
  this.signedIn = (req, res, next) => { if (req.session.userId) return next(); res.redirect('/login') }
  this.home = (req, res) => res.render('home')
  this.list = function (req, res) { res.json(db.all()) }
}
module.exports = Notes
""",
    )
    places = {name: (route.handler.file, route.handler.line, [guard.category.value for guard in route.guards]) for name, route in routes.items()}
    assert places == {
        "GET /": ("routes/notes.js", 4, []),
        "GET /notes": ("routes/notes.js", 5, ["authentication"]),
        "GET /gone": ("routes/index.js", 10, []),
        "GET /odd": ("routes/notes.js", 5, []),
    }


def test_middleware_whose_code_is_missing_stays_in_sight(tmp_path: Path):
    routes = write(
        tmp_path,
        app="""
const express = require('express')
const helmet = require('helmet')
const robots = require('some-robots')
const gate = require('./gate')
const app = express()
app.use(helmet(), express.json(), robots())
app.get('/open', (req, res) => res.end())
app.use('/in', gate)
app.get('/in/side', gate.check('x'), (req, res) => res.end())
""",
    )
    assert {name: route.unread for name, route in routes.items()} == {"GET /open": (), "GET /in/side": ("gate", "gate.check")}


def test_what_a_limit_leaves_out_is_told(tmp_path: Path):
    lines = "".join(f"app.get('/{number}', (q, s) => s.end())\n" for number in range(2000))
    calls = "".join(f"const f{n} = () => {{ {'; '.join(['1'] * 20)}; f{n + 1}(); f{n + 1}() }}\n" for n in range(16))
    write(tmp_path, app="const app = require('express')()\n" + lines, deep="require('express')\n" + calls + "const f16 = () => {}\nf0()\n")
    project = Project(tmp_path)
    assert len(list(express.routes(project))) == 2000
    assert [skip.path for skip in project.skips] == ["deep.js"]


def test_a_handler_that_a_call_makes_says_so(tmp_path):
    (tmp_path / "show.js").write_text("module.exports = function show () {\n  return (req, res) => res.send('x')\n}\n")
    source = (
        "const app = require('express')()\nconst show = require('./show')\napp.get('/made', show())\napp.get('/given', (req, res) => res.end())\n"
    )
    (tmp_path / "app.js").write_text(source)
    found = {r.path: (r.handler.file, r.made_where_registered) for r in express.routes(Project(tmp_path)) if r.handler}
    assert found == {"/made": ("show.js", True), "/given": ("app.js", False)}


def test_a_small_static_folder_is_listed_by_its_files(tmp_path):
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "robots.txt").write_text("")
    source = "const express = require('express')\nconst app = express()\napp.use('/files', express.static('public'))\n"
    (tmp_path / "app.js").write_text(source)
    assert [(r.method, r.path) for r in express.routes(Project(tmp_path))] == [("GET", "/files/robots.txt")]
