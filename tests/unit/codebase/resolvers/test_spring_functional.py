"""Router functions of Spring in Java and Kotlin, and routes of a gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, handlers

from threat_modeling.codebase.resolvers import spring_functional

if TYPE_CHECKING:
    from pathlib import Path


def test_builders_predicates_and_nested_paths(tmp_path: Path):
    found = routes_of(
        tmp_path,
        spring_functional,
        """package a;
import org.springframework.web.reactive.function.server.RouterFunction;
class Router {
  @Bean RouterFunction<ServerResponse> built(Items items) {
    return RouterFunctions.route()
      .path("/items", b -> b.GET("/{id}", items::one).POST("", accept(JSON), items::add).nest(accept(JSON), c -> c.DELETE("/{id}", items::gone)))
      .GET("/status", request -> ServerResponse.ok().build()).build();
  }
  @Bean RouterFunction<ServerResponse> old(Items items) {
    return nest(path("/old"), route(GET("/a").and(accept(JSON)), items::one).andRoute(RequestPredicates.POST("/b"), items::add));
  }
}
""",
        'package a;\nclass Items { Mono one(ServerRequest r) { r.queryParam("q"); } Mono add(ServerRequest r) { } Mono gone(ServerRequest r) { } }\n',
    )
    assert set(found) == {"GET /items/{id}", "POST /items", "DELETE /items/{id}", "GET /status", "GET /old/a", "POST /old/b"}
    assert handlers(found)["GET /items/{id}"] == "src/main/java/Items.java:2 Items.one"


def test_kotlin_routers_below_the_base_path_and_behind_the_filter_chain(tmp_path: Path):
    found = routes_of(
        tmp_path,
        spring_functional,
        "import org.springframework.web.reactive.function.server.coRouter\nclass R {\n  @Bean"
        '\n  fun routes(h: H) = coRouter {\n    "/a".nest {\n      GET("", h::all)\n'
        '      "/b".nest { POST("/{id}") { ok() } }\n    }\n  }\n}\n',
        "class H {\n  suspend fun all(r: ServerRequest) = ok()\n}\n",
        "class S {\n  @Bean\n  fun chain(http: ServerHttpSecurity): SecurityWebFilterChain = "
        'http.authorizeExchange().pathMatchers("/a").permitAll().anyExchange().authenticated().and().build()\n}\n',
        src__main__resources__application_dot_yaml="spring.webflux.base-path: /base\n",
    )
    assert set(found) == {"GET /base/a", "POST /base/a/b/{id}"}
    assert guards(found["GET /base/a"]) == set()
    assert guards(found["POST /base/a/b/{id}"]) == {"authentication S ** application"}


def test_routes_of_a_gateway(tmp_path: Path):
    found = routes_of(
        tmp_path,
        spring_functional,
        """class Gate { RouteLocator routes(RouteLocatorBuilder builder) {
  return builder.routes().route("a", r -> r.path("/a/**").and().method(HttpMethod.POST).uri("http://x")).build(); } }""",
    )
    assert "POST /a/**" in found


def test_kotlin_routers_outside_of_classes(tmp_path: Path):
    found = routes_of(
        tmp_path,
        spring_functional,
        'import org.springframework.web.servlet.function.router\nval top = router { GET("/top") { ok() } }\n'
        'fun routes() = router { "/api".nest { POST("/x", ::handle) } }\nfun handle(r: ServerRequest) = ok()\n',
    )
    assert handlers(found) == {"GET /top": "src/main/java/top.kt:2 lambda", "POST /api/x": "src/main/java/top.kt:4 handle"}
