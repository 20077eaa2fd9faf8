"""Routes of Symfony: attributes, annotations, YAML, imports with prefixes, access control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.resolvers import symfony

if TYPE_CHECKING:
    from pathlib import Path

ATTRIBUTES = """<?php
namespace App\\Controller;
use Symfony\\Component\\Routing\\Attribute\\Route;
use Symfony\\Component\\Security\\Http\\Attribute\\IsGranted;
#[Route('/plums', methods: ['GET'])]
class PlumController {
    #[Route('/{id<\\d+>}', name: 'show')]
    public function show(int $id, Request $request) { return $request->query->get('ripe'); }
    #[Route(path: '/pick', methods: [Request::METHOD_POST])]
    #[IsGranted('ROLE_PICKER')]
    public function pick(Request $request) { return $request->request->get('basket'); }
}
"""
ANNOTATIONS = """<?php
namespace App\\Controller;
use Symfony\\Component\\Routing\\Annotation\\Route;
class PearController {
    /**
     * Lists all of them.
     *
     * @Route("/pears", name="pears", methods={"GET", "HEAD"})
     */
    public function index() {}
}
"""
CONFIG = """
ping:
    path: /ping
    controller: App\\Controller\\PearController::index
    methods: [GET]
controllers:
    resource: ../src/Controller/
    prefix: /fruit
"""
SECURITY = """
security:
    access_control:
        - { path: ^/fruit/pears, roles: PUBLIC_ACCESS }
        - { path: ^/fruit, roles: ROLE_USER }
"""


def test_attributes_annotations_and_configuration(tmp_path: Path):
    files = {
        "src/Controller/PlumController.php": ATTRIBUTES,
        "src/Controller/PearController.php": ANNOTATIONS,
        "config/routes.yaml": CONFIG,
        "config/packages/security.yaml": SECURITY,
        "tests/Controller/PlumTest.php": ATTRIBUTES,
    }
    routes = found(tmp_path, symfony, files, "symfony/framework-bundle")
    assert set(routes) == {"GET /fruit/plums/{id}", "POST /fruit/plums/pick", "GET /fruit/pears", "HEAD /fruit/pears", "GET /ping"}
    assert handlers(routes)["GET /ping"] == "src/Controller/PearController.php:9 PearController.index"
    assert parameters(routes["GET /fruit/plums/{id}"]) == {"path id", "query ripe"}
    assert guards(routes["GET /fruit/plums/{id}"]) == {"authentication access_control application"}
    assert guards(routes["GET /fruit/pears"]) == set()
    assert guards(routes["POST /fruit/plums/pick"]) == {
        "authentication IsGranted route",
        "authorization IsGranted route",
        "authentication access_control application",
    }
