"""Files that are too large, too long or too deep for a careless parser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.hostile.corpus import Expected

if TYPE_CHECKING:
    from pathlib import Path

DEEP = 20_000
HEAD = "import os\nfrom flask import request, Flask\napp = Flask(__name__)\n"


def python(folder: Path, text: str) -> None:
    (folder / "deep.py").write_text(HEAD + text)


def _javascript(folder: Path, text: str) -> None:
    (folder / "deep.js").write_text('const express = require("express");\nconst app = express();\n' + text)


def case_deep_parentheses(folder: Path) -> None:
    python(folder, "x = " + "(" * DEEP + "1" + ")" * DEEP + "\n")


def case_deep_lists(folder: Path) -> None:
    python(folder, "x = " + "[" * DEEP + "]" * DEEP + "\n")


def case_deep_dicts(folder: Path) -> None:
    python(folder, "x = " + "{1:" * DEEP + "1" + "}" * DEEP + "\n")


def case_deep_calls(folder: Path) -> None:
    python(folder, "os.system(" + "f(" * DEEP + "request.args" + ")" * DEEP + ")\n")


def case_deep_attributes(folder: Path) -> None:
    python(folder, "x = request" + ".a" * DEEP + "\nos.system(x)\n")


def case_deep_subscripts(folder: Path) -> None:
    python(folder, "x = request" + "[0]" * DEEP + "\nos.system(x)\n")


def case_deep_call_chain(folder: Path) -> None:
    python(folder, "x = request" + ".a()" * DEEP + "\nos.system(x)\n")


def case_deep_sum(folder: Path) -> None:
    python(folder, "x = request.args['a']" + " + 'b'" * DEEP + "\nos.system(x)\n")


def case_deep_not(folder: Path) -> None:
    python(folder, "x = " + "not " * DEEP + "1\ny = " + "-" * DEEP + "1\n")


def case_deep_lambdas(folder: Path) -> None:
    python(folder, "x = " + "lambda: " * DEEP + "1\n")


def case_deep_conditions(folder: Path) -> None:
    python(folder, "x = " + "1 if 1 else " * DEEP + "1\n")


def case_deep_fstrings(folder: Path) -> None:
    python(folder, "x = " + "f'{" * 2000 + "1" + "}'" * 2000 + "\n")


def case_deep_blocks(folder: Path) -> None:
    python(folder, "".join(" " * n + "if x:\n" for n in range(900)) + " " * 900 + "os.system(request.args)\n")


def case_deep_functions(folder: Path) -> None:
    python(folder, "".join(" " * n + f"def f{n}(a=request.args):\n" for n in range(900)) + " " * 900 + "os.system(a)\n")


def case_deep_classes(folder: Path) -> None:
    python(folder, "".join(" " * n + f"class C{n}:\n" for n in range(900)) + " " * 900 + "email = 1\n")


def case_deep_javascript_blocks(folder: Path) -> None:
    _javascript(folder, "{" * DEEP + "}" * DEEP)


def case_deep_javascript_arrays(folder: Path) -> None:
    _javascript(folder, "x = " + "[" * DEEP + "]" * DEEP + ";\neval(x);")


def case_deep_javascript_functions(folder: Path) -> None:
    _javascript(folder, "app.get('/a', " + "() => " * DEEP + "1);")


def case_deep_javascript_callbacks(folder: Path) -> None:
    _javascript(folder, "app.use(function(req, res, next) {" * 3000 + "eval(req.query.a)" + "})" * 3000)


def case_deep_promises(folder: Path) -> None:
    _javascript(folder, "fetch(x)" + ".then(a => eval(a))" * DEEP)


def case_deep_templates(folder: Path) -> None:
    _javascript(folder, "x = " + "`${" * 5000 + "1" + "}`" * 5000 + ";")


def case_deep_jsx(folder: Path) -> None:
    (folder / "deep.jsx").write_text("const x = " + "<a>" * 5000 + "</a>" * 5000 + ";\n")


def case_deep_types(folder: Path) -> None:
    (folder / "deep.ts").write_text("type A = " + "Array<" * 5000 + "1" + ">" * 5000 + ";\nlet x: " + "[" * 5000 + "]" * 5000 + ";\n")


def case_deep_json(folder: Path) -> None:
    (folder / "openapi.json").write_text('{"openapi": "3.0.0", "paths": ' + '{"a":' * DEEP + "1" + "}" * DEEP + "}")
    (folder / "package.json").write_text('{"dependencies": ' + "[" * 100_000 + "]" * 100_000 + "}")
    (folder / "package-lock.json").write_text("[" * 100_000 + "]" * 100_000)
    (folder / "tsconfig.json").write_text("[" * 100_000)


def case_deep_yaml(folder: Path) -> None:
    (folder / "openapi.yaml").write_text("openapi: 3.0.0\npaths: " + "[" * DEEP + "]" * DEEP + "\n")
    (folder / "swagger.yml").write_text("swagger: '2.0'\npaths:\n" + "".join(" " * n + "a:\n" for n in range(1, 2000)))
    (folder / "docker-compose.yml").write_text("services:\n" + "".join(" " * n + "a:\n" for n in range(1, 1000)))
    (folder / "compose.yaml").write_text("services: " + "{a: " * 4000 + "}" * 4000 + "\n")


def case_deep_toml(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("a = " + "[" * DEEP + "]" * DEEP + "\n")
    (folder / "Pipfile").write_text("a" + ".a" * DEEP + " = 1\n")


def case_one_line_of_code(folder: Path) -> Expected:
    (folder / "line.py").write_text("x = [" + "1," * 2_500_000 + "]\n")
    (folder / "line.js").write_text("x = '" + "a" * 5_000_000 + "';\n")
    (folder / "half.py").write_text("x = '" + "a" * 500_000 + "'\n")
    return Expected(skips=(("line.py", "larger than"), ("line.js", "larger than"), ("half.py", "a line of")))


def case_one_line_of_data(folder: Path) -> Expected:
    (folder / "data.json").write_text(json.dumps(["x" * 100] * 50_000))
    (folder / "openapi.json").write_text('{"openapi": "3.0.0", "x": "' + "a" * 5_000_000 + '"}')
    (folder / "page.html").write_text("<p>" + "a" * 5_000_000)
    return Expected(skips=(("data.json", "larger than"), ("openapi.json", "larger than"), ("page.html", "larger than")))


def case_minified(folder: Path) -> Expected:
    (folder / "bundle.js").write_text("var a=1;" * 10_000)
    return Expected(skips=(("bundle.js", "minified"),))


def case_long_name_of_everything(folder: Path) -> None:
    """Lines just below every limit."""
    word = "secret_" * 570
    python(folder, f"{word} = '{word}'\npassword = '{'a ' * 1990}'\n" + f"@app.get('/{'x' * 3900}')\ndef f():\n  os.system(request.args['a'])\n")
