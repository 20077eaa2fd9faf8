"""Goyave: subrouters, middleware of routers and of routes, controllers that register themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import seen, written

from threat_modeling.codebase.resolvers import goyave

if TYPE_CHECKING:
    from pathlib import Path

APP = """package main

import (
	"goyave.dev/goyave/v5"
	"goyave.dev/goyave/v5/auth"
)

type books struct{}

func (b *books) RegisterRoutes(router *goyave.Router) {
	router.Delete("/books/{id:[0-9]+}", b.drop)
}

func (b *books) drop(response *goyave.Response, request *goyave.Request) {}

func main() {
	server, _ := goyave.New(goyave.Options{})
	server.RegisterRoutes(func(_ *goyave.Server, router *goyave.Router) {
		api := router.Subrouter("/api")
		api.Get("/open", nil)
		api.Get("/closed", nil).Middleware(auth.Middleware(a))
		api.Controller(&books{})
	})
}
"""


def test_guards(tmp_path: Path):
    assert seen(written(tmp_path, goyave, {"main.go": APP})) == {
        "GET /api/open": set(),
        "GET /api/closed": {"authentication goyave.dev/goyave/auth.Middleware route"},
        "DELETE /api/books/{id}": set(),
    }
