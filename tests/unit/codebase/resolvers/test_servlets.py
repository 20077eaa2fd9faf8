"""Servlets, their descriptor, their filters, and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.resolvers import servlets

if TYPE_CHECKING:
    from pathlib import Path

SERVLET = """package a;
@WebServlet(urlPatterns = {"/items", "/admin/items"})
public class Items extends Base {
  protected void doPost(HttpServletRequest request, HttpServletResponse response) { request.getParameter("name"); request.getHeader("X-A"); }
}
"""
BASE = "package a;\nabstract class Base extends HttpServlet { "
BASE += "protected void doGet(HttpServletRequest q, HttpServletResponse s) { } void log(String a) { } }\n"
MAPPED = "package a;\npublic class Mapped extends HttpServlet { protected void service(HttpServletRequest q, HttpServletResponse s) { } }\n"
FILTER = """package a;
public class LoginFilter implements Filter {
  public void doFilter(ServletRequest q, ServletResponse s, FilterChain chain) {
    if (user(q) == null) { ((HttpServletResponse) s).sendRedirect("/login.jsp"); return; }
    chain.doFilter(q, s);
  }
}
"""
DESCRIPTOR = """<web-app>
<!-- <servlet-mapping><servlet-name>m</servlet-name><url-pattern>/commented</url-pattern></servlet-mapping> -->
<servlet><servlet-name>m</servlet-name><servlet-class>a.Mapped</servlet-class></servlet>
<servlet-mapping><servlet-name>m</servlet-name><url-pattern>/mapped/*</url-pattern></servlet-mapping>
<filter><filter-name>f</filter-name><filter-class>a.LoginFilter</filter-class></filter>
<filter-mapping><filter-name>f</filter-name><url-pattern>/admin/*</url-pattern></filter-mapping>
<security-constraint><web-resource-collection><url-pattern>*.jsp</url-pattern></web-resource-collection>
<auth-constraint><role-name>staff</role-name></auth-constraint></security-constraint>
</web-app>
"""


def test_annotations_descriptor_filters_and_pages(tmp_path: Path):
    found = routes_of(
        tmp_path,
        servlets,
        SERVLET,
        BASE,
        MAPPED,
        FILTER,
        **{
            "src__main__webapp__WEB-INF__web_dot_xml": DESCRIPTOR,
            "src__main__webapp__shop__list_dot_jsp": "<% int a = 1; %>",
            "src__main__webapp__WEB-INF__hidden_dot_jsp": "<% int a = 1; %>",
        },
    )
    assert set(found) == {"GET /items", "POST /items", "GET /admin/items", "POST /admin/items", "ANY /mapped/*", "ANY /shop/list.jsp"}
    assert parameters(found["POST /items"]) == {"query name", "header X-A"}
    assert handlers(found)["GET /items"].endswith("Base.doGet")
    assert guards(found["GET /items"]) == set()
    assert guards(found["GET /admin/items"]) == {"authentication LoginFilter application"}
    assert guards(found["ANY /shop/list.jsp"]) == {f"{what} security-constraint application" for what in ("authentication", "authorization")}


def test_pages_without_a_usual_folder_are_seen_from_the_outermost_one(tmp_path: Path):
    found = routes_of(tmp_path, servlets, one__a_dot_jsp="x", one__deep__b_dot_jsp="x", two__c_dot_jsp="x")
    assert set(found) == {"ANY /a.jsp", "ANY /deep/b.jsp", "ANY /c.jsp"}


def test_a_servlet_that_asks_for_the_session_guards_itself(tmp_path: Path):
    own = """@WebServlet("/own") class Own extends HttpServlet {
  protected void doGet(HttpServletRequest q, HttpServletResponse s) { if (q.getSession().getAttribute("user") == null) { s.sendError(401); return; } }
}
"""
    found = routes_of(tmp_path, servlets, own)
    assert guards(found["GET /own"]) == {"authentication getAttribute handler"}
