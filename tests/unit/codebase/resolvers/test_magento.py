"""Routes of Magento: front names with actions as classes, and webapi.xml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import guards, handlers

from threat_modeling.codebase.resolvers import magento

if TYPE_CHECKING:
    from pathlib import Path

FRONT = '<config><router id="standard"><route id="wool" frontName="wool"><module name="A_Wool"/></route></router></config>'
WEBAPI = """<routes>
  <route url="/V1/wool/:id" method="DELETE">
    <service class="A\\Wool\\Api\\BallInterface" method="drop"/>
    <resources><resource ref="A_Wool::manage"/></resources>
  </route>
</routes>"""
ACTION = """<?php
namespace A\\Wool\\Controller\\Ball;
use Magento\\Framework\\App\\Action\\HttpPostActionInterface;
class Wind implements HttpPostActionInterface {
    public function execute() {}
}
"""
BASE = "<?php\nnamespace A\\Wool\\Controller\\Ball;\nabstract class Base {\n    public function execute() {}\n}\n"


def test_a_module(tmp_path: Path):
    files = {
        "Wool/etc/frontend/routes.xml": FRONT,
        "Wool/etc/webapi.xml": WEBAPI,
        "Wool/Controller/Ball/Wind.php": ACTION,
        "Wool/Controller/Ball/Base.php": BASE,
    }
    routes = found(tmp_path, magento, files)
    assert set(routes) == {"POST /wool/ball/wind", "DELETE /rest/V1/wool/{id}"}
    assert handlers(routes)["POST /wool/ball/wind"] == "Wool/Controller/Ball/Wind.php:5 Wind.execute"
    assert guards(routes["DELETE /rest/V1/wool/{id}"]) == {"authentication webapi resource route", "authorization webapi resource route"}
