"""Observations for the tests of phase 3, with the fields that a test does not care about filled in."""

from __future__ import annotations

from typing import Any

from threat_modeling.codebase.observations import Guard, Handler, Route, StoreAccess, TraceStep, Weakness
from threat_modeling.model import ControlCategory, Depth, Evidence
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap, FileCoverage


def at(path: str = "app.py", line: int = 1) -> Evidence:
    return Evidence.of(path, line, line, f"{path} {line}")


def guard(category: str = "authentication") -> Guard:
    return Guard(category=ControlCategory(category), name="login required", scope="route", evidence=at(line=9))


def route(method: str = "GET", path: str = "/", file: str = "app.py", line: int = 10, **more: Any) -> Route:
    handler = Handler(file=file, line=line, end=line + 5, function="view")
    return Route(**{"method": method, "path": path, "framework": "flask", "handler": handler, "registration": at(file, line), **more})


def weakness(path: str = "app.py", line: int = 12, **more: Any) -> Weakness:
    given = {
        "rule": "r",
        "title": "SQL injection",
        "message": "m",
        "cwe": "CWE-89",
        "weakness_class": "sql-injection",
        "category": ControlCategory.INPUT_VALIDATION,
        "evidence": at(path, line),
        "function": "view",
    }
    return Weakness(**{**given, **more})


def step(kind: str, path: str, line: int) -> TraceStep:
    return TraceStep.model_validate({"kind": kind, "name": kind, "evidence": at(path, line)})


def store(path: str = "app.py", line: int = 12, technology: str = "sqlite3", operation: str = "read") -> StoreAccess:
    return StoreAccess.model_validate(
        {"technology": technology, "kind": "sql", "operation": operation, "name": "db", "function": "view", "evidence": at(path, line)}
    )


def component(name: str = "app", **more: Any) -> ComponentMap:
    given = {
        "component": name,
        "path": ".",
        "depth": Depth.FULL,
        "languages": {"python": 1},
        "frameworks": (),
        "coverage": FileCoverage(files=1, analyzed=1, lines=20),
    }
    return ComponentMap(**{**given, **more})
