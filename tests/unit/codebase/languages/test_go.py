"""Go lowered to the one syntax tree, and its packages across files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.languages.go import lower
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.syntax import (
    Assign,
    Block,
    Call,
    Class,
    Evaluate,
    Function,
    Import,
    Join,
    Literal,
    Mapping,
    Name,
    Return,
    Sequence,
    Statement,
    dotted,
    text,
    walk,
)

if TYPE_CHECKING:
    from pathlib import Path


def body(source: str) -> tuple[Statement, ...]:
    return lower("a.go", f"package a\n{source}").body[1:]


def inside(source: str) -> tuple[Statement, ...]:
    function = body(f"func f() {{\n{source}\n}}")[0]
    assert isinstance(function, Function)
    return function.body


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('import "net/http"', ("net/http", "", "http")),
        ('import "github.com/go-chi/chi/v5"', ("github.com/go-chi/chi/v5", "", "chi")),
        ('import "gopkg.in/yaml.v3"', ("gopkg.in/yaml.v3", "", "yaml")),
        ('import "github.com/dgrijalva/jwt-go"', ("github.com/dgrijalva/jwt-go", "", "jwt")),
        ('import q "a/b"', ("a/b", "", "q")),
        ('import . "a/b"', ("a/b", "*", "")),
        ('import _ "a/b"', ("a/b", "", "")),
    ],
)
def test_imports(written, expected):
    (found,) = body(written)
    assert isinstance(found, Import)
    assert (found.module, found.name, found.alias) == expected


def test_a_struct_with_its_methods_is_a_class():
    (user,) = body('type User struct {\n\tID int `json:"id"`\n\tBase\n}\n\nfunc (u *User) Save(a, b string) (int, error) { return u.ID, nil }\n')
    assert isinstance(user, Class)
    tag, field, save = user.body
    assert isinstance(tag, Evaluate)
    assert [text(part) for part in walk(tag) if isinstance(part, Literal)] == ['json:"id"']
    assert isinstance(field, Assign)
    assert (dotted(field.targets[0]), dotted(field.annotation)) == ("ID", "int")
    assert [dotted(base) for base in user.bases] == ["Base"]
    assert isinstance(save, Function)
    assert [parameter.name for parameter in save.parameters] == ["a", "b"]
    receiver, returned = save.body
    assert isinstance(receiver, Assign)
    assert (dotted(receiver.targets[0]), dotted(receiver.value)) == ("u", "this")
    assert isinstance(returned, Return)
    assert isinstance(returned.value, Sequence)


def test_methods_of_a_type_of_another_file_are_a_part_of_it():
    (part,) = body("func (u User) Name() string { return u.name }")
    assert isinstance(part, Class)
    assert (part.name, [keyword.name for keyword in part.keywords]) == ("User", ["partial"])


def test_literals_of_types():
    sql, users, table = inside('m := bson.M{"name": x}\nl := []*User{{ID: 1}, {ID: 2}}\nt := map[string]pkg.T{"a": {B: 1}}')
    assert isinstance(sql, Assign)
    assert isinstance(sql.value, Mapping)
    assert isinstance(users, Assign)
    assert isinstance(users.value, Sequence)
    first = users.value.elements[0]
    assert isinstance(first, Call)
    assert (dotted(first.callee), first.new, first.keywords[0].name) == ("User", True, "ID")
    assert isinstance(table, Assign)
    assert isinstance(table.value, Mapping)
    assert dotted(getattr(table.value.get("a"), "callee", None)) == "pkg.T"


def test_text_is_joined():
    (statement,) = inside('q := "SELECT " + `x` + name')
    assert isinstance(statement, Assign)
    assert isinstance(statement.value, Join)
    assert [text(part) or dotted(part) for part in statement.value.parts] == ["SELECT ", "x", "name"]


def test_assignments():
    pair, error, update = inside("a, b := 1, 2\nx, err := f()\nx += 1")[0:3], inside("x, err := f()")[0], inside("x += 1")[0]
    assert [dotted(statement.targets[0]) for statement in pair[:2] if isinstance(statement, Assign)] == ["a", "b"]
    assert isinstance(error, Assign)
    assert isinstance(error.targets[0], Sequence)
    assert isinstance(update, Assign)
    assert update.operator == "+="


def test_branches_and_loops():
    declared, branch, loop = inside("if err := f(); err != nil { a() } else if c { b() } else { d() }\nfor _, v := range list { g(v) }")
    assert isinstance(declared, Assign)
    assert isinstance(branch, Block)
    assert (len(branch.heads), len(branch.bodies)) == (2, 3)
    assert isinstance(loop, Block)
    bound = loop.bodies[0][0]
    assert isinstance(bound, Assign)
    assert (dotted(bound.targets[0]), bound.value is loop.heads[0]) == ("v", True)


def test_each_case_of_a_switch_has_its_own_head():
    (switch,) = inside('switch r.Method {\ncase "GET", "HEAD":\n\ta()\ndefault:\n\tb()\n}')
    assert isinstance(switch, Block)
    assert [type(head) for head in switch.heads[1:]] == [Sequence, Name]
    assert len(switch.bodies) == len(switch.heads) - 1


def test_what_does_not_parse_is_counted_and_the_rest_kept():
    module = lower("a.go", "package a\nfunc f( {{{\nfunc g() { h() }\n")
    assert module.errors
    assert any(isinstance(node, Call) and dotted(node.callee) == "h" for node in walk(module.body))


@pytest.mark.parametrize(
    "source", ["f(" * 20_000, "package a\nvar x = " + "[]" * 20_000, "package a\nfunc f() {" + "{" * 9_000, '"' * 5_000, "\ufeffpackage a"]
)
def test_hostile_text_is_read(source):
    lower("a.go", source)


def test_names_are_found_across_the_files_of_packages(tmp_path: Path):
    files = {
        "go.mod": "module example.com/app\n",
        "main.go": 'package main\n\nimport "example.com/app/store"\n\nfunc main() { store.Open(); local() }\n',
        "other.go": "package main\n\nfunc local() {}\n",
        "store/a.go": "package store\n\ntype DB struct{}\n",
        "store/b.go": "package store\n\nfunc Open() *DB { return nil }\n\nfunc (d *DB) Get() {}\n",
    }
    for path, written in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(written)
    project = Project(tmp_path)
    found = {name: project.definition("main.go", name) for name in ("store.Open", "store.DB", "local", "store.missing")}
    assert {name: place and (place[0].path, place[1].line) for name, place in found.items()} == {
        "store.Open": ("store/b.go", 3),
        "store.DB": ("store/a.go", 3),
        "local": ("other.go", 3),
        "store.missing": None,
    }
    module = project.module("main.go")
    assert module is not None
    assert project.qualified(module, "store.Open") == "example.com/app/store.Open"
