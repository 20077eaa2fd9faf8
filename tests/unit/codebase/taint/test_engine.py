"""Taint: how values travel inside a function, between functions and between files, and what hostile code costs."""

from __future__ import annotations

import time
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes
from threat_modeling.codebase.scan import Observations, scan

if TYPE_CHECKING:
    from pathlib import Path

SINK = "os.system"


def observe(root: Path, files: dict[str, str]) -> Observations:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(dedent(text), "utf-8")
    project = Project(root)
    return scan(project, [file.path for file in project.files])


def commands(root: Path, body: str) -> list[int]:
    """Lines of the body (1-based) where a command is reached from outside."""
    code = "import os\nfrom flask import request\ndef run(unused=None):\n" + "".join(f"    {line}\n" for line in dedent(body).strip().split("\n"))
    found = observe(root, {"app.py": code}).weaknesses
    return [w.evidence.start - 3 for w in found if w.weakness_class == "command-injection" and w.attacker_reached]


@pytest.mark.parametrize(
    "body",
    [
        "a = request.args['x']\nos.system(a)",
        "a = request.args.get('x', '')\nb = a.strip().lower()\nos.system(b)",
        "os.system(f\"ls {request.form['x']}\")",
        "os.system('ls %s' % request.form['x'])",
        "os.system('ls {}'.format(request.form['x']))",
        "os.system('ls {x}'.format(x=request.form['x']))",
        "os.system(' '.join(['ls', request.form['x']]))",
        "parts = []\nparts.append(request.args['x'])\nos.system(' '.join(parts))",
        "d = {}\nd['a'] = request.args['x']\nos.system(d['a'])",
        "d = {'a': request.args['x']}\nos.system(d['a'])",
        "a, b = 'ls', request.args['x']\nos.system(b)",
        "a = 'ls ' if unused else request.args['x']\nos.system(a)",
        "for a in request.args.values():\n    os.system(a)",
        "a = ''\nif unused:\n    a = request.args['x']\nos.system(a)",
        "a = ''\nfor i in range(3):\n    os.system(a)\n    a = request.args['x']",
        "a = 'ls '\na += request.args['x']\nos.system(a)",
        "with open('x') as f:\n    a = request.args['x']\n    os.system(a)",
        "a = [x for x in request.args.getlist('x')]\nos.system(a[0])",
        "if (a := request.args['x']):\n    os.system(a)",
        "f = lambda: request.args['x']\nos.system(f())",
        "def inner(y):\n    return 'ls ' + y\nos.system(inner(request.args['x']))",
        "def inner():\n    os.system(request.args['x'])\ninner()",
    ],
)
def test_a_value_from_outside_reaches_the_sink(tmp_path: Path, body: str) -> None:
    lines = dedent(body).split("\n")
    assert commands(tmp_path, body) == [next(n for n, line in enumerate(lines, 1) if SINK in line)]


@pytest.mark.parametrize(
    "body",
    [
        "os.system('ls')",
        "a = 'ls'\nos.system(a)",
        "a = request.args['x']\na = 'ls'\nos.system(a)",
        "os.system('ls %d' % int(request.args['x']))",
        "d = {'a': request.args['x'], 'b': 'ls'}\nos.system(d['b'])",
        "a, b = 'ls', request.args['x']\nos.system(a)",
        "a = request.args['x']\nif a not in ('up', 'down'):\n    return\nos.system(a)",
        "a = request.args['x']\nif a in ['up', 'down']:\n    os.system(a)",
        "a = request.args['x']\nif a == 'up':\n    os.system(a)",
        "a = request.args['x']\nif not a.isalnum():\n    raise ValueError\nos.system(a)",
        "a = request.args['x']\nif 1 > 2:\n    os.system(a)",
        "os.system('ls' if request.args['x'] == 'a' else 'pwd')",
    ],
)
def test_what_is_constant_checked_or_converted_is_left_alone(tmp_path: Path, body: str) -> None:
    assert commands(tmp_path, body) == []


def test_a_guard_of_one_branch_does_not_hold_in_the_other(tmp_path: Path) -> None:
    assert commands(tmp_path, "a = request.args['x']\nif a.isalnum():\n    pass\nelse:\n    os.system(a)") == [5]


FILES = {
    "app/views.py": """
        from flask import Flask, request
        from app.models import User
        from app import shell

        app = Flask(__name__)

        @app.route("/users")
        def users():
            return User.by_name(request.args["name"])

        @app.route("/ping")
        def ping():
            shell.Runner("ping").run(host=request.args["host"])
            return ""
        """,
    "app/__init__.py": "",
    "app/models.py": """
        from app.database import connection

        class User:
            @classmethod
            def by_name(cls, name):
                sql = f"SELECT * FROM users WHERE name = '{name}'"
                return connection.cursor().execute(sql).fetchone()
        """,
    "app/shell.py": """
        import os

        class Runner:
            def __init__(self, program):
                self.program = program

            def run(self, host):
                os.system(self.program + " " + host)
        """,
    "app/database.py": "import sqlite3\nconnection = sqlite3.connect('app.db')\n",
}


def test_a_sink_in_another_file_is_reported_there_with_the_way_to_it(tmp_path: Path) -> None:
    found = {w.weakness_class: w for w in observe(tmp_path, FILES).weaknesses if w.attacker_reached}
    sql = found["sql-injection"]
    assert (sql.evidence.path, sql.evidence.start, sql.function) == ("app/models.py", 8, "User.by_name")
    assert [(step.kind, step.evidence.path, step.evidence.start) for step in sql.trace] == [
        ("source", "app/views.py", 10),
        ("process", "app/views.py", 10),
        ("process", "app/models.py", 7),
        ("sink", "app/models.py", 8),
    ]
    assert (found["command-injection"].evidence.path, found["command-injection"].evidence.start) == ("app/shell.py", 9)


def test_a_component_reports_what_its_callers_reach_elsewhere(tmp_path: Path) -> None:
    observe(tmp_path, FILES)
    project = Project(tmp_path)
    assert "sql-injection" in {w.weakness_class for w in scan(project, ["app/views.py"]).weaknesses if w.attacker_reached}
    alone = [w for w in scan(project, ["app/models.py"]).weaknesses if w.weakness_class == "sql-injection"]
    assert [w.attacker_reached for w in alone] == [False]


def test_recursion_ends(tmp_path: Path) -> None:
    assert commands(tmp_path, "def again(x):\n    os.system(x)\n    return again(x)\nagain(request.args['x'])") == [2]


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "f(" * 3000 + "1" + ")" * 3000,
        "x = " + "[" * 3000 + "]" * 3000,
        "x = " + " + ".join(["a"] * 20_000),
        "\n".join(" " * n + "if x:" for n in range(300)) + "\n" + " " * 300 + "pass",
        "\n".join(f"def f{n}(x):\n    return f{n + 1}(f{n + 1}(x))" for n in range(400)),
        "\n".join(f"x{n} = x{n - 1} + x{n - 1}" for n in range(1, 3000)),
        "x = {" + ", ".join(f"'k{n}': request.args" for n in range(5000)) + "}",
        "for a in b:\n" + "".join(" " * n + "for a in b:\n" for n in range(1, 60)) + " " * 60 + "os.system(a)",
    ],
    ids=["calls", "lists", "sum", "ifs", "call chain", "doubling", "wide mapping", "loops"],
)
def test_hostile_code_is_read_in_bounded_time(tmp_path: Path, code: str) -> None:
    started = time.monotonic()
    observe(tmp_path, {"app.py": "import os\nfrom flask import request\nos.system('ls')\n" + code})
    assert time.monotonic() - started < 20


def test_the_same_code_gives_the_same_observations(tmp_path: Path) -> None:
    assert observe(tmp_path, FILES).model_dump_json() == observe(tmp_path, FILES).model_dump_json()


def test_what_a_dependency_fills_comes_from_no_caller(tmp_path):
    app = """
    import os
    from fastapi import FastAPI
    from deps import Reader, Store

    app = FastAPI()

    @app.get("/a")
    def a(store: Store, name: str):
        os.system(f"ls {store}")

    @app.get("/b")
    def b(store: Store, name: str):
        os.system(f"ls {name}")

    @app.get("/c")
    def c(reader: Reader):
        os.system(f"ls {reader}")
    """
    deps = """
    from typing import Annotated
    from fastapi import Depends

    def opened():
        return "store"

    Store = Annotated[str, Depends(opened)]
    Reader = Annotated[str, Depends()]
    """
    (tmp_path / "app.py").write_text(dedent(app))
    (tmp_path / "deps.py").write_text(dedent(deps))
    project = Project(tmp_path)
    found = scan(project, ["app.py"], routes(project)).weaknesses
    assert [w.evidence.start for w in found if w.attacker_reached] == [14, 18]


def test_what_a_route_converts_is_no_text_unless_another_route_takes_it_as_it_is(tmp_path):
    (tmp_path / "urls.py").write_text(
        dedent("""
        from django.urls import path
        import views
        urlpatterns = [
            path("a/<int:number>/<name>/", views.a),
            path("b/<int:number>/", views.b),
            path("c/<str:number>/", views.b),
        ]
        """)
    )
    (tmp_path / "views.py").write_text(
        dedent("""
        import os

        def a(request, number, name):
            os.system(f"ls {number}")
            os.system(f"ls {name}")

        def b(request, number):
            os.system(f"ls {number}")
        """)
    )
    project = Project(tmp_path)
    found = scan(project, ["views.py"], routes(project)).weaknesses
    assert [w.evidence.start for w in found if w.attacker_reached] == [6, 9]
