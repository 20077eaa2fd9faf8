"""GoFrame: bound handlers, objects, requests that tell their route, middleware of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, written

from threat_modeling.codebase.resolvers import goframe

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "main.go": """package main

import (
	"context"

	"github.com/gogf/gf/v2/frame/g"
	"github.com/gogf/gf/v2/net/ghttp"
)

type UserReq struct {
	g.Meta `path:"/user/{id}" method:"put"`
	Name   string `json:"name"`
}

type Users struct{}

func (u *Users) Update(ctx context.Context, req *UserReq) (res *UserRes, err error) { return }

type Pages struct{}

func (p *Pages) Index(r *ghttp.Request)    {}
func (p *Pages) ShowList(r *ghttp.Request) {}

func main() {
	s := g.Server()
	s.BindHandler("POST:/hook", hook)
	s.BindObject("/pages", new(Pages))
	s.Group("/api", func(group *ghttp.RouterGroup) {
		group.Bind(new(Users))
		group.ALL("/any", hook)
	})
	s.Run()
}

func hook(r *ghttp.Request) {}
""",
}


def test_every_way_to_register(tmp_path: Path):
    assert handlers(written(tmp_path, goframe, FILES)) == {
        "POST /hook": "main.go:35 hook",
        "ANY /pages": "main.go:21 Pages.Index",
        "ANY /pages/show-list": "main.go:22 Pages.ShowList",
        "PUT /api/user/{id}": "main.go:17 Users.Update",
        "ANY /api/any": "main.go:35 hook",
    }
