"""gin: groups across packages, middleware in its order, static files, wrapped handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, parameters, seen, written

from threat_modeling.codebase.resolvers import gin

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "go.mod": "module example.com/shop\n",
    "cmd/shop/main.go": """package main

import (
	"example.com/shop/internal/web"
	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.New()
	r.GET("/health", func(c *gin.Context) { c.String(200, "ok") })
	r.Use(web.Session())
	api := r.Group(web.Prefix+"/v1", gin.BasicAuth(gin.Accounts{"a": "b"}))
	web.Register(api)
	for _, path := range []string{"/old", "/older"} {
		r.Any(path, web.Gone)
	}
	r.Static("/assets", "../../public")
	r.Run()
}
""",
    "internal/web/web.go": """package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

const Prefix = "/api"

type server struct{ store map[string]string }

func Register(g gin.IRouter) {
	s := &server{}
	items := g.Group("/items")
	{
		items.GET("/:id", s.item)
		items.POST("", limited, s.create)
	}
	g.Handle(http.MethodDelete, "/items/*rest", s.remove)
}

func Gone(c *gin.Context) { c.Status(410) }
""",
    "internal/web/handlers.go": """package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type newItem struct {
	Name  string `json:"name"`
	Price int    `json:"price"`
}

func Session() gin.HandlerFunc {
	return func(c *gin.Context) {
		if _, err := c.Cookie("sid"); err != nil {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		c.Next()
	}
}

func limited(c *gin.Context) {
	if tooMany(c.ClientIP()) {
		c.AbortWithStatusJSON(429, gin.H{})
		return
	}
	c.Next()
}

func (s *server) item(c *gin.Context) {
	_ = c.Param("id")
	_ = c.DefaultQuery("fields", "all")
	c.JSON(200, s.store)
}

func (s *server) create(c *gin.Context) {
	var body newItem
	if err := c.ShouldBindJSON(&body); err != nil {
		return
	}
	_ = c.GetHeader("X-Trace")
}

func (s *server) remove(c *gin.Context) {}
""",
    "public/logo.svg": "<svg/>",
}
SESSION = "authentication web.Session application"
BASIC = "authentication github.com/gin-gonic/gin.BasicAuth router"
GUARDS = {
    "GET /health": set(),
    "GET /api/v1/items/{id}": {SESSION, BASIC},
    "POST /api/v1/items": {SESSION, BASIC, "rate-limiting limited route"},
    "DELETE /api/v1/items/{rest}": {SESSION, BASIC},
    "ANY /old": {SESSION},
    "ANY /older": {SESSION},
    "GET /assets/logo.svg": {SESSION},
}


def test_middleware_guards_what_is_registered_after_it(tmp_path: Path):
    assert seen(written(tmp_path, gin, FILES)) == GUARDS


def test_handlers_are_found_in_the_files_of_their_package(tmp_path: Path):
    found = handlers(written(tmp_path, gin, FILES))
    assert found["GET /api/v1/items/{id}"] == "internal/web/handlers.go:32 server.item"
    assert found["ANY /old"] == "internal/web/web.go:23 Gone"


def test_what_a_handler_takes_from_the_request(tmp_path: Path):
    found = written(tmp_path, gin, FILES)
    assert parameters(found["GET /api/v1/items/{id}"]) == {"path id", "query fields"}
    assert parameters(found["POST /api/v1/items"]) == {"body name", "body price", "header X-Trace"}


def test_an_interface_of_the_application_stands_for_the_router_that_is_passed(tmp_path: Path):
    files = {
        "main.go": 'package main\n\nimport "github.com/gin-gonic/gin"\n\nfunc main() {\n\tregister(gin.Default().Group("/x"))\n}\n',
        "routes.go": 'package main\n\ntype routes interface{ GET(string, ...any) }\n\nfunc register(r routes) {\n\tr.GET("/y", nil)\n}\n',
    }
    assert set(written(tmp_path, gin, files)) == {"GET /x/y"}


def test_tests_of_a_target_serve_nothing(tmp_path: Path):
    text = 'package a\n\nimport "github.com/gin-gonic/gin"\n\nfunc TestX() {\n\tgin.New().GET("/x", nil)\n}\n'
    assert written(tmp_path, gin, {"a_test.go": text, "testdata/b.go": text}) == {}
