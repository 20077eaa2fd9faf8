"""Which parameters of handlers an attacker sets, by framework, with the routes as the resolvers find them."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes
from threat_modeling.codebase.scan import scan

if TYPE_CHECKING:
    from pathlib import Path


def commanded(root: Path, name: str, code: str) -> list[str]:
    """What is reached from outside in `exec(x)` and `Command::new(x)`, in order."""
    (root / name).write_text(dedent(code), "utf-8")
    project = Project(root)
    paths = [file.path for file in project.files]
    found = scan(project, paths, routes(project)).weaknesses
    lines = {w.evidence.start: w.evidence.quote for w in found if w.weakness_class == "command-injection" and w.attacker_reached}
    return [lines[at].partition("(")[2].partition(")")[0].strip("&") for at in sorted(lines)]


def test_spring_in_kotlin(tmp_path: Path) -> None:
    code = """
        import org.springframework.ui.Model
        import org.springframework.web.bind.annotation.*

        @RestController
        class Tools(private val runtime: Runtime) {
            @PostMapping("/run/{name}")
            fun run(@PathVariable name: String, @RequestBody order: OrderRequest, filter: Filter, model: Model, count: Int) {
                runtime.exec(name)
                runtime.exec(order.program)
                runtime.exec(filter.text)
                runtime.exec(model.text)
                runtime.exec(count)
            }

            fun own(name: String) {
                runtime.exec(name)
            }
        }
        """
    assert commanded(tmp_path, "Tools.kt", code) == ["name", "order.program", "filter.text"]


def test_jaxrs_in_kotlin(tmp_path: Path) -> None:
    code = """
        import jakarta.ws.rs.*
        import jakarta.ws.rs.core.Context
        import jakarta.ws.rs.core.UriInfo

        @Path("/tools")
        class Tools(private val runtime: Runtime) {
            @POST
            @Path("/{name}")
            fun run(@PathParam("name") name: String, @HeaderParam("X-A") header: String, order: Order, @Context info: UriInfo) {
                runtime.exec(name)
                runtime.exec(header)
                runtime.exec(order.program)
                runtime.exec(info.path)
            }
        }
        """
    assert commanded(tmp_path, "Tools.kt", code) == ["name", "header", "order.program"]


def test_servlet_parameters_are_no_text(tmp_path: Path) -> None:
    code = """
        import jakarta.servlet.http.*;

        public class Tools extends HttpServlet {
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws Exception {
                Runtime.getRuntime().exec(request.getParameter("x"));
                Runtime.getRuntime().exec(response.toString());
            }
        }
        """
    assert len(commanded(tmp_path, "Tools.java", code)) == 1


def test_ktor_reads_the_call(tmp_path: Path) -> None:
    code = """
        import io.ktor.server.application.*
        import io.ktor.server.routing.*

        fun Application.module(runtime: Runtime) {
            routing {
                post("/run/{name}") {
                    val name = call.parameters["name"]
                    val order = call.receive<Order>()
                    val agent = call.request.headers["User-Agent"]
                    val cookie = call.request.cookies["a"]
                    runtime.exec(name)
                    runtime.exec(order.program)
                    runtime.exec(agent)
                    runtime.exec(cookie)
                    runtime.exec("date")
                }
            }
        }
        """
    assert commanded(tmp_path, "App.kt", code) == ["name", "order.program", "agent", "cookie"]


@pytest.mark.parametrize(
    ("signature", "use", "reached"),
    [
        ("path: web::Path<String>", "path.into_inner(", True),
        ("path: web::Path<u32>", "path.into_inner(", False),
        ("body: Option<web::Json<Order>>", "body.unwrap(", True),
        ("pool: web::Data<HashMap<String, String>>", "pool.name", False),
        ("own: Uuid", "own", False),
    ],
)
def test_actix(tmp_path: Path, signature: str, use: str, reached: bool) -> None:
    code = f"""
        use actix_web::{{get, web, HttpResponse}};
        use std::process::Command;

        #[get("/a/{{name}}")]
        async fn serve({signature}) -> HttpResponse {{
            Command::new({use}{")" if use.endswith("(") else ""}).output();
            HttpResponse::Ok().finish()
        }}
        """
    assert bool(commanded(tmp_path, "main.rs", code)) is reached


def test_handlers_of_warp_by_their_types(tmp_path: Path) -> None:
    code = """
        use std::process::Command;
        use warp::Filter;

        async fn run(name: String, count: u32, db: Db) -> Result<impl warp::Reply, warp::Rejection> {
            Command::new(name).output();
            Command::new(count).output();
            Command::new(db).output();
            Ok("done")
        }

        #[tokio::main]
        async fn main() {
            let run_route = warp::path!("run" / String / u32).and(warp::get()).and_then(run);
            warp::serve(run_route).run(([127, 0, 0, 1], 3030)).await;
        }
        """
    assert commanded(tmp_path, "main.rs", code) == ["name"]


def test_an_id_in_the_path_is_no_text_in_a_decorated_view_of_django(tmp_path: Path) -> None:
    (tmp_path / "manage.py").write_text("import django\n")
    (tmp_path / "urls.py").write_text("from django.urls import path\nimport views\n\nurlpatterns = [path('run/<int:item_id>/', views.run)]\n")
    code = """
        import os
        from django.views.decorators.http import require_GET

        @require_GET
        def run(request, item_id):
            os.system("ls " + item_id)
            os.system("ls " + request.GET["name"])
        """
    assert commanded(tmp_path, "views.py", code) == ['"ls " + request.GET["name"]']
