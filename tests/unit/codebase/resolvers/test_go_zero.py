"""go-zero: route tables with prefix, JWT and middleware; .api files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import seen, written

from threat_modeling.codebase.resolvers import go_zero

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "routes.go": """package handler

import (
	"net/http"

	"github.com/zeromicro/go-zero/rest"
)

func RegisterHandlers(server *rest.Server, ctx *Context) {
	server.AddRoutes([]rest.Route{
		{Method: http.MethodGet, Path: "/ping", Handler: ping(ctx)},
	})
	server.AddRoutes(
		rest.WithMiddlewares(
			[]rest.Middleware{limit},
			[]rest.Route{{Method: "POST", Path: "/users/:id", Handler: update}}...,
		),
		rest.WithJwt(ctx.Secret),
		rest.WithPrefix("/v1"),
	)
}

func limit(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if busy() {
			w.WriteHeader(429)
			return
		}
		next(w, r)
	}
}

func ping(ctx *Context) http.HandlerFunc { return func(w http.ResponseWriter, r *http.Request) {} }
func update(w http.ResponseWriter, r *http.Request) {}
""",
    "app.api": """@server(
  prefix: /v2
  jwt: Auth
)
service app {
  @handler list
  get /things (Req) returns (Resp)
}
service app {
  @handler p
  get /ping
}
""",
}


def test_options_cover_their_table(tmp_path: Path):
    assert seen(written(tmp_path, go_zero, FILES)) == {
        "GET /ping": set(),
        "POST /v1/users/{id}": {"authentication github.com/zeromicro/go-zero/rest.WithJwt router", "rate-limiting limit route"},
        "GET /v2/things": {"authentication jwt router"},
    }


def test_what_only_a_description_tells_is_documented_only(tmp_path: Path):
    found = written(tmp_path, go_zero, FILES)
    assert {name for name, route in found.items() if route.documented_only} == {"GET /v2/things"}
