"""Handlers of Go: what they are given, what they look up, what their routes lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.checks import missing_authentication, missing_object_authorization, missing_rate_limit
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes

if TYPE_CHECKING:
    from pathlib import Path

APP = """package main

import (
	"database/sql"
	"net/http"

	"github.com/gin-gonic/gin"
)

type Order struct {
	ID     int `db:"id"`
	UserID int `db:"user_id"`
	Total  int `db:"total"`
}

var db *sql.DB

func Auth() gin.HandlerFunc {
	return func(c *gin.Context) {
		user, err := parse(c.GetHeader("Authorization"))
		if err != nil {
			c.AbortWithStatus(http.StatusUnauthorized)
			return
		}
		c.Set("user", user)
		c.Next()
	}
}

func main() {
	r := gin.Default()
	r.POST("/login", login)
	r.DELETE("/users/:id", deleteUser)
	api := r.Group("/api", Auth())
	api.PUT("/orders/:id", change)
	api.DELETE("/orders/:id", cancel)
	r.Run()
}

func login(c *gin.Context) {
	row := db.QueryRow("SELECT id FROM users WHERE name = $1 AND password = $2", c.PostForm("name"), c.PostForm("password"))
	c.JSON(200, row)
}

func deleteUser(c *gin.Context) {
	db.Exec("DELETE FROM users WHERE id = $1", c.Param("id"))
}

func change(c *gin.Context) {
	db.ExecContext(c.Request.Context(), "UPDATE orders SET total = $1 WHERE id = $2", c.PostForm("total"), c.Param("id"))
}

func cancel(c *gin.Context) {
	db.Exec("DELETE FROM orders WHERE id = $1 AND user_id = $2", c.Param("id"), c.GetString("user"))
}
"""


def test_what_routes_lack(tmp_path: Path):
    (tmp_path / "main.go").write_text(APP)
    project = Project(tmp_path)
    found = routes(project)
    assert {w.route for w in missing_authentication.check(project, found)} == {"DELETE /users/{id}"}
    assert {w.route for w in missing_rate_limit.check(project, found)} == {"POST /login"}
    assert {w.route for w in missing_object_authorization.check(project, found)} == {"PUT /api/orders/{id}"}
