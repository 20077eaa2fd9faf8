"""Handlers of PHP: what they take from the request, who calls, what they read and change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes

if TYPE_CHECKING:
    from pathlib import Path

    from threat_modeling.codebase.handlers.summary import Summary


def handler(root: Path, body: str, parameters: str = "Request $request, $id") -> Summary:
    (root / "routes").mkdir()
    (root / "composer.json").write_text('{"require": {"laravel/framework": "^11.0"}}')
    (root / "routes/api.php").write_text(
        f"""<?php
use Illuminate\\Http\\Request;
use Illuminate\\Support\\Facades\\Route;

Route::put('/parcels/{{id}}', function ({parameters}) {{
    {body}
}});
"""
    )
    project = Project(root)
    (application,) = applications(project, routes(project))
    return application.handlers[0]


@pytest.mark.parametrize(
    ("value", "origins"),
    [
        ("$id", {("request", "path", "id")}),
        ("$request->input('note')", {("request", "body", "note")}),
        ("$request->note", {("request", "body", "note")}),
        ("$request->query('page')", {("request", "query", "page")}),
        ("$request->query->get('page')", {("request", "query", "page")}),
        ("$request->header('Authorization')", {("identity", "header", "")}),
        ("$request->all()", {("request", "body", "")}),
        ("$request->only(['note'])", {("request", "body", "*")}),
        ("$request->validate(['note' => 'required'])", {("request", "body", "*")}),
        ("$request->getParsedBody()['note']", {("request", "body", "note")}),
        ("request('note')", {("request", "body", "note")}),
        ("$request->user()->id", {("identity", "token", "")}),
        ("Auth::id()", {("identity", "token", "")}),
        ("$_SESSION['user_id']", {("identity", "session", "")}),
        ("$_POST['note']", {("request", "body", "note")}),
        ("config('app.name')", set()),
    ],
)
def test_where_values_come_from(tmp_path: Path, value: str, origins: set[tuple[str, str, str]]) -> None:
    responses = handler(tmp_path, f"return response()->json({value});").facts.responses
    assert {(o.kind, o.source, o.field) for response in responses for o in response.origins} == origins


@pytest.mark.parametrize(
    ("statement", "operation", "keys"),
    [
        ("Parcel::findOrFail($id);", "read", ("id",)),
        ("Parcel::where('note', $id);", "read", ("note",)),
        ("Parcel::all();", "list", ()),
        ("Parcel::create(['note' => $id]);", "create", ()),
        ("Parcel::destroy($id);", "delete", ("id",)),
        ("$em->getRepository(Parcel::class)->find($id);", "read", ("id",)),
        ("$parcelRepository->findOneBy(['note' => $id]);", "read", ("note",)),
        ("$em->persist($parcel);", "create", ()),
        ("$pdo->query('SELECT * FROM parcels WHERE note = 1');", "read", ("note",)),
        ("DB::delete('DELETE FROM parcels WHERE id = ?', [$id]);", "delete", ("id",)),
    ],
)
def test_what_is_read_and_changed(tmp_path: Path, statement: str, operation: str, keys: tuple[str, ...]) -> None:
    (access,) = handler(tmp_path, f"{statement} return 1;").facts.accesses
    assert (access.operation, access.entity, access.keys) == (operation, "parcel", keys)


def test_a_statement_takes_its_values_when_it_is_run(tmp_path: Path) -> None:
    body = "$s = $pdo->prepare('DELETE FROM parcels WHERE id = ?'); $s->execute([$id]); return 1;"
    assert [len(access.selected_by) for access in handler(tmp_path, body).facts.accesses] == [0, 1]


def test_a_record_that_the_framework_fetches_by_the_path(tmp_path: Path) -> None:
    (access,) = handler(tmp_path, "return $id;", "Parcel $id").facts.accesses
    assert (access.operation, access.entity, access.keys) == ("read", "parcel", ("id",))


def test_facades_are_no_records(tmp_path: Path) -> None:
    assert handler(tmp_path, "Cache::get('a'); Log::insert('x'); return 1;").facts.accesses == []
