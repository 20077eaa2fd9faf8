"""Routes of Lumen: groups of its router, handlers as arrays, middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.resolvers import lumen

if TYPE_CHECKING:
    from pathlib import Path

APP = """<?php
$router->group(['prefix' => 'v1', 'middleware' => 'auth'], function () use ($router) {
    $router->get('/tea/{id:[0-9]+}', 'TeaController@show');
    $router->post('/tea', ['middleware' => 'role:admin', 'uses' => 'TeaController@brew']);
});
$router->addRoute(['PUT', 'PATCH'], '/cups', function () { return $request->input('size'); });
"""
CONTROLLER = """<?php
namespace App\\Http\\Controllers;
class TeaController {
    public function show($id) {}
    public function brew() { return $this->request->cookie('sugar'); }
}
"""


def test_groups_and_handlers(tmp_path: Path):
    files = {"routes/web.php": APP, "app/Http/Controllers/TeaController.php": CONTROLLER}
    routes = found(tmp_path, lumen, files, "laravel/lumen-framework")
    assert set(routes) == {"GET /v1/tea/{id}", "POST /v1/tea", "PUT /cups", "PATCH /cups"}
    assert handlers(routes)["POST /v1/tea"] == "app/Http/Controllers/TeaController.php:5 TeaController.brew"
    assert guards(routes["POST /v1/tea"]) == {"authentication auth router", "authorization role:admin router"}
    assert parameters(routes["POST /v1/tea"]) == {"cookie sugar"}
    assert parameters(routes["PUT /cups"]) == {"body size"}


def test_another_framework_with_the_same_variable_is_left_to_it(tmp_path: Path):
    assert found(tmp_path, lumen, {"routes/web.php": APP}, "slim/slim") == {}
