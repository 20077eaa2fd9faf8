"""Routes of Hyperf: its static router and marked controllers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import guards

from threat_modeling.codebase.resolvers import hyperf

if TYPE_CHECKING:
    from pathlib import Path

ROUTES = """<?php
use Hyperf\\HttpServer\\Router\\Router;
Router::addGroup('/sea', function () {
    Router::get('/tide', function () {});
}, ['middleware' => [AuthMiddleware::class]]);
"""
CONTROLLER = """<?php
namespace App\\Controller;
use Hyperf\\HttpServer\\Annotation\\Controller;
use Hyperf\\HttpServer\\Annotation\\RequestMapping;
#[Controller(prefix: '/shells')]
class ShellController {
    #[RequestMapping(path: '{id}', methods: 'get,post')]
    public function show($id) {}
}
"""


def test_router_and_controllers(tmp_path: Path):
    routes = found(tmp_path, hyperf, {"config/routes.php": ROUTES, "app/Controller/ShellController.php": CONTROLLER})
    assert set(routes) == {"GET /sea/tide", "GET /shells/{id}", "POST /shells/{id}"}
    assert guards(routes["GET /sea/tide"]) == {"authentication AuthMiddleware router"}
