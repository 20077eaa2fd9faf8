"""Routes of Rails: the whole table of an application, its controllers and what stands before their actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import rails

if TYPE_CHECKING:
    from pathlib import Path

    from threat_modeling.codebase.observations import Route


@pytest.fixture(scope="module")
def routes() -> dict[str, Route]:
    return routes_of("rails_garden", rails)


def test_the_table_is_the_routers_own(routes: dict[str, Route]):
    assert set(routes) == {
        "GET /",
        "GET /gardeners/enter",
        "POST /gardeners/enter",
        "DELETE /gardeners/sign_out",
        *(f"{method} /gardeners" for method in ("POST", "PATCH", "PUT", "DELETE")),
        *(f"GET /gardeners/{page}" for page in ("cancel", "sign_up", "edit")),
        "GET /plants",
        "POST /plants",
        "GET /plants/new",
        "GET /plants/{id}/edit",
        *(f"{method} /plants/{{id}}" for method in ("GET", "PATCH", "PUT", "DELETE")),
        "GET /plants/{plant_id}/labels",
        "POST /plants/{plant_id}/labels",
        "PATCH /plants/{id}/water",
        "GET /plants/search",
        "GET /plants/{plant_id}/photos",
        "GET /photos/{id}",
        "DELETE /photos/{id}",
        "GET /profile",
        "PATCH /profile",
        "PUT /profile",
        "GET /office/gardeners",
        "POST /office/gardeners",
        *(f"{method} /office/gardeners/{{id}}" for method in ("GET", "PATCH", "PUT", "DELETE")),
        "GET /office/report",
        "GET /api/{version}/seeds/{code}",
        "GET /tips/spring",
        "GET /tips/autumn",
        "ANY /jobs",
        "GET /hooks/{source}",
        "POST /hooks/{source}",
        "GET /old",
    }


def test_actions_are_found_in_their_controllers(routes: dict[str, Route]):
    found = handlers(routes)
    assert found["GET /"] == "app/controllers/plants_controller.rb:5 PlantsController.index"
    assert found["PATCH /plants/{id}/water"] == "app/controllers/plants_controller.rb:22 PlantsController.water"
    assert found["GET /office/report"] == "app/controllers/admin/reports_controller.rb:5 ReportsController.show"
    assert found["GET /plants/new"] == ""
    assert found["GET /old"] == ""


def test_callbacks_are_inherited_skipped_and_told_by_what_they_do(routes: dict[str, Route]):
    assert guards(routes["GET /plants/{id}"]) == set()
    assert guards(routes["GET /plants/search"]) == {"authentication require_gardener router", "rate-limiting rate_limit router"}
    assert guards(routes["POST /plants"]) == {"authentication require_gardener router", "cors-csp protect_from_forgery application"}
    assert guards(routes["GET /office/report"]) == {
        "authentication require_gardener router",
        "authentication block router",
        "authorization block router",
    }
    assert guards(routes["POST /hooks/{source}"]) == set()
    assert routes["POST /hooks/{source}"].unread == ("audit_caller",)
    assert guards(routes["ANY /jobs"]) == {"authentication authenticate router", "authorization authenticate router"}


def test_a_comparison_with_the_caller_is_an_authorization(routes: dict[str, Route]):
    assert "authorization check in the handler handler" in guards(routes["PATCH /plants/{id}/water"])


def test_what_an_action_and_its_methods_read(routes: dict[str, Route]):
    assert parameters(routes["POST /plants"]) == {"body name", "body bed", "body tags"}
    assert parameters(routes["GET /plants/search"]) == {"query q", "cookie bed"}
    assert parameters(routes["PATCH /plants/{id}/water"]) == {"path id", "header X-Liters"}


def test_engines_stand_below_their_mount(tmp_path: Path):
    for path, text in {
        "config/routes.rb": 'Rails.application.routes.draw do\n  mount Shop::Engine, at: "/shop"\n  mount ActionCable.server => "/cable"\nend\n',
        "shop/lib/shop/engine.rb": "module Shop\n  class Engine < ::Rails::Engine\n    isolate_namespace Shop\n  end\nend\n",
        "shop/config/routes.rb": "Shop::Engine.routes.draw do\n  resources :carts, only: :show\nend\n",
        "shop/app/controllers/shop/carts_controller.rb": "class Shop::CartsController < ActionController::API\n\n  def show; end\nend\n",
        "spec/dummy/config/routes.rb": 'Rails.application.routes.draw do\n  get "dummy", to: "a#b"\nend\n',
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    found = {f"{route.method} {route.path}": route for route in rails.routes(Project(tmp_path))}
    assert set(found) == {"GET /shop/carts/{id}", "ANY /cable"}
    assert handlers(found)["GET /shop/carts/{id}"] == "shop/app/controllers/shop/carts_controller.rb:3 CartsController.show"
    assert found["ANY /cable"].type == "websocket"
