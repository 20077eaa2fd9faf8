"""Cases that ask for more work than the rest together: each is mapped alone, against the clock."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.hostile.corpus.documents import manifests
from tests.hostile.corpus.shapes import DEEP, python

if TYPE_CHECKING:
    from pathlib import Path


def case_many_routes(folder: Path) -> None:
    """2,000 routes in one file."""
    text = "from flask import Flask, request\nimport sqlite3\napp = Flask(__name__)\n"
    text += "".join(f"@app.route('/many_routes/{n}', methods=['GET', 'POST'])\ndef f{n}():\n    return request.args['a']\n" for n in range(1000))
    (folder / "app.py").write_text(text)
    (folder / "app.js").write_text(
        "const app = require('express')();\n" + "".join(f"app.get('/many_routes/js/{n}', (q, s) => s.send('x'));\n" for n in range(1000))
    )


def case_loop_storm(folder: Path) -> None:
    text = "import os\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.get('/loop_storm')\ndef g():\n    x = request.args['q']\n"
    text += "".join("    " * (n + 1) + f"for i{n} in x:\n" for n in range(18)) + "    " * 19 + "x = x + i17\n    os.system(x)\n"
    (folder / "app.py").write_text(text)
    (folder / "routes.py").write_text(
        "from flask import Flask\napp = Flask(__name__)\n"
        + "".join("    " * n + f"for v{n} in ['a', 'b', 'c', 'd']:\n" for n in range(12))
        + "    " * 12
        + "app.add_url_rule('/' + "
        + " + ".join(f"v{n}" for n in range(12))
        + ", view_func=lambda: 1)\n"
    )
    (folder / "routes.js").write_text(
        "const app = require('express')();\n"
        + "".join(f"['a','b','c','d'].forEach(v{n} => {{\n" for n in range(12))
        + "app.get('/' + "
        + " + ".join(f"v{n}" for n in range(12))
        + ", (q, s) => s.send(1));\n"
        + "});" * 12
    )


def case_star_storm(folder: Path) -> None:
    """30 files that all import everything from each other: paths through them are without number."""
    every = "".join(f"from .m{n} import *\n" for n in range(30))
    for n in range(30):
        (folder / f"m{n}.py").write_text(
            f"from flask import Blueprint, request\n{every}import os\nos.system(nothing_{n})\n@unknown.route('/star_storm/{n}')\ndef g(): return missing(request.args)\n"
        )
    both = "".join(f"export * from './n{n}';\n" for n in range(30))
    for n in range(30):
        (folder / f"n{n}.js").write_text(f"{both}import {{missing{n}}} from './n{(n + 1) % 30}';\nmissing{n}.get('/star_storm/js', missing{n});\n")


def case_slow_patterns(folder: Path) -> None:
    """Text on which a careless regular expression takes for ever."""
    lines = [
        "password" * 480,
        "password" + " " * 3900,
        "a" * 3990 + ":",
        "secret_" * 560 + "=",
        "http://" + "a:" * 1900,
        "-" * 3990,
        "token_" * 600 + "'" + "\\" * 300,
        "SELECT " * 500,
        "<" * 3900,
        "(" * 3900,
        "[](" * 1300,
        "A" * 3990,
        "eyJ" + "a" * 1900 + "." + "eyJ" * 600,
        "FROM " + "a/" * 1900,
        "x=" + '"' * 3900,
    ]
    every = "\n".join(lines * 5)
    for name in (
        "slow.py",
        "slow.js",
        "Dockerfile",
        "slow.env",
        "slow.html",
        "slow.yml",
        "requirements.txt",
        "pom.xml",
        "README.md",
        "slow.sql",
        "nginx.conf",
    ):
        (folder / name).write_text(every)
    (folder / "pnpm-lock.yaml").write_text("packages:\n" + every)
    (folder / "package.json").write_text(json.dumps({"dependencies": {line: line for line in lines}}))
    (folder / ".gitignore").write_text("*" * 150 + "\n" + "**/" * 60 + "\n" + "[" * 100 + "\n*\n")


def case_router_tree(folder: Path) -> None:
    """Routers that each mount the next one twice: 2 to the power of 25 routes."""
    flask = ["from flask import Flask, Blueprint", "app = Flask(__name__)"]
    fast = ["from fastapi import FastAPI, APIRouter", "app = FastAPI()"]
    express = ["const express = require('express'); const app = express();"]
    for n in range(25):
        flask.append(f"b{n} = Blueprint('b{n}', __name__)")
        fast.append(f"r{n} = APIRouter()")
        express.append(f"const r{n} = express.Router();")
    for n in range(24):
        flask += [f"b{n}.register_blueprint(b{n + 1}, url_prefix='/{way}{n}')" for way in "xy"]
        fast += [f"r{n}.include_router(r{n + 1}, prefix='/{way}{n}')" for way in "xy"]
        express += [f"r{n}.use('/{way}{n}', r{n + 1});" for way in "xy"]
    flask += ["app.register_blueprint(b0)", "@b24.get('/flask')", "def f(): pass"]
    fast += ["app.include_router(r0)", "@r24.get('/fast')", "def f(): pass"]
    express += ["app.use(r0);", "r24.get('/express', (q, s) => s.send(1));"]
    (folder / "flask_app.py").write_text("\n".join(flask) + "\n")
    (folder / "fast_app.py").write_text("\n".join(fast) + "\n")
    (folder / "express_app.js").write_text("\n".join(express) + "\n")
    (folder / "urls.py").write_text(
        "from django.urls import path, include\n"
        + "".join(f"u{n} = [path('x{n}/', include(u{n + 1})), path('y{n}/', include(u{n + 1}))]\n" for n in range(24))
        + "u24 = [path('z', v)]\nurlpatterns = [path('', include(u0))]\n"
    )


def case_same_routes(folder: Path) -> None:
    """One route registered 300 times, with handlers of the same name."""
    text = "from flask import Flask\napp = Flask(__name__)\n" + "@app.get('/same_routes/x')\ndef f():\n    return 'x'\n" * 300
    (folder / "app.py").write_text(text)
    (folder / "app.js").write_text("const app = require('express')();\n" + "app.get('/same_routes/x', (q, s) => s.send('x'));\n" * 300)


def case_openapi_wide(folder: Path) -> None:
    """2,000 operations, and a schema that doubles at each step."""
    schemas = {f"S{n}": {"allOf": [{"$ref": f"#/components/schemas/S{n + 1}"}] * 2, "properties": {f"p{n}": {}}} for n in range(40)}
    paths = {
        f"/openapi_wide/{n}": {
            "get": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}} if n < 50 else {}
        }
        for n in range(1000)
    }
    (folder / "openapi.json").write_text(json.dumps({"openapi": "3.0.0", "paths": paths, "components": {"schemas": schemas}}))


def case_deep_decorators(folder: Path) -> None:
    python(folder, "@app.get('/deep_decorators/a')\n" * 5000 + "def f():\n  pass\n")


def case_call_tree(folder: Path) -> None:
    """Each function calls the next one four times: 4 to the power of 40 paths."""
    text = "import os\nfrom flask import Flask, request\napp = Flask(__name__)\n"
    text += "".join(f"def f{n}(a, b):\n    f{n + 1}(a, b)\n    f{n + 1}(b, a)\n    return f{n + 1}(f{n + 1}(a, 1), b)\n" for n in range(40))
    (folder / "app.py").write_text(
        text + "def f40(a, b):\n    os.system(a)\n    return b\n@app.get('/call_tree')\ndef g():\n    return f0(request.args['q'], 1)\n"
    )


def case_deep_elif(folder: Path) -> None:
    python(folder, "if a:\n  b\n" + "elif a:\n  b\n" * DEEP)


def case_yaml_flood(folder: Path) -> None:
    manifests(folder, "x:\n" + "  - a\n" * 90_000)


def case_yaml_flow_flood(folder: Path) -> None:
    manifests(folder, "x: [" + "{a: b}," * 60_000 + "]\n")
