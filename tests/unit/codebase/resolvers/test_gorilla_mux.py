"""gorilla/mux: routes described step by step, subrouters, middleware of a router whenever it is registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, seen, written

from threat_modeling.codebase.resolvers import gorilla_mux

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "server.go": """package main

import (
	"net/http"

	"github.com/gorilla/mux"
)

type Server struct {
	Router *mux.Router
}

func main() {
	s := Server{Router: mux.NewRouter()}
	s.routes()
	http.ListenAndServe(":80", s.Router)
}

func (s *Server) routes() {
	s.Router.HandleFunc("/a/{id:[0-9]+}", wrapped(s.a, 3)).Methods("GET", "OPTIONS")
	sub := s.Router.PathPrefix("/sub").Subrouter()
	sub.Methods(http.MethodPost).Path("/b").HandlerFunc(s.b)
	sub.Use(keyed)
	s.Router.PathPrefix("/web/").Handler(http.NotFoundHandler())
}

func (s *Server) a(w http.ResponseWriter, r *http.Request) {}
func (s *Server) b(w http.ResponseWriter, r *http.Request) {}

func wrapped(next http.HandlerFunc, level int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if user(r) == "" {
			w.WriteHeader(401)
			return
		}
		next(w, r)
	}
}

func user(r *http.Request) string { return r.Header.Get("Authorization") }

func keyed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-API-Key") != key {
			http.Error(w, "no", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}
""",
}


def test_middleware_and_wrappers_are_guards(tmp_path: Path):
    assert seen(written(tmp_path, gorilla_mux, FILES)) == {
        "GET /a/{id}": {"authentication wrapped route"},
        "POST /sub/b": {"authentication keyed router"},
        "ANY /web/{wildcard}": set(),
    }


def test_the_handler_is_what_is_wrapped(tmp_path: Path):
    assert handlers(written(tmp_path, gorilla_mux, FILES))["GET /a/{id}"] == "server.go:27 Server.a"
