"""Routes of ThinkPHP: rules, groups, resources, and controllers by their name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import handlers, parameters

from threat_modeling.codebase.resolvers import thinkphp

if TYPE_CHECKING:
    from pathlib import Path

ROUTES = """<?php
use think\\facade\\Route;
Route::group('yard', function () {
    Route::rule('dig/:depth', 'Spade/dig', 'PUT|PATCH');
});
Route::resource('stones', 'Stone')->only(['index']);
"""
CONTROLLER = """<?php
namespace app\\controller;
use think\\Controller;
class Spade extends Controller {
    public function dig($depth) { return input('post.soil/s'); }
    protected function hidden() {}
}
"""


def test_rules_and_controllers(tmp_path: Path):
    routes = found(tmp_path, thinkphp, {"route/app.php": ROUTES, "app/controller/Spade.php": CONTROLLER}, "topthink/framework")
    assert set(routes) == {"PUT /yard/dig/{depth}", "PATCH /yard/dig/{depth}", "GET /stones", "ANY /spade/dig"}
    assert handlers(routes)["PUT /yard/dig/{depth}"] == "app/controller/Spade.php:5 Spade.dig"
    assert parameters(routes["PUT /yard/dig/{depth}"]) == {"path depth", "body soil"}
