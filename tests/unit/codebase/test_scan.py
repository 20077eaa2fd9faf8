"""One component's observations: every kind, tests told apart, secrets masked, order fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.observations import Handler, Route
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.purpose import is_product
from threat_modeling.codebase.scan import Observations, scan
from threat_modeling.model import Evidence

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app.py": """import os
import sqlite3
import requests
from flask import Flask, request

SECRET_KEY = "s3cr3t-value"
connection = sqlite3.connect("app.db")

def find(name):
    \"\"\"Example: connect("postgresql://user:p4ssw0rd@db")\"\"\"
    return connection.execute("SELECT * FROM users WHERE name = ?", (name,))

def call():
    return requests.get("https://api.example.org/v1/items")
""",
    "models.py": "from sqlalchemy.orm import DeclarativeBase\n\nclass User(DeclarativeBase):\n    email = 1\n    password_hash = 2\n    color = 3\n",
    "handlers.py": "import os\n\ndef ping(host):\n    os.system('ping ' + host)\n",
    "tests/test_app.py": "import os\nfrom flask import request\n\ndef test_x():\n    os.system(request.args['x'])\n",
    "requirements.txt": "flask==3.0.0\nrequests>=2\n",
    "Dockerfile": "FROM python:3.12\nRUN pip install .\n",
    "docker-compose.yml": "services:\n  db:\n    image: postgres:16\n    privileged: true\n    ports:\n      - '5432:5432'\n",
    "schema.sql": "CREATE TABLE customers (\n  id integer,\n  email varchar(80),\n  color text\n);\n",
    "README.md": "password = 'in-the-readme'\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return Project(tmp_path)


def observe(project: Project, *routes: Route) -> Observations:
    return scan(project, [file.path for file in project.files], routes)


def test_every_kind_is_observed(project: Project) -> None:
    found = observe(project)
    assert [(w.evidence.path, w.evidence.start, w.rule) for w in found.weaknesses] == [
        ("Dockerfile", 1, "any/container-runs-as-root"),
        ("app.py", 6, "any/hardcoded-secret"),
        ("docker-compose.yml", 4, "any/privileged-container"),
        ("docker-compose.yml", 6, "any/published-data-store"),
        ("handlers.py", 4, "python/command-injection"),
        ("requirements.txt", 2, "any/unpinned-dependency"),
    ]
    assert [c.name for c in found.controls] == ["Parameterized query"]
    assert [(s.technology, s.operation) for s in found.stores] == [("SQLite", "connect"), ("SQLite", "read")]
    assert [(c.destination, c.encrypted) for c in found.external_calls] == [("api.example.org", True)]
    assert [(f.model, f.field, f.category) for f in found.personal_fields] == [
        ("User", "email", "PII"),
        ("User", "password_hash", "credentials"),
        ("customers", "email", "PII"),
    ]
    assert [(d.name, d.version, d.pinned) for d in found.dependencies] == [
        ("python", "3.12", True),
        ("flask", "3.0.0", True),
        ("requests", "", False),
    ]
    assert found.weaknesses_in_tests == 1


def test_a_table_of_accounts_is_one_weakness(tmp_path: Path) -> None:
    rows = "".join(f'    {{"name": "clerk{n}", "password": "Winter-201{n}"}},\n' for n in range(4))
    (tmp_path / "seed.py").write_text(f"CLERKS = [\n{rows}]\ndb_password = 'Autumn-2020'\n")
    found = scan(Project(tmp_path), ["seed.py"]).weaknesses
    assert [(w.rule, w.evidence.start) for w in found] == [("any/hardcoded-secret", 2), ("any/hardcoded-secret", 7)]


def test_what_is_told_once_a_file_is_told_at_its_first_place(tmp_path: Path) -> None:
    (tmp_path / "db.py").write_text("def a(c):\n    c.set_trace_callback(print)\n\ndef b(c):\n    c.set_trace_callback(print)\n")
    assert [w.evidence.start for w in scan(Project(tmp_path), ["db.py"]).weaknesses] == [2]


def test_no_secret_value_is_told(project: Project) -> None:
    text = observe(project).model_dump_json()
    assert "s3cr3t-value" not in text
    assert "p4ssw0rd" not in text


def test_a_function_that_serves_a_route_takes_values_from_outside(project: Project) -> None:
    registration = Evidence.of("openapi.yaml", 1, 1, "x")
    route = Route(
        method="GET",
        path="/ping",
        framework="openapi",
        registration=registration,
        handler=Handler(file="handlers.py", line=3, end=4, function="ping"),
    )
    without, served = ({w.rule: w for w in observe(project, *routes).weaknesses}["python/command-injection"] for routes in ((), (route,)))
    assert (without.attacker_reached, without.confidence.value) == (False, "medium")
    assert (served.attacker_reached, served.confidence.value) == (True, "high")


@pytest.mark.parametrize(
    ("path", "product"),
    [
        ("src/app.py", True),
        ("src/contest.py", True),
        ("src/latest/app.ts", True),
        ("tests/app.py", False),
        ("src/app.spec.ts", False),
        ("src/app_test.go", False),
        ("conftest.py", False),
        ("examples/app.py", False),
        ("src/__tests__/app.js", False),
        ("src/main/java/org/shop/benchmark/test/Speed.java", True),
        ("src/test/java/org/shop/Speed.java", False),
        ("samples/src/main/java/Speed.java", False),
    ],
)
def test_tests_and_examples_are_none_of_the_product(path: str, product: bool) -> None:
    assert is_product(path) is product
