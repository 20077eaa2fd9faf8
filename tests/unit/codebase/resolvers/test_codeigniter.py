"""Routes of CodeIgniter 4: placeholders, groups with filters, resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.resolvers import codeigniter

if TYPE_CHECKING:
    from pathlib import Path

ROUTES = """<?php
$routes->get('/', 'Home::index');
$routes->group('desk', ['filter' => 'session'], static function ($routes) {
    $routes->match(['get', 'post'], 'notes/(:num)', 'Notes::open/$1');
});
$routes->resource('pens', ['only' => ['index', 'delete']]);
"""
NOTES = """<?php
namespace App\\Controllers;
class Notes extends BaseController {
    public function open($id) { return $this->request->getGet('ink') . $this->request->getPost('text'); }
}
"""


def test_groups_placeholders_and_resources(tmp_path: Path):
    routes = found(tmp_path, codeigniter, {"app/Config/Routes.php": ROUTES, "app/Controllers/Notes.php": NOTES})
    assert set(routes) == {"GET /", "GET /desk/notes/{param1}", "POST /desk/notes/{param1}", "GET /pens", "DELETE /pens/{id}"}
    assert handlers(routes)["GET /desk/notes/{param1}"] == "app/Controllers/Notes.php:4 Notes.open"
    assert parameters(routes["POST /desk/notes/{param1}"]) == {"path param1", "query ink", "body text"}
    assert guards(routes["POST /desk/notes/{param1}"]) == {"authentication session router"}
