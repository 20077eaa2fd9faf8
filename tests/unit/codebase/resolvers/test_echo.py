"""Echo: middleware of the application whenever it is registered, of groups and of routes; handlers stand first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, parameters, seen, written

from threat_modeling.codebase.resolvers import echo

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "main.go": """package main

import (
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New()
	e.GET("/users/:id", user, keyed)
	g := e.Group("/admin", middleware.BasicAuth(check))
	g.Match([]string{"GET", "POST"}, "/jobs", jobs)
	e.Use(middleware.CORS())
	e.File("/favicon.ico", "favicon.ico")
	e.Start(":1")
}

func keyed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().Header.Get("X-Api-Key") != secret {
			return echo.ErrUnauthorized
		}
		return next(c)
	}
}

func user(c echo.Context) error {
	_ = c.Param("id")
	_ = c.QueryParam("full")
	return c.JSON(200, c.FormValue("x"))
}

func jobs(c echo.Context) error { return nil }
""",
}
CORS = "cors-csp github.com/labstack/echo/middleware.CORS application"
BASIC = "authentication github.com/labstack/echo/middleware.BasicAuth router"


def test_guards(tmp_path: Path):
    assert seen(written(tmp_path, echo, FILES)) == {
        "GET /users/{id}": {CORS, "authentication keyed route"},
        "GET /admin/jobs": {CORS, BASIC},
        "POST /admin/jobs": {CORS, BASIC},
        "GET /favicon.ico": {CORS},
    }


def test_handler_and_parameters(tmp_path: Path):
    found = written(tmp_path, echo, FILES)
    assert handlers(found)["GET /users/{id}"] == "main.go:27 user"
    assert parameters(found["GET /users/{id}"]) == {"path id", "query full", "body x"}
