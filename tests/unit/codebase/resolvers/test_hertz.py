"""Hertz: a group, a route, its handler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, written

from threat_modeling.codebase.resolvers import hertz

if TYPE_CHECKING:
    from pathlib import Path

APP = """package main

import "github.com/cloudwego/hertz/pkg/app/server"

func main() {
	h := server.Default()
	h.Group("/g").POST("/x/:id", serve)
}

func serve() {}
"""


def test_routes(tmp_path: Path):
    assert handlers(written(tmp_path, hertz, {"main.go": APP})) == {"POST /g/x/{id}": "main.go:10 serve"}
