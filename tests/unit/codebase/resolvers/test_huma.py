"""Huma: operations, groups, inputs by their types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import parameters, written

from threat_modeling.codebase.resolvers import huma

if TYPE_CHECKING:
    from pathlib import Path

APP = """package main

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

type input struct {
	ID    string `path:"id"`
	Limit int    `query:"limit"`
	Body  struct{ Name string }
}

func main() {
	api := humago.New(http.NewServeMux(), huma.DefaultConfig("a", "1"))
	group := huma.NewGroup(api, "/v1")
	huma.Register(group, huma.Operation{Method: http.MethodPut, Path: "/x/{id}"}, put)
	huma.Get(api, "/y", func(ctx context.Context, in *struct{}) (*struct{}, error) { return nil, nil })
}

func put(ctx context.Context, in *input) (*struct{}, error) { return nil, nil }
"""


def test_operations(tmp_path: Path):
    found = written(tmp_path, huma, {"main.go": APP})
    assert set(found) == {"PUT /v1/x/{id}", "GET /y"}
    assert parameters(found["PUT /v1/x/{id}"]) == {"path id", "query limit", "body Body"}
