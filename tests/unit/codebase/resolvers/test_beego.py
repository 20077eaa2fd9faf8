"""Beego: method maps, REST controllers, namespaces, annotations, filters by path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, seen, written

from threat_modeling.codebase.resolvers import beego

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "routers/router.go": """package routers

import (
	"app/controllers"
	"github.com/beego/beego/v2/server/web"
	"github.com/beego/beego/v2/server/web/context"
)

func init() {
	web.Router("/users", &controllers.Users{}, "get:List;post:Create")
	web.Router("/plain/:id", &controllers.Plain{})
	ns := web.NewNamespace("/v1",
		web.NSNamespace("/cms", web.NSRouter("/page", &controllers.Users{}, "*:List")),
		web.NSInclude(&controllers.Users{}),
	)
	web.AddNamespace(ns)
	web.InsertFilter("/users/*", web.BeforeRouter, signedIn)
	web.Get("/ping", func(ctx *context.Context) {})
}

func signedIn(ctx *context.Context) {
	if ctx.Input.Session("uid") == nil || ctx.Input.Header("Authorization") == "" {
		ctx.Abort(401, "no")
	}
}
""",
    "go.mod": "module app\n",
    "controllers/users.go": """package controllers

import "github.com/beego/beego/v2/server/web"

type Users struct{ web.Controller }

func (u *Users) List() {}

func (u *Users) Create() {}

// Remove deletes a user.
// @router /users/:uid [delete]
func (u *Users) Remove() {}

type Plain struct{ web.Controller }

func (p *Plain) Get() {}
""",
}


def test_every_way_to_register(tmp_path: Path):
    assert handlers(written(tmp_path, beego, FILES)) == {
        "GET /users": "controllers/users.go:7 Users.List",
        "POST /users": "controllers/users.go:9 Users.Create",
        "GET /plain/{id}": "controllers/users.go:17 Plain.Get",
        "ANY /v1/cms/page": "controllers/users.go:7 Users.List",
        "DELETE /v1/users/{uid}": "controllers/users.go:13 Users.Remove",
        "GET /ping": "routers/router.go:18 ",
    }


def test_a_filter_guards_its_path(tmp_path: Path):
    found = seen(written(tmp_path, beego, FILES))
    assert {name for name, guards in found.items() if guards} == {"GET /users", "POST /users"}
