"""fasthttp: its routers, and types of the application that stand for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import parameters, written

from threat_modeling.codebase.resolvers import fasthttp

if TYPE_CHECKING:
    from pathlib import Path

APP = """package main

import (
	"github.com/fasthttp/router"
	"github.com/valyala/fasthttp"
)

type table struct{}

func (t *table) PUT(path string, h fasthttp.RequestHandler) {}

func main() {
	r := router.New()
	r.Group("/v1").GET("/x/{id?:[0-9]+}", get)
	t := &table{}
	t.PUT("/own", func(ctx *fasthttp.RequestCtx) { _ = ctx.QueryArgs().Peek("q") })
	fasthttp.ListenAndServe(":1", r.Handler)
}

func get(ctx *fasthttp.RequestCtx) { _ = ctx.Request.Header.Peek("X-A") }
"""


def test_routes(tmp_path: Path):
    found = written(tmp_path, fasthttp, {"main.go": APP})
    assert {name: parameters(route) for name, route in found.items()} == {"GET /v1/x/{id}": {"path id", "header X-A"}, "PUT /own": {"query q"}}


def test_paths_that_a_handler_tells_apart(tmp_path: Path):
    app = """package main

import "github.com/valyala/fasthttp"

func main() { fasthttp.ListenAndServe(":1", serve) }

func serve(ctx *fasthttp.RequestCtx) {
	switch string(ctx.Path()) {
	case "/", "/home":
		home(ctx)
	case "/users":
		if ctx.IsGet() {
			home(ctx)
		} else if ctx.IsPost() {
			create(ctx)
		}
	default:
		ctx.Error("no", 404)
	}
}

func home(ctx *fasthttp.RequestCtx) {}
func create(ctx *fasthttp.RequestCtx) { _ = ctx.FormValue("name") }
"""
    found = written(tmp_path, fasthttp, {"main.go": app})
    assert set(found) == {"ANY /", "ANY /home", "GET /users", "POST /users"}
    assert parameters(found["POST /users"]) == {"body name"}
