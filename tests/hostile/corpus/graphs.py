"""Imports, blueprints, routes and calls that go in circles or grow without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.corpus import Expected

if TYPE_CHECKING:
    from pathlib import Path


def case_import_circle(folder: Path) -> None:
    (folder / "__init__.py").write_text("from .a import *\nfrom . import *\nfrom .. import *\nfrom ....... import x\n")
    (folder / "a.py").write_text("from .b import *\nfrom .b import x as y\nfrom .a import z\nfrom flask import Flask\napp = y\n")
    (folder / "b.py").write_text(
        "from .a import *\nfrom .a import y as x\nfrom . import b\nimport b.b.b.b\n@x.get('/import_circle/x')\ndef f(): pass\n"
    )
    (folder / "a.js").write_text("export * from './b'; export {x as y} from './b'; import d, * as z from './a'; export default d; z.get('/a', d);\n")
    (folder / "b.js").write_text("export * from './a'; export {y as x} from './a'; module.exports = require('./a'); exports.z = require('./b');\n")


def case_blueprint_circle(folder: Path) -> None:
    (folder / "app.py").write_text(
        "from flask import Flask, Blueprint\nimport os\nfrom flask import request\na = Blueprint('a', __name__, url_prefix='/a')\nb = Blueprint('b', __name__, url_prefix='/b')\n"
        "a.register_blueprint(b)\nb.register_blueprint(a)\na.register_blueprint(a, url_prefix='/again')\napp = Flask(__name__)\n"
        "app.register_blueprint(a)\napp.register_blueprint(b)\n@a.get('/x')\ndef x(): return os.system(request.args['q'])\n"
    )


def case_router_circle(folder: Path) -> None:
    (folder / "app.py").write_text(
        "from fastapi import FastAPI, APIRouter, Depends\napp = FastAPI()\na = APIRouter(prefix='/a')\nb = APIRouter(prefix='/b')\n"
        "def d(x=Depends(lambda: d)): pass\ndef e(x=Depends(e)): pass\na.include_router(b)\nb.include_router(a)\na.include_router(a)\n"
        "app.include_router(a)\napp.include_router(b)\napp.mount('/m', app)\n@a.get('/x', dependencies=[Depends(d), Depends(e)])\ndef x(y=Depends(e)): pass\n"
    )
    (folder / "app.js").write_text(
        "const express = require('express'); const app = express(); const a = express.Router(); const b = express.Router();\n"
        "a.use('/b', b); b.use('/a', a); a.use(a); app.use('/x', app); app.use('/a', a);\na.get('/y', (req, res) => { eval(req.query.q); });\n"
    )
    (folder / "urls.py").write_text(
        "from django.urls import path, include\nfrom . import urls\nurlpatterns = [path('a/', include('router_circle.urls')), path('b/', include(urls)),"
        " path('c/', include(urlpatterns)), path('d/', view)]\nurlpatterns += urlpatterns\n"
    )


def case_call_circle(folder: Path) -> None:
    text = "import os\nfrom flask import Flask, request\napp = Flask(__name__)\n"
    text += "".join(f"def f{n}(x):\n    f{(n + 1) % 200}(x)\n    f{(n * 7) % 200}(x)\n    return f{(n * 3) % 200}(f{n}(x))\n" for n in range(200))
    (folder / "app.py").write_text(text + "@app.get('/call_circle')\ndef g():\n    os.system(f0(request.args['q']))\n    return g()\n")
    text = "const app = require('express')();\n" + "".join(
        f"function f{n}(x) {{ f{(n + 1) % 200}(x); return f{(n * 7) % 200}(f{n}(x)); }}\n" for n in range(200)
    )
    (folder / "app.js").write_text(text + "app.get('/call_circle/js', (req, res) => { eval(f0(req.query.q)); });\n")


def case_assignment_storm(folder: Path) -> None:
    """Names that are assigned from each other in circles, in branches that double at each step."""
    body = "".join(f"    if a{n}:\n        a{n + 1} = a{n} + a{n}\n    else:\n        a{n + 1} = [a{n}, a{n}, {{'k': a{n}}}]\n" for n in range(200))
    text = f"import os\nfrom flask import Flask, request\napp = Flask(__name__)\nx = y\ny = x\nz = z + z\n@app.get('/assignment_storm')\ndef g():\n    a0 = request.args['q']\n{body}    os.system(a200)\n"
    (folder / "app.py").write_text(text)
    text = "X0 = 'ab'\n" + "".join(f"X{n + 1} = X{n} + X{n}\n" for n in range(60)) + "import os\nos.system(X60)\n"
    (folder / "constants.py").write_text(text)
    (folder / "constants.js").write_text("const X0 = 'ab';\n" + "".join(f"const X{n + 1} = X{n} + X{n};\n" for n in range(60)) + "eval(X60);\n")


def case_class_circle(folder: Path) -> None:
    (folder / "models.py").write_text(
        "from django.db import models\nfrom django.views import View\nclass A(B):\n    email = models.CharField()\nclass B(A):\n    b = A\nclass C(C):\n    pass\n"
        "class V(V, View):\n    def get(self, request): return self.get(request)\n"
        + "".join(f"class D{n}(D{n + 1}, D{n + 1}, D{n + 2}):\n    password = {n}\n" for n in range(60))
    )


def case_decorator_circle(folder: Path) -> None:
    (folder / "app.py").write_text(
        "from flask import Flask, request\nimport os\napp = Flask(__name__)\ndef d(f):\n    @d\n    def w(*a):\n        return d(f)(*a)\n    return w\nd = d(d)\n"
        "@d\n@d(d)\n@app.get('/decorator_circle')\n@x.y[0](1)(2)(3)\ndef g():\n    os.system(request.args['q'])\n"
    )


def case_settings_circle(folder: Path) -> Expected:
    (folder / "package.json").write_text(
        '{"name": "x", "main": "./package.json", "exports": {".": {"import": "./a.js", "require": "."}}, "workspaces": ["../*", "/", "**/**/**/**/**", "../../.."]}'
    )
    (folder / "tsconfig.json").write_text(
        '{"extends": "./tsconfig.json", "references": [{"path": "."}], "compilerOptions": {"baseUrl": "../../..", "paths": {"*": ["*", "../*", "/etc/*"], "@*/*": ["*"]}}}'
    )
    (folder / "a.ts").write_text("import x from '@a/b'; import y from 'x'; import z from '../../../etc/passwd'; import w from '*'; x.get('/a', y);\n")
    (folder / "pyproject.toml").write_text(
        '[tool.setuptools.packages.find]\nwhere = ["..", "/", "../../.."]\n[tool.poetry]\npackages = [{include = "../**"}]\n'
    )
    return Expected()
