"""Targets that the tests of the pipeline write: small Flask services with a flaw each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.pipeline import run_session
from threat_modeling.request_check import accept
from threat_modeling.session import Session

if TYPE_CHECKING:
    from pathlib import Path

SERVICE = """import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.get("/{name}/search")
def search():
    term = request.args.get("q", "")
    db = sqlite3.connect("shop.db")
    return str(db.execute("SELECT * FROM items WHERE name = '" + term + "'").fetchall())
"""


def write_services(target: Path, names: list[str]) -> Path:
    """A target with one service, hence one SQL injection, in each of the folders `names`."""
    for name in names:
        (target / name).mkdir(parents=True, exist_ok=True)
        (target / name / "app.py").write_text(SERVICE.format(name=name))
    (target / "README.md").write_text("# Shop\n\nSells things to customers.\n")
    return target


def new_session(target: Path, out: Path, **fields: Any) -> Session:
    """A session on a target, as a form would start it."""
    request = accept({"target": str(target), "out": str(out), **fields})
    return Session.create(request, out, {"kind": "test"})


def run_whole(target: Path, out: Path, **fields: Any) -> Session:
    """A whole session under the automatic policy."""
    session = new_session(target, out, approval="auto", **fields)
    run_session(session, None, lambda _: None)
    return session
