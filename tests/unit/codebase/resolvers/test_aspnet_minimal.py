"""Minimal APIs: groups across functions, what is said after routes and groups, parameters by type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, parameters, seen, written

from threat_modeling.codebase.resolvers import aspnet_minimal

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "Program.cs": """
var app = WebApplication.CreateBuilder(args).Build();
var api = app.MapGroup("/api").RequireAuthorization();
api.MapNotes();
api.MapGet("/open", () => "x").AllowAnonymous();
app.MapHub<ChatHub>("/chat").RequireAuthorization();
app.MapPost("/login", Login.Post).RequireRateLimiting("slow");
app.UseEndpoints(endpoints => { endpoints.MapDelete("/old/{id:int}", (int id, [FromQuery] bool soft) => id); });
""",
    "Notes.cs": """
public static class Notes
{
    private const string Path = "/notes/{note}";

    public static RouteGroupBuilder MapNotes(this RouteGroupBuilder group)
    {
        group.MapPut(Path, Change).RequireAuthorization("admin");
        return group;
    }

    private static IResult Change(string note, Note body, IStore store, HttpContext context)
    {
        var trace = context.Request.Headers["X-Trace"];
        return Results.Ok();
    }
}
public record Note(string Text);
""",
    "Login.cs": """public class Login { public static IResult Post(Credentials c) { return null; } }
public class Credentials { public string User { get; set; } }
""",
}
GROUP = "authentication RequireAuthorization router"


def test_guards(tmp_path: Path):
    assert seen(written(tmp_path, aspnet_minimal, FILES)) == {
        "PUT /api/notes/{note}": {GROUP, "authentication RequireAuthorization route", "authorization RequireAuthorization route"},
        "GET /api/open": set(),
        "POST /login": {"rate-limiting RequireRateLimiting route"},
        "DELETE /old/{id}": set(),
        "GET /chat": {"authentication RequireAuthorization route"},
    }


def test_handlers_and_parameters(tmp_path: Path):
    found = written(tmp_path, aspnet_minimal, FILES)
    assert handlers(found)["POST /login"] == "Login.cs:1 Login.Post"
    assert parameters(found["PUT /api/notes/{note}"]) == {"path note", "body Text", "header X-Trace"}
    assert parameters(found["DELETE /old/{id}"]) == {"path id", "query soft"}
    assert parameters(found["POST /login"]) == {"body User"}
