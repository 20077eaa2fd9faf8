"""Routes of Slim and Mezzio: groups, map, middleware that is added behind, handlers of PSR-15."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.resolvers import slim

if TYPE_CHECKING:
    from pathlib import Path

APP = """<?php
use Slim\\Factory\\AppFactory;
use Slim\\Routing\\RouteCollectorProxy;
$app = AppFactory::create();
$app->get('/fish/{id:\\d+}[/{part}]', function ($request, $response, $args) {
    return $request->getQueryParams()['unit'] . $request->getHeaderLine('X-Sea');
});
$app->group('/boats', function (RouteCollectorProxy $group) {
    $group->map(['GET', 'POST'], '', Boats::class);
    $group->delete('/{name}', Boats::class . ':sink');
})->add(new JwtMiddleware());
class Boats { public function __invoke($request) { return $request->getParsedBody()['sail']; } }
"""
MEZZIO = """<?php
return function (\\Mezzio\\Application $app) {
    $app->get('/ping', PingHandler::class);
    $app->route('/any', [AuthenticationMiddleware::class, PingHandler::class]);
};
"""


def test_groups_and_middleware(tmp_path: Path):
    routes = found(tmp_path, slim, {"index.php": APP})
    assert set(routes) == {"GET /fish/{id}", "GET /boats", "POST /boats", "DELETE /boats/{name}"}
    assert parameters(routes["GET /fish/{id}"]) == {"path id", "query unit", "header X-Sea"}
    assert handlers(routes)["POST /boats"] == "index.php:12 Boats.__invoke"
    assert guards(routes["DELETE /boats/{name}"]) == {"authentication JwtMiddleware router"}
    assert guards(routes["GET /fish/{id}"]) == set()


def test_mezzio(tmp_path: Path):
    routes = found(tmp_path, slim, {"config/routes.php": MEZZIO}, "mezzio/mezzio")
    assert set(routes) == {"GET /ping", "ANY /any"}
    assert guards(routes["ANY /any"]) == {"authentication AuthenticationMiddleware router"}


def test_functions_and_methods_that_are_given_the_application(tmp_path: Path):
    files = {
        "routes.php": "<?php\nuse Slim\\App;\nfunction net(App $one) { $one->get('/net', function () {}); }\n",
        "Nets.php": "<?php\nuse Slim\\App;\nclass Nets { public function register(App $one) { $one->put('/nets', function () {}); } }\n",
    }
    assert set(found(tmp_path, slim, files)) == {"GET /net", "PUT /nets"}
