"""PocketBase: routes added to the event of serving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, written

from threat_modeling.codebase.resolvers import pocketbase

if TYPE_CHECKING:
    from pathlib import Path

APP = """package main

import (
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
)

func main() {
	app := pocketbase.New()
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		se.Router.Group("/api").GET("/x/{id}", serve)
		return se.Next()
	})
}

func serve(e *core.RequestEvent) error { return nil }
"""


def test_routes(tmp_path: Path):
    assert handlers(written(tmp_path, pocketbase, {"main.go": APP})) == {"GET /api/x/{id}": "main.go:16 serve"}
