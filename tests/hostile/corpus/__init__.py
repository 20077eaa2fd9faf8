"""Hostile targets, built when the tests run: one function `case_<name>(folder)` each, found by being in this folder.

A case writes whatever it likes below its own folder, beside the planted weakness in `shop.py`, and says what must come of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

PLANTED = """import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.get("/{name}/search")
def search():
    term = request.args.get("q", "")
    db = sqlite3.connect("shop.db")
    return str(db.execute("SELECT * FROM items WHERE name = '" + term + "'").fetchall())
"""
OUTSIDE = "text-from-outside-the-target"
"""Stands only in files outside the target: where it shows up, something was read that must not be."""


@dataclass(frozen=True)
class Expected:
    """What must come of a case: `skips` is path below its folder -> word of the reason, `shown` are texts that the HTML report must show."""

    skips: tuple[tuple[str, str], ...] = ()
    shown: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    """Values that nothing may show."""


STORMS = "storms"
"""The file of the cases that are too much work for one crowd."""


@cache
def cases() -> dict[str, Callable[[Path], Expected | None]]:
    """Every case by name."""
    return {name: case for entry in pkgutil.iter_modules(__path__) for name, case in cases_of(entry.name).items()}


def cases_of(file: str) -> dict[str, Callable[[Path], Expected | None]]:
    """The cases of one file of this folder."""
    found = vars(importlib.import_module(f"{__name__}.{file}"))
    return {name.removeprefix("case_"): case for name, case in sorted(found.items()) if name.startswith("case_")}


def crowd() -> list[str]:
    """The cases that stand in one target together."""
    return sorted(cases().keys() - cases_of(STORMS).keys())


def build(root: Path, names: Iterable[str]) -> dict[str, Expected]:
    """Write these cases below a folder, each with its planted weakness; what must come of each."""
    expected = {}
    for name in names:
        folder = root / name
        folder.mkdir(parents=True)
        (folder / "shop.py").write_text(PLANTED.format(name=name))
        expected[name] = cases()[name](folder) or Expected()
    return expected
