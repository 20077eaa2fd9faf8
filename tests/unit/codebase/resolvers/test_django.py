"""Django and REST framework: tables, viewsets, permissions and middleware."""

from __future__ import annotations

import pytest
from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.python.django_urls import plain_path
from threat_modeling.codebase.resolvers import django

VIEWS = "visits/views.py"
CSRF = "cors-csp django.middleware.csrf.CsrfViewMiddleware application"
STAFF = {"authentication StaffOnly application", "authorization StaffOnly application"}
IN = "authentication permissions.IsAuthenticated route"
TREATS = {"authentication Treats route", "authorization Treats route"}

SERVED = {
    "ANY /admin/": "",
    "ANY /archive/{year}/page-{page}/": f"{VIEWS}:51 archive",
    "GET /hook/": f"{VIEWS}:56 hook",
    "POST /hook/": f"{VIEWS}:56 hook",
    "ANY /public/hours/{day}": f"{VIEWS}:62 hours",
    "GET /visits/": f"{VIEWS}:16 VisitList",
    "GET /visits/{pk}/": f"{VIEWS}:21 VisitDetail.get",
    "POST /visits/{pk}/": f"{VIEWS}:24 VisitDetail.post",
    "GET /visits/letters/": f"{VIEWS}:41 Letters.get",
    "GET /visits/notes/": f"{VIEWS}:45 notes",
    "POST /visits/notes/": f"{VIEWS}:45 notes",
    "GET /visits/api/patients/": f"{VIEWS}:28 PatientViewSet",
    "POST /visits/api/patients/": f"{VIEWS}:28 PatientViewSet",
    "GET /visits/api/patients/{number}/": f"{VIEWS}:28 PatientViewSet",
    "PUT /visits/api/patients/{number}/": f"{VIEWS}:28 PatientViewSet",
    "PATCH /visits/api/patients/{number}/": f"{VIEWS}:28 PatientViewSet",
    "DELETE /visits/api/patients/{number}/": f"{VIEWS}:32 PatientViewSet.destroy",
    "POST /visits/api/patients/{number}/send/": f"{VIEWS}:35 PatientViewSet.send_letter",
}
GUARDED = {
    "ANY /archive/{year}/page-{page}/": {CSRF, *STAFF, "authentication login_required route"},
    "POST /hook/": STAFF,
    "ANY /public/hours/{day}": {CSRF},
    "GET /visits/": {CSRF, *STAFF, "authentication LoginRequiredMixin route"},
    "GET /visits/{pk}/": {CSRF, *STAFF},
    "GET /visits/letters/": {CSRF, *STAFF, "authentication rest_framework.permissions.IsAuthenticated application"},
    "POST /visits/notes/": {CSRF, *STAFF},
    "GET /visits/api/patients/": {CSRF, *STAFF, IN},
    "PUT /visits/api/patients/{number}/": {CSRF, *STAFF, IN, *TREATS},
    "POST /visits/api/patients/{number}/send/": {CSRF, *STAFF},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("django_clinic", django)) == SERVED


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_guards(name):
    assert guards(routes_of("django_clinic", django)[name]) == GUARDED[name]


@pytest.mark.parametrize(
    ("regex", "path"),
    [
        (r"^a/(?P<id>\d+(?:-\d+)?)/$", "a/{id}/"),
        (r"^b/([0-9]{4})/?$", "b/{value}/"),
        (r"c\.json$", "c.json"),
        (r"^(?:d|e)/$", "d/"),
        (r"f/(?=x)g", "f/g"),
        (r"h/((((", "h/{value}"),
    ],
)
def test_regular_expressions_become_paths(regex, path):
    assert plain_path(regex) == path


def test_tables_that_include_each_other_end(tmp_path):
    row = "from django.urls import include, path\nurlpatterns = [path('x/', include('{0}')), path('y/', include('{0}')), path('v', lambda r: 1)]\n"
    (tmp_path / "one.py").write_text(row.format("two"))
    (tmp_path / "two.py").write_text(row.format("one"))
    (tmp_path / "settings.py").write_text("ROOT_URLCONF = 'one'\n")
    assert sorted(route.path for route in django.routes(Project(tmp_path))) == ["/v", "/x/v", "/y/v"]


def test_the_administration_asks_for_staff_itself():
    found = routes_of("routes/ninja", django)
    assert {name: guards(route) for name, route in found.items()} == {
        "ANY /admin/": {"authentication django.contrib.admin router", "authorization django.contrib.admin router"}
    }


def test_a_view_serves_no_more_than_it_names(tmp_path):
    (tmp_path / "urls.py").write_text("from django.urls import path\nimport views\nurlpatterns = [path('x', views.X.as_view())]\n")
    (tmp_path / "views.py").write_text("class X:\n    http_method_names = ['get']\n    def get(self): ...\n    def post(self): ...\n")
    assert [(r.method, r.path) for r in django.routes(Project(tmp_path))] == [("GET", "/x")]
