"""Routes of Laravel: files as they are loaded, groups, resources, middleware by alias, controllers, form requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import laravel

if TYPE_CHECKING:
    from threat_modeling.codebase.observations import Route


@pytest.fixture(scope="module")
def routes() -> dict[str, Route]:
    return routes_of("laravel_bakery", laravel)


def test_prefixes_of_files_groups_and_resources(routes: dict[str, Route]):
    assert set(routes) == {
        "GET /",
        "GET /breads/{bread}/{size}",
        "GET /contact",
        "POST /contact",
        "GET /account/orders/{purchase}/items",
        "POST /account/orders/{purchase}/items",
        "DELETE /account/card",
        "ANY /admin/ovens",
        "GET /hours",
        "GET /about",
        "GET /rest/breads",
        "POST /rest/breads",
        *(f"{method} /rest/breads/{{bread}}" for method in ("GET", "PUT", "PATCH", "DELETE")),
        "GET /oven/heat",
    }


def test_handlers_in_all_their_spellings(routes: dict[str, Route]):
    found = handlers(routes)
    assert found["GET /contact"] == "app/Http/Controllers/ShopController.php:7 ShopController.contact"
    assert found["ANY /admin/ovens"] == "app/Http/Controllers/ShopController.php:9 ShopController.__invoke"
    assert found["GET /hours"] == "app/Http/Controllers/ShopController.php:8 ShopController.hours"
    assert found["POST /rest/breads"] == "app/Http/Controllers/BreadController.php:25 BreadController.store"
    assert found["GET /oven/heat"] == "routes/oven.php:5 GET /oven/heat"


def test_middleware_by_alias_group_and_class(routes: dict[str, Route]):
    assert guards(routes["GET /"]) == set()
    assert guards(routes["POST /contact"]) == {"cors-csp web application"}
    assert guards(routes["DELETE /account/card"]) == {
        "authentication auth router",
        "rate-limiting throttle:60,1 router",
        "authorization can:delete,card router",
        "cors-csp web application",
    }
    assert guards(routes["GET /oven/heat"]) == {"authentication bakers router", "authorization bakers router"}


def test_what_controllers_and_form_requests_ask(routes: dict[str, Route]):
    assert guards(routes["GET /rest/breads"]) == set()
    assert guards(routes["POST /rest/breads"]) == {
        "authentication auth:sanctum router",
        "authorization StoreBread.authorize handler",
        "input-validation StoreBread.rules handler",
    }
    assert "authorization authorize handler" in guards(routes["PUT /rest/breads/{bread}"])


def test_what_handlers_read(routes: dict[str, Route]):
    assert parameters(routes["GET /rest/breads"]) == {"query grain"}
    assert parameters(routes["POST /rest/breads"]) == {"body name", "body grain"}
    assert parameters(routes["GET /breads/{bread}/{size}"]) == {"path bread", "path size", "header X-Unit"}
    assert parameters(routes["GET /oven/heat"]) == {"query degrees"}
