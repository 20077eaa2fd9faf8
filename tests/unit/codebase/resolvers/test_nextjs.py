"""Routes of Next.js: paths of files, re-exports, handlers that check by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import nextjs

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "package.json": '{"dependencies": {"next": "15"}}',
    "src/app/api/(inner)/users/[id]/route.ts": """
import { NextResponse } from 'next/server'
import { getServerSession } from 'next-auth'
export async function GET (request: Request, { params }) {
  const session = await getServerSession()
  if (!session) return NextResponse.json({ error: 'no' }, { status: 401 })
  return NextResponse.json(params.id)
}
export const DELETE = async (request) => { const { why } = await request.json(); return NextResponse.json(why) }
""",
    "src/app/api/again/route.ts": "export { GET } from '../(inner)/users/[id]/route'",
    "src/app/page.tsx": "export default function Page () { return <p/> }",
    "pages/api/[...rest].js": "export default function handler (req, res) { res.json(req.query.q) }",
    "pages/about.js": "export default () => null",
}


def write(root: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def test_files_are_routes(tmp_path: Path):
    write(tmp_path, FILES)
    routes = {f"{route.method} {route.path}": route for route in nextjs.routes(Project(tmp_path))}
    assert set(routes) == {"GET /api/users/{id}", "DELETE /api/users/{id}", "GET /api/again", "ANY /api/{rest}"}
    assert [(g.category.value, g.scope) for g in routes["GET /api/users/{id}"].guards] == [("authentication", "handler")]
    assert routes["DELETE /api/users/{id}"].guards == ()
    assert ("body", "why") in {(p.source, p.name) for p in routes["DELETE /api/users/{id}"].parameters}
    assert routes["GET /api/again"].handler.file == "src/app/api/(inner)/users/[id]/route.ts"


def test_the_same_folders_without_the_package_mean_nothing(tmp_path: Path):
    write(tmp_path, {**FILES, "package.json": "{}"})
    assert list(nextjs.routes(Project(tmp_path))) == []


@pytest.mark.parametrize(("path", "expected"), [("", "/"), ("a/(b)/@c/d/", "/a/d"), ("[[...all]]/", "/{all}"), ("api/index", "/api")])
def test_paths_are_served_without_groups(path: str, expected: str):
    assert nextjs.served(path) == expected


def test_an_api_route_serves_the_methods_that_it_tells_apart(tmp_path):
    (tmp_path / "package.json").write_text('{"dependencies": {"next": "14"}}')
    (tmp_path / "pages/api").mkdir(parents=True)
    (tmp_path / "pages/api/two.js").write_text("export default (req, res) => { if (req.method === 'PUT') {} else if (req.method === 'GET') {} }\n")
    (tmp_path / "pages/api/one.js").write_text("export default (req, res) => { if (req.method !== 'POST') return res.status(405).end() }\n")
    (tmp_path / "pages/api/any.js").write_text("export default (req, res) => { if (req.method === 'PUT') {} res.end() }\n")
    assert sorted((r.method, r.path) for r in nextjs.routes(Project(tmp_path))) == [
        ("ANY", "/api/any"),
        ("GET", "/api/two"),
        ("POST", "/api/one"),
        ("PUT", "/api/two"),
    ]
