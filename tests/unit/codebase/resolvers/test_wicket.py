"""Mounts of Wicket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of

from threat_modeling.codebase.resolvers import wicket

if TYPE_CHECKING:
    from pathlib import Path

IMPORT = "package a;\nimport org.apache.wicket.*;\n"
APP = (
    IMPORT
    + """class App extends WebApplication {
  protected void init() {
    super.init();
    mountPage("/users/${id}", Users.class);
    mountPackage("/admin", Users.class);
    mount(new MountedMapper("/reports/#{part}", Users.class));
    alias("/alias");
    mountResource("/rest", new ResourceReference("r") { private final Rest rest = new Rest(); public IResource getResource() { return rest; } });
    mountResource("/file", new SharedResourceReference("x"));
  }
  void alias(String path) { getRootRequestMapperAsCompound().add(new MountedMapper(path, Users.class)); }
}
"""
)


def test_mounts_annotations_and_resources(tmp_path: Path):
    found = routes_of(
        tmp_path,
        wicket,
        APP,
        IMPORT + '@MountPath(value = "/marked", alt = {"/other"}) class Users extends WebPage { int a; }',
        IMPORT + 'class Rest implements IResource { @MethodMapping(value = "/{id}", httpMethod = HttpMethod.PUT) void put(int id) { } }',
    )
    paths = {"/users/{id}", "/admin/**", "/reports/{part}", "/alias", "/file", "/marked", "/other"}
    assert set(found) == {f"GET {path}" for path in paths} | {"PUT /rest/{id}"}
