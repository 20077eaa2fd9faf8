"""Routes of Yii: rules of the URL manager, actions by name, access rules and verbs of behaviors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.resolvers import yii

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """<?php
return ['components' => ['urlManager' => ['rules' => [
    'PUT /lamps/<id:\\d+>' => 'lamp/dim',
    '/dark' => 'lamp/off',
]]]];
"""
CONTROLLER = """<?php
namespace app\\controllers;
use yii\\web\\Controller;
class LampController extends Controller {
    public function behaviors() {
        return [
            'access' => ['class' => AccessControl::class, 'rules' => [
                ['actions' => ['off'], 'allow' => true, 'roles' => ['?', '@']],
                ['allow' => true, 'roles' => ['admin']],
            ]],
            'verbs' => ['class' => VerbFilter::class, 'actions' => ['off' => ['post']]],
        ];
    }
    public function actionOff() {}
    public function actionDim($id) { return Yii::$app->request->post('level'); }
}
"""


def test_rules_actions_and_behaviors(tmp_path: Path):
    routes = found(tmp_path, yii, {"config/web.php": CONFIG, "controllers/LampController.php": CONTROLLER})
    assert set(routes) == {"PUT /lamps/{id}", "ANY /dark", "POST /lamp/off", "ANY /lamp/dim"}
    assert handlers(routes)["PUT /lamps/{id}"] == "controllers/LampController.php:15 LampController.actionDim"
    assert parameters(routes["PUT /lamps/{id}"]) == {"path id", "body level"}
    assert guards(routes["POST /lamp/off"]) == set()
    assert guards(routes["ANY /lamp/dim"]) == {"authentication AccessControl router", "authorization AccessControl router"}
