"""Routes of Drupal modules: paths, methods, controllers, requirements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import guards, handlers

from threat_modeling.codebase.resolvers import drupal

if TYPE_CHECKING:
    from pathlib import Path

ROUTING = """
moss.list:
  path: '/moss/{kind}'
  methods: [GET]
  defaults:
    _controller: '\\Drupal\\moss\\Controller\\MossController::list'
  requirements:
    _permission: 'access content'
moss.settings:
  path: '/admin/moss'
  defaults:
    _form: '\\Drupal\\moss\\Form\\MossForm'
  requirements:
    _permission: 'administer moss'
"""
CONTROLLER = "<?php\nnamespace Drupal\\moss\\Controller;\nclass MossController {\n  public function list($kind) {}\n}\n"


def test_a_module(tmp_path: Path):
    routes = found(tmp_path, drupal, {"moss/moss.routing.yml": ROUTING, "moss/src/Controller/MossController.php": CONTROLLER})
    assert set(routes) == {"GET /moss/{kind}", "ANY /admin/moss"}
    assert handlers(routes)["GET /moss/{kind}"] == "moss/src/Controller/MossController.php:4 MossController.list"
    assert guards(routes["GET /moss/{kind}"]) == set()
    assert guards(routes["ANY /admin/moss"]) == {"authentication _permission route", "authorization _permission route"}
