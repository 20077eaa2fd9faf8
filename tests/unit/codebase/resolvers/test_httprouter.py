"""httprouter: a group, a route, its handler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, written

from threat_modeling.codebase.resolvers import httprouter

if TYPE_CHECKING:
    from pathlib import Path

APP = """package main

import "github.com/julienschmidt/httprouter"

func main() {
	r := httprouter.New()
	r.HandlerFunc("PUT", "/x/:id", serve)
}

func serve() {}
"""


def test_routes(tmp_path: Path):
    assert handlers(written(tmp_path, httprouter, {"main.go": APP})) == {"PUT /x/{id}": "main.go:10 serve"}
