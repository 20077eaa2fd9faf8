"""Routes of CakePHP: scopes, prefixes, resources, methods that are set behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import handlers

from threat_modeling.codebase.resolvers import cakephp

if TYPE_CHECKING:
    from pathlib import Path

ROUTES = """<?php
use Cake\\Routing\\RouteBuilder;
return static function (RouteBuilder $routes) {
    $routes->scope('/', function (RouteBuilder $builder) {
        $builder->connect('/kites/:id', ['controller' => 'Kites', 'action' => 'fly'])->setMethods(['PUT']);
        $builder->resources('WindMills', ['only' => ['index', 'view']]);
    });
    $routes->prefix('Admin', function (RouteBuilder $builder) {
        $builder->get('/ropes', ['controller' => 'Ropes', 'action' => 'index']);
    });
};
"""
ROPES = "<?php\nnamespace App\\Controller\\Admin;\nclass RopesController {\n    public function index() {}\n}\n"


def test_scopes_prefixes_and_resources(tmp_path: Path):
    files = {"config/routes.php": ROUTES, "src/Controller/Admin/RopesController.php": ROPES}
    routes = found(tmp_path, cakephp, files, "cakephp/cakephp")
    assert set(routes) == {"PUT /kites/{id}", "GET /wind-mills", "GET /wind-mills/{id}", "GET /admin/ropes"}
    assert handlers(routes)["GET /admin/ropes"] == "src/Controller/Admin/RopesController.php:4 RopesController.index"
