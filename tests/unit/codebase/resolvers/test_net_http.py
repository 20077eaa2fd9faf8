"""net/http: patterns with methods, stripped prefixes, handlers inside middleware, methods told apart by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, parameters, seen, written

from threat_modeling.codebase.resolvers import net_http

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "go.mod": "module app\n\ngo 1.22\n",
    "main.go": """package main

import (
	"log"
	"net/http"
)

type api struct{}

func main() {
	a := &api{}
	inner := http.NewServeMux()
	inner.HandleFunc("GET /items/{id}", a.item)
	inner.Handle("POST /items", signedIn(http.HandlerFunc(a.create)))
	mux := http.NewServeMux()
	mux.Handle("/api/", http.StripPrefix("/api", logged(inner)))
	mux.HandleFunc("example.com/{$}", home)
	mux.Handle("/files/", http.StripPrefix("/files/", http.FileServer(http.Dir("./files"))))
	mux.Handle("/old", counter{})
	http.HandleFunc("/hook", hook)
	log.Fatal(http.ListenAndServe(":80", mux))
}

func (a *api) item(w http.ResponseWriter, r *http.Request) {
	_ = r.PathValue("id")
	_ = r.Header.Get("X-Version")
}

func (a *api) create(w http.ResponseWriter, r *http.Request) { _ = r.FormValue("name") }

func home(w http.ResponseWriter, r *http.Request) {}

func hook(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodPost, "PUT":
		home(w, r)
	default:
		http.Error(w, "no", 405)
	}
}

type counter struct{}

func (counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {}

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		log.Println(r.URL)
		next.ServeHTTP(w, r)
	})
}

func signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !valid(r.Header.Get("Authorization")) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}
""",
    "files/a.txt": "a",
}
GUARDS = {
    "GET /api/items/{id}": set(),
    "POST /api/items": {"authentication signedIn route"},
    "ANY /": set(),
    "GET /files/a.txt": set(),
    "ANY /old": set(),
    "POST /hook": set(),
    "PUT /hook": set(),
}


def test_only_what_refuses_is_a_guard(tmp_path: Path):
    assert seen(written(tmp_path, net_http, FILES)) == GUARDS


def test_handlers_are_found_inside_of_middleware(tmp_path: Path):
    found = written(tmp_path, net_http, FILES)
    assert handlers(found)["POST /api/items"] == "main.go:29 api.create"
    assert handlers(found)["ANY /old"] == "main.go:44 counter.ServeHTTP"
    assert parameters(found["GET /api/items/{id}"]) == {"path id", "header X-Version"}
