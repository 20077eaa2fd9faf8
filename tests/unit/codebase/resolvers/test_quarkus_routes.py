"""Reactive routes of Quarkus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, parameters

from threat_modeling.codebase.resolvers import quarkus_routes

if TYPE_CHECKING:
    from pathlib import Path

APP = """package a;
import io.quarkus.vertx.web.*;
@RouteBase(path = "items")
class Items {
  @Route(path = "/:id", methods = Route.HttpMethod.GET) String one(@Param String id, @Header("X-A") String a) { return id; }
  @Route(methods = {HttpMethod.POST, HttpMethod.PUT}) @RolesAllowed("staff") void store(@Body Item item) { }
  @Route(path = "/any") void any(RoutingContext context) { }
  @Route(path = "/failed", type = HandlerType.FAILURE) void failed(RoutingContext context) { }
}
"""


def test_annotated_methods_under_their_base(tmp_path: Path):
    found = routes_of(tmp_path, quarkus_routes, APP, src__main__resources__application_dot_properties="quarkus.http.root-path=/q\n")
    assert set(found) == {"GET /q/items/{id}", "POST /q/items/store", "PUT /q/items/store", "ANY /q/items/any"}
    assert "header X-A" in parameters(found["GET /q/items/{id}"])
    assert guards(found["POST /q/items/store"]) == {"authentication @RolesAllowed route", "authorization @RolesAllowed route"}
