"""chi: routes below a path, groups, inline middleware, mounted resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, parameters, seen, written

from threat_modeling.codebase.resolvers import chi

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "main.go": """package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/jwtauth/v5"
)

type notes struct{}

func main() {
	r := chi.NewRouter()
	r.Use(middleware.Logger)
	r.Get("/", home)
	r.Route("/notes/{note:[0-9]+}", func(r chi.Router) {
		r.With(onlyStaff).Delete("/", drop)
		r.Get("/", read)
	})
	r.Group(func(r chi.Router) {
		r.Use(jwtauth.Verifier(tokens))
		r.MethodFunc("PATCH", "/me", me)
	})
	r.Mount("/admin", notes{}.Routes())
	r.HandleFunc("/any", home)
	http.ListenAndServe(":1", r)
}

func (n notes) Routes() chi.Router {
	r := chi.NewRouter()
	r.Use(onlyStaff)
	r.Post("/purge", n.purge)
	return r
}

func (n notes) purge(w http.ResponseWriter, r *http.Request) {}

func onlyStaff(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		role := sessions.Get(r, "role")
		if role != "staff" {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func home(w http.ResponseWriter, r *http.Request) {}
func me(w http.ResponseWriter, r *http.Request)   {}
func drop(w http.ResponseWriter, r *http.Request) {}
func read(w http.ResponseWriter, r *http.Request) {
	_ = chi.URLParam(r, "note")
	_ = r.URL.Query().Get("format")
}
""",
}
LOG = "logging-audit github.com/go-chi/chi/middleware.Logger application"
GUARDS = {
    "GET /": {LOG},
    "DELETE /notes/{note}": {LOG, "authorization onlyStaff router"},
    "GET /notes/{note}": {LOG},
    "PATCH /me": {LOG, "authentication github.com/go-chi/jwtauth.Verifier router"},
    "POST /admin/purge": {LOG, "authorization onlyStaff router"},
    "ANY /any": {LOG},
}


def test_middleware_holds_in_its_group_only(tmp_path: Path):
    assert seen(written(tmp_path, chi, FILES)) == GUARDS


def test_handlers_and_parameters(tmp_path: Path):
    found = written(tmp_path, chi, FILES)
    assert handlers(found)["POST /admin/purge"] == "main.go:37 notes.purge"
    assert parameters(found["GET /notes/{note}"]) == {"path note", "query format"}
