"""Routes of Roda: the tree, its matchers and what runs before a leaf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import guards

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import roda

if TYPE_CHECKING:
    from pathlib import Path

APP = """
class App < Roda
  plugin :hash_branches
  hash_branch("blog") do |r|
    r.get(String) { |slug| slug }
  end
  route do |r|
    r.root { "home" }
    r.hash_branches
    r.on "vats", Integer do |vat|
      rodauth.require_authentication
      r.is { r.get { vat } ; r.delete { vat } }
      r.post("stir") { r.params["speed"] }
      r.get(["temp", "level"]) { }
    end
    r.is("about") { "text" }
  end
end
"""


def test_the_tree_is_walked(tmp_path: Path):
    (tmp_path / "app.rb").write_text(APP)
    routes = {f"{route.method} {route.path}": route for route in roda.routes(Project(tmp_path))}
    assert set(routes) == {
        "GET /",
        "GET /blog/{slug}",
        "GET /vats/{vat}",
        "DELETE /vats/{vat}",
        "POST /vats/{vat}/stir",
        "GET /vats/{vat}/temp",
        "GET /vats/{vat}/level",
        "ANY /about",
    }
    assert guards(routes["POST /vats/{vat}/stir"]) == {"authentication require_authentication router"}
    assert guards(routes["ANY /about"]) == set()
