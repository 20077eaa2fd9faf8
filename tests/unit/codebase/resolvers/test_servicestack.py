"""ServiceStack: request types with routes, and the service methods that take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, parameters, seen, written

from threat_modeling.codebase.resolvers import servicestack

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "Model.cs": """
using ServiceStack;
[Route("/movies/{Id}", "PUT,DELETE")]
public class Movie : IReturn<Movie> { public int Id { get; set; } public string Title { get; set; } }
public class Find { public string Query { get; set; } }
""",
    "Services.cs": """
using ServiceStack;
public class MovieService : Service
{
    [Authenticate] public object Put(Movie request) => null;
    public object Any(Movie request) => null;
    public object Get(Find request) => null;
}
public class Host : AppHostBase { public override void Configure(Container c) { Routes.Add<Find>("/find", "GET"); } }
""",
}


def test_routes(tmp_path: Path):
    found = written(tmp_path, servicestack, FILES)
    assert seen(found) == {"PUT /movies/{Id}": {"authentication Authenticate route"}, "DELETE /movies/{Id}": set(), "GET /find": set()}
    assert handlers(found)["DELETE /movies/{Id}"] == "Services.cs:6 MovieService.Any"
    assert parameters(found["PUT /movies/{Id}"]) == {"path Id", "body Title"}
    assert parameters(found["GET /find"]) == {"query Query"}
