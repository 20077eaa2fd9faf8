"""Routes of Phalcon: micro applications, groups, annotations, controllers by their name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import handlers, parameters

from threat_modeling.codebase.resolvers import phalcon

if TYPE_CHECKING:
    from pathlib import Path

APP = """<?php
use Phalcon\\Mvc\\Micro;
use Phalcon\\Mvc\\Micro\\Collection;
use Phalcon\\Mvc\\Router\\Group;
$app = new Micro();
$app->map('/mix', function () { return $this->request->getPost('milk'); })->via(['POST']);
$cups = new Collection();
$cups->setPrefix('/cups');
$cups->get('/{id}', 'show');
$saucers = new Group();
$saucers->setPrefix('/saucers');
$saucers->addPut('/{id}', 'Plate::turn');
"""
MARKED = """<?php
use Phalcon\\Mvc\\Controller;
/** @RoutePrefix('/spoons') */
class SpoonController extends Controller {
    /** @Delete('/{id}') */
    public function dropAction($id) {}
}
class PlateController extends Controller {
    public function turnAction($id) {}
}
"""


def test_applications_groups_and_controllers(tmp_path: Path):
    routes = found(tmp_path, phalcon, {"index.php": APP, "controllers/PlateController.php": MARKED})
    assert set(routes) == {"POST /mix", "GET /cups/{id}", "PUT /saucers/{id}", "DELETE /spoons/{id}", "ANY /plate/turn/{id}"}
    assert handlers(routes)["PUT /saucers/{id}"] == "controllers/PlateController.php:9 PlateController.turnAction"
    assert parameters(routes["POST /mix"]) == {"body milk"}
