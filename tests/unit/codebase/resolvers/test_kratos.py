"""Kratos: a group, a route, its handler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, written

from threat_modeling.codebase.resolvers import kratos

if TYPE_CHECKING:
    from pathlib import Path

APP = """package main

import "github.com/go-kratos/kratos/v2/transport/http"

func main() {
	s := http.NewServer()
	s.Route("/g").DELETE("/x/{id}", serve)
}

func serve() {}
"""


def test_routes(tmp_path: Path):
    assert handlers(written(tmp_path, kratos, {"main.go": APP})) == {"DELETE /g/x/{id}": "main.go:10 serve"}
