"""Documents that state routes: what can't be read is told, hostile ones end."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes
from threat_modeling.codebase.stated import templated

HOSTILE = {
    "schema.graphql": "type a " * 40_000,
    "deep.graphql": "type Query {" + "{" * 50_000,
    "a.proto": "service a {\n rpc b (c) returns (d) {\n " * 10_000,
    "b.proto": "message A {" + " " * 200_000 + "}\nservice a { rpc b (A) returns (d); }",
    "supabase/migrations/1.sql": "create table a (" * 20_000 + "$a$ $b$ $c$ " * 20_000,
    "wrangler.toml": "routes = [" * 20_000,
    "nginx.conf": "location / {" * 20_000,
    "Caddyfile": "a {\n handle /x" + "{" * 50_000,
    "x.apib": "FORMAT: 1A\n# " + "[GET /" * 50_000,
    "app.ts": "gql" + " " * 200_000 + "type Query",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_documents_end(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HOSTILE[name])
    assert isinstance(routes(Project(tmp_path)), list)


def test_what_is_malformed_is_told(tmp_path):
    (tmp_path / "a.yaml").write_text("kind: Ingress\nspec: [\n")
    (tmp_path / "m.xml").write_text("<EntityContainer>")
    project = Project(tmp_path)
    assert routes(project) == []
    assert {skip.path: skip.reason.partition(":")[0] for skip in project.skips} == {
        "a.yaml": "document malformed",
        "m.xml": "OData metadata malformed",
    }


def test_paths_are_written_one_way():
    assert templated("users/:id/*rest") == "/users/{id}/{rest}"
    assert templated("/files/{proxy+}") == "/files/{proxy}"
    assert templated("//x/*") == "/x/{wildcard}"
