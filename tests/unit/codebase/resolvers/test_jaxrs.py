"""Resources of JAX-RS: applications, inheritance, own verbs, sub-resources, guards, WebSocket endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.resolvers import jaxrs

if TYPE_CHECKING:
    from pathlib import Path

IMPORT = "import jakarta.ws.rs.*;\n"
RESOURCE = (
    "package shop.web;\n"
    + IMPORT
    + """
@Path(Items.ROOT + "/items")
public class Items implements Listing {
  static final String ROOT = "/v1";
  @GET @Path("{id: [0-9]+}") public Item one(@PathParam("id") long id, @HeaderParam("X-A") String a) { return null; }
  @POST public void add(Item item, @Context UriInfo info) { }
  @SEARCH @Path("/find") public void find() { }
  @Path("/{id}/parts") public Parts parts() { return new Parts(); }
  public String all(String page) { return page; }
}
"""
)
LISTING = "package shop.web;\n" + IMPORT + 'interface Listing { @GET String all(@QueryParam("page") String page); }\n'
PARTS = "package shop.web;\n" + IMPORT + 'class Parts { @GET public void list() { } @DELETE @Path("/{part}") public void gone() { } }\n'
SEARCH = "package shop.web;\n" + IMPORT + '@HttpMethod("SEARCH") @interface SEARCH { int a = 1; }\n'.replace("@interface", "@interface ")
ITEM = "package shop.web;\nclass Item { private String name; }\n"


def _search() -> dict[str, str]:
    return {"src__main__java__SEARCH_dot_java": SEARCH}


def test_resources_with_inherited_verbs_own_verbs_and_sub_resources(tmp_path: Path):
    application = "package shop;\n" + IMPORT + '@ApplicationPath("/api") public class App extends Application { int a; }\n'
    found = routes_of(tmp_path, jaxrs, RESOURCE, LISTING, PARTS, ITEM, application, **_search())
    names = {"GET {}/{{id}}", "POST {}", "SEARCH {}/find", "GET {}/{{id}}/parts", "DELETE {}/{{id}}/parts/{{part}}", "GET {}"}
    assert set(found) == {name.format("/api/v1/items") for name in names}
    assert parameters(found["GET /api/v1/items/{id}"]) == {"path id", "header X-A"}
    assert parameters(found["POST /api/v1/items"]) == {"body name"}
    assert parameters(found["GET /api/v1/items"]) == {"query page"}
    assert handlers(found)["GET /api/v1/items"].endswith("Items.all")


def test_descriptor_and_settings_decide_the_path_before_resources(tmp_path: Path):
    resource = IMPORT + '@Path("/a") class A { @GET public String a() { return ""; } }\n'
    found = routes_of(
        tmp_path,
        jaxrs,
        **{
            "one__src__main__java__A_dot_java": "package one;\n" + resource,
            "one__src__main__java__App_dot_java": "package one;\n" + IMPORT + "class App extends Application { int a; }\n",
            "one__src__main__webapp__WEB-INF__web_dot_xml": "<web-app><servlet><servlet-name>one.App</servlet-name></servlet>"
            "<servlet-mapping><servlet-name>one.App</servlet-name><url-pattern>/mapped/*</url-pattern></servlet-mapping></web-app>",
            "two__src__main__java__A_dot_java": "package two;\n" + resource,
            "two__src__main__resources__application_dot_properties": "quarkus.http.root-path=/q\n",
            "three__src__main__java__A_dot_java": "package three;\n" + resource,
            "three__config_dot_yml": "server:\n  applicationContextPath: /d\n  rootPath: /r/*\n",
            "three__src__main__java__B_dot_java": 'class B { void initialize(Bootstrap b) { b.addBundle(new AssetsBundle("/in", "/out", "x")); } }\n',
        },
    )
    assert set(found) == {"GET /mapped/a", "GET /q/a", "GET /d/r/a", "GET /d/out/*"}


def test_guards_of_annotations_filters_and_constraints(tmp_path: Path):
    found = routes_of(
        tmp_path,
        jaxrs,
        IMPORT
        + """@Path("/a") @RolesAllowed("user") class A {
  @GET public void a() { }
  @GET @Path("/open") @PermitAll public void open() { }
  @GET @Path("/bound") @Checked public void bound() { }
  @GET @Path("/auth") public void auth(@Auth User user) { }
}""",
        IMPORT + "@NameBinding @interface Checked { int a = 1; }".replace("@interface", "@interface "),
        IMPORT
        + """@Provider @Checked class Check implements ContainerRequestFilter {
  public void filter(ContainerRequestContext c) { if (bad(c)) { c.abortWith(Response.status(Response.Status.UNAUTHORIZED).build()); } }
}""",
        src__main__java__Checked_dot_java="@NameBinding @interface Checked { }",
        **{
            "src__main__webapp__WEB-INF__web_dot_xml": "<web-app>\n<security-constraint><web-resource-collection><url-pattern>/a/open</url-pattern>"
            "</web-resource-collection><auth-constraint><role-name>*</role-name></auth-constraint></security-constraint></web-app>"
        },
    )
    roles = {"authentication @RolesAllowed router", "authorization @RolesAllowed router"}
    assert guards(found["GET /a"]) == roles
    assert guards(found["GET /a/open"]) == {"authentication security-constraint application"}
    assert guards(found["GET /a/bound"]) == roles | {"authentication Check application"}
    assert guards(found["GET /a/auth"]) == roles | {"authentication @Auth route"}


def test_websocket_endpoints_and_what_is_none(tmp_path: Path):
    found = routes_of(
        tmp_path,
        jaxrs,
        '@ServerEndpoint("/chat/{room}") class Chat { @OnMessage public void got(String m, @PathParam("room") String room) { } }',
        'import retrofit2.http.*;\ninterface Client { @GET("/remote") Call<String> remote(); }',
        IMPORT + '@Path("/x") @RegisterRestClient interface Remote { @GET String x(); }',
    )
    assert set(found) == {"GET /chat/{room}"}
    assert found["GET /chat/{room}"].type == "websocket"
