"""Routes of Hanami: actions as classes, slices, and applications of Hanami 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import hanami

if TYPE_CHECKING:
    from pathlib import Path

    from threat_modeling.codebase.observations import Route


def found(folder: Path, files: dict[str, str]) -> dict[str, Route]:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return {f"{route.method} {route.path}": route for route in hanami.routes(Project(folder))}


def test_actions_and_slices(tmp_path: Path):
    routes = found(
        tmp_path,
        {
            "config/routes.rb": """
class Routes < Hanami::Routes
  root to: "home.show"
  scope "lab" do
    post "/samples", to: "samples.create"
  end
  slice :audit, at: "/audit" do
    get "/log/:id", to: "log.show"
  end
end
""",
            "app/actions/samples/create.rb": """
class Create < Hanami::Action
  before :authenticate_user!
  params do
    required(:name).filled(:string)
  end
  def handle(request, response)
    request.cookies["unit"]
  end
end
""",
            "slices/audit/actions/log/show.rb": "class Show < Hanami::Action\n  def handle(request, response)\n  end\nend\n",
        },
    )
    assert set(routes) == {"GET /", "POST /lab/samples", "GET /audit/log/{id}"}
    assert handlers(routes)["GET /audit/log/{id}"] == "slices/audit/actions/log/show.rb:2 log.show"
    assert parameters(routes["POST /lab/samples"]) == {"body name", "cookie unit"}
    assert guards(routes["POST /lab/samples"]) == {"authentication authenticate_user! router"}


def test_applications_of_hanami_1(tmp_path: Path):
    routes = found(
        tmp_path,
        {
            "Gemfile": 'gem "hanami", "~> 1.3"\n',
            "config/environment.rb": 'Hanami.configure do\n  mount Api::Application, at: "/api"\nend\n',
            "apps/api/config/routes.rb": 'resources :users, only: [:show, :update]\nget "/now", to: "time#now"\n',
            "apps/api/controllers/users/show.rb": "module Api::Controllers::Users\n  class Show\n    def call(params)\n    end\n  end\nend\n",
        },
    )
    assert set(routes) == {"GET /api/users/{id}", "PATCH /api/users/{id}", "GET /api/now"}
    assert handlers(routes)["GET /api/users/{id}"] == "apps/api/controllers/users/show.rb:3 users.show"
