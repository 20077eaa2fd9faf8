"""Routes of Grape: prefixes, versions, namespaces, mounts across files, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import guards, parameters

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import grape

if TYPE_CHECKING:
    from pathlib import Path

BASE = """
class Base < Grape::API
end
"""
ROOT = """
class Root < Base
  prefix :api
  version "v2", using: :path
  helpers do
    def signed_in!
      error!("no", 401) unless headers["Authorization"]
    end
  end
  mount Orders
  before { signed_in! }
  mount Bills => "/money"
  route %w[GET POST], "ping" do
  end
end
"""
ORDERS = """
class Orders < Base
  resource :orders do
    params do
      requires :sort
      optional :page, type: Integer
    end
    get
    route_param :id do
      patch("state") { params[:state] }
    end
  end
end
"""
BILLS = """
class Bills < Base
  get(":id") { headers["X-Currency"] }
end
"""


def test_a_mounted_api_takes_on_what_stands_above_it(tmp_path: Path):
    for name, text in {"base": BASE, "root": ROOT, "orders": ORDERS, "bills": BILLS}.items():
        (tmp_path / f"{name}.rb").write_text(text)
    routes = {f"{route.method} {route.path}": route for route in grape.routes(Project(tmp_path))}
    assert set(routes) == {
        "GET /api/v2/orders",
        "PATCH /api/v2/orders/{id}/state",
        "GET /api/v2/money/{id}",
        "GET /api/v2/ping",
        "POST /api/v2/ping",
    }
    assert parameters(routes["GET /api/v2/orders"]) == {"query sort", "query page"}
    assert parameters(routes["PATCH /api/v2/orders/{id}/state"]) == {"path id", "body state"}
    assert guards(routes["GET /api/v2/orders"]) == set()
    assert guards(routes["GET /api/v2/money/{id}"]) == {"authentication before router"}
