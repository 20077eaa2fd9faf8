"""Handlers of ASP.NET: what binding gives them, who calls, what they read and change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes

if TYPE_CHECKING:
    from pathlib import Path

    from threat_modeling.codebase.handlers.summary import Summary

MODELS = """
public class Parcel { public int Id { get; set; } public string OwnerId { get; set; } }
public class Form { public string Note { get; set; } }
public class Depot : DbContext { public DbSet<Parcel> Parcels { get; set; } }
"""


def handler(root: Path, signature: str, body: str, method: str = "Post") -> Summary:
    code = f"""
using Microsoft.AspNetCore.Mvc;

[ApiController]
[Route("a")]
public class AController : ControllerBase
{{
    private readonly Depot _context;

    [Http{method}("{{id}}")]
    public async Task<IActionResult> Do({signature})
    {{
        {body}
    }}
}}
"""
    (root / "AController.cs").write_text(code)
    (root / "Models.cs").write_text(MODELS)
    project = Project(root)
    (application,) = applications(project, routes(project))
    return application.handlers[0]


@pytest.mark.parametrize(
    ("signature", "value", "origins"),
    [
        ("int id", "id", {("request", "path", "id")}),
        ("int id, [FromBody] Form form", "form.Note", {("request", "body", "Note")}),
        ("int id, [FromBody] Parcel parcel", "parcel", {("request", "body", "")}),
        ('int id, [Bind("Id")] Parcel parcel', "parcel", {("request", "body", "*")}),
        ("int id, IFormFile file", "file", {("request", "file", "file")}),
        ("int id, ILogger log", "log", set()),
        ("int id", "User.Identity.Name", {("identity", "session", "")}),
        ("int id", 'Request.Form["note"]', {("request", "body", "note")}),
        ("int id", 'Request.Headers["Authorization"]', {("identity", "header", "")}),
        ("int id", 'HttpContext.Session.GetString("user")', {("identity", "session", "")}),
        ("int id", 'HttpContext.Session.GetString("captcha")', set()),
    ],
)
def test_where_values_come_from(tmp_path: Path, signature: str, value: str, origins: set[tuple[str, str, str]]) -> None:
    (response,) = handler(tmp_path, signature, f"return Ok({value});").facts.responses
    assert {(origin.kind, origin.source, origin.field) for origin in response.origins} == origins


@pytest.mark.parametrize(
    ("statement", "operation", "keys"),
    [
        ("await _context.Parcels.FindAsync(id);", "read", ("id",)),
        ("await _context.Parcels.FirstOrDefaultAsync(p => p.Id == id);", "read", ("Id",)),
        ("_context.Parcels.Where(p => p.OwnerId == User.Identity.Name && p.Id == id);", "read", ("OwnerId", "Id")),
        ("await _context.Parcels.ToListAsync();", "list", ()),
        ("_context.Parcels.Add(new Parcel { Id = id });", "create", ()),
        ("_context.Add(new Parcel { Id = id });", "create", ()),
        ("await _parcelRepository.GetByIdAsync(id);", "read", ("id",)),
        ('await connection.QueryAsync<Parcel>("SELECT * FROM parcels WHERE id = @id", new { id });', "read", ("id",)),
        ('await connection.ExecuteAsync("DELETE FROM parcels WHERE id = @id", new { id });', "delete", ("id",)),
    ],
)
def test_what_is_read_and_changed(tmp_path: Path, statement: str, operation: str, keys: tuple[str, ...]) -> None:
    accesses = handler(tmp_path, "int id", f"{statement} return Ok();").facts.accesses
    assert {(access.operation, access.entity, access.keys) for access in accesses} == {(operation, "parcel", keys)}


def test_other_collections_are_no_stores(tmp_path: Path) -> None:
    assert handler(tmp_path, "int id", "var found = _names.First(n => n.Id == id); return Ok(found);").facts.accesses == []


def test_a_record_that_is_updated_with_what_was_sent(tmp_path: Path) -> None:
    body = "var parcel = await _context.Parcels.FindAsync(id); await TryUpdateModelAsync(parcel); return Ok();"
    assert [access.operation for access in handler(tmp_path, "int id", body).facts.accesses] == ["read", "write"]
