"""Routes of Sinatra and Padrino: scripts, classes, namespaces, filters, mounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import guards, parameters

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import sinatra

if TYPE_CHECKING:
    from pathlib import Path

    from threat_modeling.codebase.observations import Route

SCRIPT = """
require "sinatra"
helpers do
  def member!
    halt 401 unless session[:member]
  end
end
get "/tides/:port/?:day?" do
  request.env["HTTP_X_UNIT"] + params[:day] + cookies[:lang]
end
post("/tides") { member!; params["height"] }
get %r{/charts/(\\d+)} do
end
"""
CLASSES = """
require "sinatra/base"
class Harbor < Sinatra::Base
  register Sinatra::Namespace
  namespace "/ships" do
    before { halt 403 unless session[:captain] }
    get("/:id") { }
    namespace("/docks") { delete("/*") { } }
  end
end
class Pier < Harbor
  use Rack::Auth::Basic
  put("/moor") { }
end
"""


def found(folder: Path, files: dict[str, str]) -> dict[str, Route]:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return {f"{route.method} {route.path}": route for route in sinatra.routes(Project(folder))}


def test_a_script_with_helpers(tmp_path: Path):
    routes = found(tmp_path, {"app.rb": SCRIPT, "test/app_test.rb": 'require "sinatra"\nget "/none" do\nend\n'})
    assert set(routes) == {"GET /tides/{port}", "POST /tides", "GET /charts/{captures}"}
    assert parameters(routes["GET /tides/{port}"]) == {"path port", "query day", "header X-Unit", "cookie lang"}
    assert guards(routes["POST /tides"]) == {"authentication member! handler"}


def test_classes_namespaces_and_mounts(tmp_path: Path):
    routes = found(tmp_path, {"harbor.rb": CLASSES, "config.ru": 'map "/sea" do\n  run Harbor\nend\n'})
    assert set(routes) == {"GET /sea/ships/{id}", "DELETE /sea/ships/docks/{splat}", "PUT /moor"}
    assert guards(routes["DELETE /sea/ships/docks/{splat}"]) == {"authentication before router"}
    assert guards(routes["PUT /moor"]) == {"authentication Rack.Auth.Basic application"}


def test_padrinos_controllers(tmp_path: Path):
    app = """
class Market < Padrino::Application
end
Market.controllers :stalls do
  get :index do; end
  get :show, with: :id do; end
  post :rent, map: "/hire" do; end
end
"""
    assert set(found(tmp_path, {"app.rb": app})) == {"GET /stalls", "GET /stalls/show/{id}", "POST /stalls/hire"}


def test_several_methods_at_once_and_mounted_controllers(tmp_path: Path):
    files = {
        "app.rb": 'require "sinatra"\nroute :get, :post, "/tide" do\nend\n',
        "config/apps.rb": 'Padrino.mount("Dock::App", app_file: "x").to("/dock")\n',
        "dock/app.rb": "module Dock\n  class App < Padrino::Application\n  end\nend\n",
        "dock/controllers/piers.rb": "Dock::App.controllers :piers do\n  get :index do\n  end\nend\n",
    }
    assert set(found(tmp_path, files)) == {"GET /tide", "POST /tide", "GET /dock/piers"}
