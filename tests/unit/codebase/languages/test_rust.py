"""Rust lowered to the one syntax tree, and its modules across files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.languages.rust import lower
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
    return lower("a.rs", source).body


def inside(source: str) -> tuple[Statement, ...]:
    (function,) = body(f"fn f() {{ {source} }}")
    assert isinstance(function, Function)
    return function.body


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("use a::b;", [("a", "b", "b")]),
        ("use a::{b, c as d, e::*, f::{self, g}};", [("a", "b", "b"), ("a", "c", "d"), ("a::e", "*", ""), ("a", "f", "f"), ("a::f", "g", "g")]),
        ("mod x;", [("self::x", "", "x")]),
    ],
)
def test_imports(written, expected):
    assert [(node.module, node.name, node.alias) for node in body(written) if isinstance(node, Import)] == expected


def test_attributes_are_decorators():
    (function,) = body(
        '#[get("/users/<id>?<q>", data = "<u>")]\n#[allow(x)]\npub async fn user(Path(id): Path<u64>, mut req: Req) -> impl Responder { Ok(id) }'
    )
    assert isinstance(function, Function)
    call = function.decorators[0]
    assert isinstance(call, Call)
    assert (dotted(call.callee), text(call.arguments[0]), text(call.keyword("data"))) == ("get", "/users/<id>?<q>", "<u>")
    assert function.is_async
    assert [(p.name, p.binds) for p in function.parameters] == [("id", ()), ("req", ())]
    assert isinstance(function.body[-1], Return)


def test_types_and_their_implementations():
    user, part, inner = body(
        "struct User { #[serde(skip)] pub id: u32 }\nimpl Show for User { fn show(&self) -> u32 { self.id } }\nmod m { pub fn g() {} }"
    )
    assert isinstance(user, Class)
    assert [type(node) for node in user.body] == [Evaluate, Assign]
    assert isinstance(part, Class)
    assert (part.name, [dotted(base) for base in part.bases], part.keywords[0].name) == ("User", ["Show"], "partial")
    assert isinstance(inner, Class)
    assert inner.keywords[0].name == "module"


def test_macros_of_expressions_are_calls():
    built, listed, query, other = inside(
        'let q = format!("a {} {name} {{}}", x); let v = vec![f(1), 2]; sqlx::query!("select 1", x); other!{ a => b }'
    )[:4]
    assert isinstance(built, Assign)
    assert isinstance(built.value, Join)
    assert [text(part) or dotted(part) for part in built.value.parts] == ["a ", "x", " ", "name", " {{}}"]
    assert isinstance(listed, Assign)
    assert isinstance(listed.value, Sequence)
    assert isinstance(query, Evaluate)
    assert dotted(query.value) == "sqlx.query!()"
    assert isinstance(other, Evaluate | Return)
    assert dotted(other.value) == "other!()"


def test_places_stay_what_they_are():
    (first, second) = inside("let a = vec![\n1,\n2,\n];\nf();")[:2]
    assert (first.line, first.end, second.line) == (1, 4, 5)


def test_branches_and_loops():
    branch, match, loop, last = inside(
        "if let Some(x) = f() { a(x); } else if c { b(); } else { d(); } match m { A | B => { a() } C(y) => b(y), _ => {} } for i in l { g(i); } h()"
    )
    assert isinstance(branch, Block)
    assert (len(branch.heads), len(branch.bodies)) == (2, 3)
    assert isinstance(branch.bodies[0][0], Assign)
    assert isinstance(match, Block)
    assert len(match.bodies) == len(match.heads) - 1 == 3
    assert isinstance(match.heads[1], Sequence)
    assert isinstance(loop, Block)
    assert isinstance(loop.bodies[0][0], Assign)
    assert loop.bodies[0][0].value is loop.heads[0]
    assert isinstance(last, Return)


def test_what_is_compiled_for_tests_alone_is_left_out():
    assert [getattr(node, "name", "") for node in body("#[cfg(test)]\nmod tests { fn t() {} }\n#[test]\nfn u() {}\nfn kept() {}")] == ["kept"]


def test_what_does_not_parse_is_counted_and_the_rest_kept():
    module = lower("a.rs", "fn f( {{{ \nfn g() { h(); }\n")
    assert module.errors
    assert any(isinstance(node, Call) and dotted(node.callee) == "h" for node in walk(module.body))


@pytest.mark.parametrize(
    "source",
    [
        "f(" * 20_000,
        "vec![" * 3_000,
        "fn f() {" * 5_000,
        '"' * 5_000,
        "#[" + "a(" * 5_000,
        "use a::" + "{b::" * 3_000,
        'vec!["' + "\\" * 5_000,
        "\ufefffn f() {}",
    ],
)
def test_hostile_text_is_read(source):
    lower("a.rs", source)


def test_modules_are_found_across_files(tmp_path: Path):
    files = {
        "src/main.rs": "mod api;\nuse crate::api::v1 as one;\nfn main() { api::serve(); one::list(); }\n",
        "src/api/mod.rs": "pub mod v1;\npub fn serve() { v1::list(); self::v1::list(); super::main(); }\n",
        "src/api/v1.rs": "pub fn list() {}\n",
    }
    for path, written in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(written)
    project = Project(tmp_path)
    found = {
        (path, name): project.definition(path, name)
        for path, name in (("src/main.rs", "api.serve"), ("src/main.rs", "one.list"), ("src/api/mod.rs", "v1.list"))
    }
    assert [place[0].path if place else None for place in found.values()] == ["src/api/mod.rs", "src/api/v1.rs", "src/api/v1.rs"]
