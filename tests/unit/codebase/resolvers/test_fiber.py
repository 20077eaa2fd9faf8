"""Fiber: groups, routes below a path, mounts, middleware by order and path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import parameters, seen, written

from threat_modeling.codebase.resolvers import fiber

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "main.go": """package main

import (
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/limiter"
	"github.com/gofiber/websocket/v2"
)

func main() {
	app := fiber.New()
	app.Get("/open/:id<int>", open)
	app.Use("/api", signedIn)
	api := app.Group("/api", limiter.New())
	api.Route("/v1", func(r fiber.Router) {
		r.Post("/items", create)
	})
	other := fiber.New()
	other.All("/any", open)
	app.Mount("/other", other)
	app.Get("/ws", websocket.New(chat))
	app.Listen(":1")
}

func signedIn(c *fiber.Ctx) error {
	if c.Get("Authorization") == "" {
		return c.SendStatus(fiber.StatusUnauthorized)
	}
	return c.Next()
}

type item struct {
	Title string `json:"title"`
}

func create(c *fiber.Ctx) error {
	in := new(item)
	_ = c.BodyParser(in)
	_ = c.Query("dry")
	return nil
}

func open(c *fiber.Ctx) error { return nil }
""",
}


def test_guards(tmp_path: Path):
    assert seen(written(tmp_path, fiber, FILES)) == {
        "GET /open/{id}": set(),
        "POST /api/v1/items": {"authentication signedIn router", "rate-limiting github.com/gofiber/fiber/middleware/limiter.New router"},
        "ANY /other/any": set(),
        "GET /ws": set(),
    }


def test_websockets_and_bodies(tmp_path: Path):
    found = written(tmp_path, fiber, FILES)
    assert found["GET /ws"].type == "websocket"
    assert parameters(found["POST /api/v1/items"]) == {"body title", "query dry"}
