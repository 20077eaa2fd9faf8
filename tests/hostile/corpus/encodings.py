"""Bytes that say one thing and mean another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.corpus import Expected

if TYPE_CHECKING:
    from pathlib import Path

CODE = """import sqlite3
from flask import Flask, request
app = Flask(__name__)
@app.get("/encodings/ROUTE")
def f():
    return str(sqlite3.connect("x").execute("SELECT '" + request.args["q"] + "'"))
"""


def case_invalid_utf8(folder: Path) -> None:
    (folder / "broken.py").write_bytes(b"# \xff\xfe\x80\xc0\xaf\xed\xa0\x80\xf5\n" + CODE.replace("ROUTE", "broken").encode() + b"x = '\xc3'\n\xff")
    (folder / "README.md").write_bytes(b"# \xff\xfe\n\n\xed\xa0\x80\n")
    (folder / "package.json").write_bytes(b'{"dependencies": {"\xff": "\xff"}}')
    (folder / "business-context.yaml").write_bytes(b"primary_purpose: \xff\xfe\n")


def case_byte_order_marks(folder: Path) -> None:
    text = CODE.replace("ROUTE", "bom")
    (folder / "bom.py").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (folder / "bom.js").write_bytes(b"\xef\xbb\xbfconst app = require('express')();\napp.get('/encodings/bom/js', (q, s) => eval(q.query.a));\n")
    (folder / "openapi.yaml").write_bytes(b"\xef\xbb\xbfopenapi: 3.0.0\npaths:\n  /encodings/spec:\n    get: {}\n")
    (folder / "package.json").write_bytes(b'\xef\xbb\xbf{"dependencies": {"a": "*"}}')


def case_utf16(folder: Path) -> Expected:
    (folder / "wide.py").write_text(CODE, "utf-16")
    (folder / "wide32.py").write_text(CODE, "utf-32")
    return Expected(skips=(("wide.py", "binary"), ("wide32.py", "binary")))


def case_declared_encoding(folder: Path) -> None:
    (folder / "utf7.py").write_text("# -*- coding: utf-7 -*-\n# +AAo-import os\n" + CODE.replace("ROUTE", "utf7"))
    (folder / "rot13.py").write_text("# coding: rot13\n" + CODE.replace("ROUTE", "rot13"))
    (folder / "latin.py").write_bytes(b"# coding: latin-1\nx = '\xe9'\n" + CODE.replace("ROUTE", "latin").encode())


def case_line_ends(folder: Path) -> None:
    (folder / "crlf.py").write_bytes(CODE.replace("ROUTE", "crlf").replace("\n", "\r\n").encode())
    (folder / "cr.py").write_bytes(CODE.replace("ROUTE", "cr").replace("\n", "\r").encode())
    (folder / "mixed.py").write_bytes(CODE.replace("ROUTE", "mixed").replace("\n", "\n\r\n").encode())
    (folder / "odd.py").write_text(CODE.replace("ROUTE", "odd").replace("\n", "\n# \u2028\u2029\x85\x0b\x0c\x1c\x1d\n"), "utf-8")
    (folder / "crlf.js").write_bytes(b"const app = require('express')();\r\napp.get('/crlf/js', (q, s) => {\r\n  eval(q.query.a);\r\n});\r\n")
    (folder / "Dockerfile").write_bytes(b"FROM python\r\nENV PASSWORD=hunter2hunter2\r\nUSER root\r\n")


def case_broken_code(folder: Path) -> None:
    (folder / "half.py").write_text(CODE.replace("ROUTE", "half") + 'x = """\n' + "def (((" * 50)
    (folder / "noise.py").write_bytes(bytes(range(1, 256)) * 50)
    (folder / "noise.js").write_bytes(bytes(range(255, 0, -1)) * 50)
    (folder / "prose.ts").write_text("This is no code, it's \"prose`. " * 50)
    (folder / "old.py").write_text("print 'x'\nexec 'y' in z\nraise E, 'm'\n`x`\n0777\nur'x'\n")
