"""Routes of Laminas: a tree of literal, segment, method and hostname routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import handlers

from threat_modeling.codebase.resolvers import laminas

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """<?php
namespace Shop;
use Laminas\\Router\\Http\\{Literal, Method, Segment};
return ['router' => ['routes' => [
    'carts' => [
        'type' => Literal::class,
        'options' => ['route' => '/carts', 'defaults' => ['controller' => CartController::class, 'action' => 'list-all']],
        'may_terminate' => true,
        'child_routes' => [
            'one' => ['type' => Segment::class, 'options' => ['route' => '/:id[.:format]']],
            'new' => ['type' => Method::class, 'options' => ['verb' => 'post,put']],
        ],
    ],
]]];
"""
CONTROLLER = "<?php\nnamespace Shop;\nclass CartController {\n    public function listAllAction() {}\n}\n"


def test_a_tree(tmp_path: Path):
    routes = found(tmp_path, laminas, {"config/module.config.php": CONFIG, "src/Shop/CartController.php": CONTROLLER})
    assert set(routes) == {"ANY /carts", "ANY /carts/{id}.{format}", "POST /carts", "PUT /carts"}
    assert handlers(routes)["ANY /carts"] == "src/Shop/CartController.php:4 CartController.listAllAction"
