"""FastEndpoints: one class an endpoint; who calls must be known unless it says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, parameters, seen, written

from threat_modeling.codebase.resolvers import fastendpoints

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "E.cs": """
using FastEndpoints;
public class Req { public int Id { get; set; } [FromHeader("X-T")] public string Trace { get; set; } public string Name { get; set; } }
public class Change : Endpoint<Req, Resp>
{
    public override void Configure() { Put("/x/{Id}"); Roles("admin"); }
    public override async Task HandleAsync(Req r, CancellationToken ct) { }
}
public class Open : Ep.NoReq.Res<int>
{
    public override void Configure() { Verbs(Http.GET, Http.HEAD); Routes("/a", "/b"); AllowAnonymous(); }
}
""",
    "P.cs": 'app.UseFastEndpoints(c => { c.Endpoints.RoutePrefix = "api"; });',
}


def test_endpoints(tmp_path: Path):
    found = written(tmp_path, fastendpoints, FILES)
    assert seen(found) == {
        "PUT /api/x/{Id}": {"authentication FastEndpoints application", "authorization Roles route"},
        **{f"{method} /api/{path}": set() for method in ("GET", "HEAD") for path in "ab"},
    }
    assert handlers(found)["PUT /api/x/{Id}"] == "E.cs:7 Change.HandleAsync"
    assert parameters(found["PUT /api/x/{Id}"]) == {"path Id", "header X-T", "body Name"}
