"""Controllers: attribute and conventional routes, areas, inherited attributes, who may call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, parameters, seen, written

from threat_modeling.codebase.resolvers import aspnet_controllers

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/Program.cs": """
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthorization(o => { o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build(); });
var app = builder.Build();
app.MapControllerRoute(name: "default", pattern: "{controller=Home}/{action=Index}/{id?}");
app.MapAreaControllerRoute("admin", "Admin", "manage/{controller}/{action}");
""",
    "src/Controllers/Base.cs": """
namespace Shop;

[Authorize, Route("api/[controller]")]
public abstract class Base : ControllerBase
{
    protected int Hidden() => 1;
}
""",
    "src/Controllers/ItemsController.cs": """
using Microsoft.AspNetCore.Mvc;

namespace Shop;

public class ItemsController(IStore store) : Base
{
    private const string Row = "rows/{row:int}";

    [HttpGet("{id:guid}"), AllowAnonymous]
    public async Task<ActionResult<Item>> Get(Guid id, [FromHeader(Name = "X-V")] string version, bool full = false) => await store.Find(id);

    [HttpPost, Authorize(Roles = "editor")]
    public IActionResult Create([FromBody] NewItem item, CancellationToken token) => Ok();

    [HttpPut(Row), HttpPatch("/patch/{row}")]
    public IActionResult Change(int row) => Ok();

    [NonAction]
    public void Check() { }
}
""",
    "src/NewItem.cs": "namespace Shop;\npublic record NewItem(string Name, decimal Price);\n",
    "src/Controllers/HomeController.cs": """
public class HomeController : Controller
{
    public IActionResult Index() => View(Request.Query["page"]);
    [HttpPost, ValidateAntiForgeryToken]
    public IActionResult Save(int id, string name, IFormFile picture) => View();
}

[Area("Admin"), AllowAnonymous]
public class JobsController : Controller
{
    public IActionResult List() => View();
}
""",
    "src.Tests/HomeControllerTests.cs": "public class FakeController : Controller { public IActionResult Index() => View(); }",
}
FALLBACK = "authentication FallbackPolicy application"
CLASS = "authentication Authorize router"
GUARDS = {
    "GET /api/Items/{id}": set(),
    "POST /api/Items": {FALLBACK, CLASS, "authentication Authorize route", "authorization Authorize route"},
    "PUT /api/Items/rows/{row}": {FALLBACK, CLASS},
    "PATCH /patch/{row}": {FALLBACK, CLASS},
    "GET /Home/Index": {FALLBACK},
    "POST /Home/Save/{id}": {FALLBACK, "cors-csp ValidateAntiForgeryToken route"},
    "GET /manage/Jobs/List": set(),
}


def test_routes_and_who_may_call_them(tmp_path: Path):
    assert seen(written(tmp_path, aspnet_controllers, FILES)) == GUARDS


def test_handlers_and_parameters(tmp_path: Path):
    found = written(tmp_path, aspnet_controllers, FILES)
    assert handlers(found)["PUT /api/Items/rows/{row}"] == "src/Controllers/ItemsController.cs:16 ItemsController.Change"
    assert parameters(found["GET /api/Items/{id}"]) == {"path id", "header X-V", "query full"}
    assert parameters(found["POST /api/Items"]) == {"body Name", "body Price"}
    assert parameters(found["POST /Home/Save/{id}"]) == {"path id", "body name", "file picture"}
    assert parameters(found["GET /Home/Index"]) == {"query page"}


def test_controllers_of_the_full_framework(tmp_path: Path):
    files = {
        "App_Start/WebApiConfig.cs": """
class C { void Register(X config) { config.Routes.MapHttpRoute("d", "api/{controller}/{id}", new { id = O }); } }
""",
        "App_Start/FilterConfig.cs": "class F { void R(G filters) { filters.Add(new AuthorizeAttribute()); } }",
        "App_Start/RouteConfig.cs": """
class R { void M(T routes) { routes.MapRoute("d", "{controller}/{action}/{id}", new { id = UrlParameter.Optional }); } }
""",
        "Controllers/ShopController.cs": """
using System.Web.Http;
public class PartsController : ApiController
{
    public Part Get(int id) { return null; }
    public void PostPart(Part part) { }
}
[RoutePrefix("legacy")]
public class OldController : System.Web.Mvc.Controller
{
    [Route("x/{n:int}")]
    public ActionResult X(int n) { return View(); }
}
public class CartController : System.Web.Mvc.Controller
{
    public ActionResult Show() { return View(); }
}
""",
    }
    everywhere = {"authentication Authorize application"}
    assert seen(written(tmp_path, aspnet_controllers, files)) == {
        "GET /api/Parts/{id}": everywhere,
        "POST /api/Parts": everywhere,
        "ANY /legacy/x/{n}": everywhere,
        "GET /Cart/Show": everywhere,
    }
