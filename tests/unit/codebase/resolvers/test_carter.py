"""Carter: modules below their base path; Nancy's modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import seen, written

from threat_modeling.codebase.resolvers import carter

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "A.cs": """
public class Users : CarterModule
{
    public Users() : base("/users") { this.RequireAuthorization(); }
    public override void AddRoutes(IEndpointRouteBuilder app) { app.MapGet("/{id:int}", (int id) => id); }
}
public class Old : NancyModule
{
    public Old() : base("/old") { Get["/a"] = p => "x"; Post("/b", async (a, b) => 1); }
}
"""
}


def test_modules(tmp_path: Path):
    assert seen(written(tmp_path, carter, FILES)) == {
        "GET /users/{id}": {"authentication RequireAuthorization router"},
        "GET /old/a": set(),
        "POST /old/b": set(),
    }
