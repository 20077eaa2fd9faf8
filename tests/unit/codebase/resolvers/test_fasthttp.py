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
