"""The application that holds them all."""

from __future__ import annotations

import base64
import itertools
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.hostile.planted.forms import BY_FORM_ALONE, FORMS, SHAPES
from tests.hostile.planted.kinds import KINDS, some, start_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHELL = """import os
import sqlite3

import requests
from flask import Flask, request

app = Flask(__name__)


@app.post("/{service}/login")
def login():
    requests.get("https://" + request.args["host"], headers={{"X-Api-Key": "{first}"}})
    return str(sqlite3.connect("x").execute("SELECT '{second}' FROM users WHERE id = " + request.args["id"]))


"""


def lines() -> Iterator[tuple[str, str, str, str]]:
    """(kind, file, line, secret) of every secret: each kind in each form that it can stand in."""
    start_over()
    numbers = itertools.count()
    for name, kind in KINDS.items():
        names = itertools.cycle(one for one in kind.names if one)
        form_alone = "" in kind.names
        for file, forms in BY_FORM_ALONE.items() if form_alone else ():
            for form in forms:
                yield from _line(name, file, form, next(names), next(numbers))
        for file, forms in FORMS.items():
            for form in forms if not form_alone else forms[:2]:
                yield from _line(name, file, form, next(names), next(numbers))
    for file, forms in SHAPES.items():
        for form, _ in itertools.product(forms, range(4)):
            yield from _line("shape", file, form, "", next(numbers))


def _line(kind: str, file: str, form: str, name: str, number: int) -> Iterator[tuple[str, str, str, str]]:
    value = (KINDS["access-token"] if "Bearer" in form else KINDS["password"] if kind == "shape" else KINDS[kind]).make()
    value = quote(value, safe="") if "?{n}=" in form else value
    yield kind, file, form.format(n=name, v=value, i=number), value


def plant(root: Path) -> list[str]:
    """Write the application below a folder, a service for each kind; returns the secrets."""
    secrets: list[str] = []
    for kind, rows in itertools.groupby(lines(), key=lambda row: row[0]):
        folder = root / kind
        folder.mkdir(parents=True)
        texts: dict[str, str] = {}
        for _, file, line, secret in rows:
            secrets.append(secret)
            texts[file] = texts.get(file, "") + line + "\n"
        first, second = KINDS["github"].make(), KINDS["aws-access-key"].make()
        secrets += [first, second]
        texts["app.py"] = SHELL.format(service=kind, first=first, second=second) + texts.get("app.py", "")
        texts["Dockerfile"] = "FROM python:3\nUSER root\n" + texts.get("Dockerfile", "")
        for file, text in texts.items():
            (folder / file).write_text(text, "utf-8")
    return secrets + _keys(root / "keys")


def _keys(folder: Path) -> list[str]:
    """Private keys in files, in code and in JSON; each line of one is a secret."""
    folder.mkdir()
    secrets = []
    for number, title in enumerate(("RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY")):
        body = base64.b64encode(some(500).encode()).decode()
        rows = [body[i : i + 64] for i in range(0, len(body), 64)]
        block = [f"-----BEGIN {title}-----", *rows, f"-----END {title}-----"]
        (folder / f"{number}.pem").write_text("\n".join(block) + "\n")
        (folder / f"{number}.py").write_text("KEY = '''" + "\n".join(block) + "'''\n")
        (folder / f"{number}.json").write_text('{\n  "type": "service_account",\n  "private_key": "' + "\\n".join(block) + '\\n"\n}\n')
        secrets += rows
    return secrets
