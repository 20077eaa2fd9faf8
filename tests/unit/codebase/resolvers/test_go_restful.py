"""go-restful: services at a root path, routes step by step, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, seen, written

from threat_modeling.codebase.resolvers import go_restful

if TYPE_CHECKING:
    from pathlib import Path

APP = """package main

import (
	restful "github.com/emicklei/go-restful/v3"
)

type users struct{}

func (u users) service() *restful.WebService {
	ws := new(restful.WebService)
	ws.Path("/users").Consumes("json")
	ws.Filter(signedIn)
	ws.Route(ws.GET("/{id}").To(u.find).Doc("x"))
	ws.Route(ws.POST("").To(u.find))
	return ws
}

func (u users) find(req *restful.Request, resp *restful.Response) {}

func main() {
	restful.DefaultContainer.Add(users{}.service())
}

func signedIn(req *restful.Request, resp *restful.Response, chain *restful.FilterChain) {
	if req.HeaderParameter("Authorization") == "" {
		resp.WriteErrorString(401, "no")
		return
	}
	chain.ProcessFilter(req, resp)
}
"""


def test_routes(tmp_path: Path):
    found = written(tmp_path, go_restful, {"main.go": APP})
    assert handlers(found) == {"GET /users/{id}": "main.go:18 users.find", "POST /users": "main.go:18 users.find"}
    assert set(map(frozenset, seen(found).values())) == {frozenset({"authentication signedIn application"})}
