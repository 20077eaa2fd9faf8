"""Iris: parties, middleware by order, MVC controllers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import seen, written

from threat_modeling.codebase.resolvers import iris

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "main.go": """package main

import (
	"github.com/kataras/iris/v12"
	"github.com/kataras/iris/v12/middleware/basicauth"
	"github.com/kataras/iris/v12/mvc"
)

type Books struct{}

func (b *Books) Get() string               { return "" }
func (b *Books) GetBy(id int64) string     { return "" }
func (b *Books) PostReviewsBy(id int64) {}

func main() {
	app := iris.New()
	app.Get("/open", open)
	app.PartyFunc("/api", func(p iris.Party) {
		p.Use(basicauth.Default(users))
		p.Put("/x/{id:uint64}", open)
	})
	mvc.New(app.Party("/books")).Handle(new(Books))
	app.HandleMany("GET POST", "/a /b", open)
}

func open(ctx iris.Context) {}
""",
}
BASIC = {"authentication github.com/kataras/iris/middleware/basicauth.Default router"}


def test_parties_and_controllers(tmp_path: Path):
    assert seen(written(tmp_path, iris, FILES)) == {
        "GET /open": set(),
        "PUT /api/x/{id}": BASIC,
        "GET /books": set(),
        "GET /books/{id}": set(),
        "POST /books/reviews/{id}": set(),
        **{f"{method} /{path}": set() for method in ("GET", "POST") for path in "ab"},
    }
