"""What Go says by types and by what a call fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.scan import scan

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "go.mod": "module app\n",
    "web/handler.go": """package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"

	"app/store"
)

type Form struct{ Name string }

type Server struct{ users store.Users }

func (s *Server) Save(w http.ResponseWriter, r *http.Request) {
	var form Form
	if err := json.NewDecoder(r.Body).Decode(&form); err != nil {
		fmt.Fprint(w, err)
		return
	}
	s.run(form.Name)
	store.Find(form.Name)
}
""",
    "web/run.go": 'package web\n\nimport "os/exec"\n\nfunc (s *Server) run(name string) {\n\texec.Command("sh", "-c", "id "+name).Run()\n}\n',
    "store/users.go": """package store

import "database/sql"

type Users struct{}

var db *sql.DB

func Find(name string) {
	query := "SELECT * FROM users WHERE name = '" + name + "'"
	db.Query(query)
}
""",
}


def test_what_a_call_fills_is_followed_across_files_and_packages(tmp_path: Path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    found = scan(Project(tmp_path), [path for path in FILES if path.endswith(".go")]).weaknesses
    assert {(w.rule, w.evidence.path, w.evidence.start, w.attacker_reached) for w in found} == {
        ("go/command-injection", "web/run.go", 6, True),
        ("go/sql-injection", "store/users.go", 11, True),
    }
