"""C# lowered to the one syntax tree, and its types across files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.languages.csharp import lower
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
    Mapping,
    Name,
    Operation,
    Return,
    Sequence,
    Statement,
    Subscript,
    dotted,
    text,
    walk,
)

if TYPE_CHECKING:
    from pathlib import Path


def body(source: str) -> tuple[Statement, ...]:
    return lower("a.cs", source).body[1:]


def members(source: str) -> tuple[Statement, ...]:
    (made,) = body(f"class C {{ {source} }}")
    assert isinstance(made, Class)
    return made.body


def inside(source: str) -> tuple[Statement, ...]:
    (function,) = members(f"void F() {{ {source} }}")
    assert isinstance(function, Function)
    return function.body


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("using System.Net;", ("System.Net", "*", "")),
        ("using F = A.B.C;", ("A.B", "C", "F")),
        ("using static System.Math;", ("System.Math", "*", "")),
        ("global using X.Y;", ("X.Y", "*", "")),
    ],
)
def test_imports(written, expected):
    (found,) = body(written)
    assert isinstance(found, Import)
    assert (found.module, found.name, found.alias) == expected


def test_attributes_are_decorators():
    (made,) = body('namespace N; [ApiController, Route("x")] public abstract partial class C(IDb db) : Base, I<T> { }')
    assert isinstance(made, Class)
    assert [dotted(decorator) for decorator in made.decorators] == ["ApiController", "Route()"]
    assert [dotted(base) for base in made.bases] == ["Base", "I[]"]
    assert {keyword.name for keyword in made.keywords} == {"abstract", "partial"}
    (constructor,) = made.body
    assert isinstance(constructor, Function)
    assert (constructor.name, constructor.parameters[0].name) == ("constructor", "db")


def test_members():
    field, mark, prop, method, hidden, made = members(
        "Db _db = new Db(); [Required] public int Age { get; set; } = 3; public async Task<int> Get([FromQuery] int id, string q = null) => id;"
        "static void H() { } public C(int a) : base(a) { }"
    )
    assert isinstance(field, Assign)
    assert (dotted(field.targets[0]), dotted(field.annotation)) == ("_db", "Db")
    assert isinstance(mark, Evaluate)
    assert isinstance(prop, Assign)
    assert isinstance(method, Function)
    assert method.is_async
    assert isinstance(method.returns, Subscript)
    assert [(p.name, dotted(p.annotation), [dotted(d) for d in p.decorators]) for p in method.parameters] == [
        ("id", "int", ["FromQuery"]),
        ("q", "string", []),
    ]
    assert isinstance(method.body[0], Return)
    assert isinstance(hidden, Function)
    assert {dotted(decorator) for decorator in hidden.decorators} == {"private", "static"}
    assert isinstance(made, Function)
    assert isinstance(made.body[0], Evaluate)
    assert dotted(made.body[0].value) == "base()"


def test_text_is_joined():
    first, second = inside('var a = $"x {b} y"; string c = "x" + b + @"\\d";')
    for statement in (first, second):
        assert isinstance(statement, Assign)
        assert isinstance(statement.value, Join)
    assert isinstance(second, Assign)
    assert isinstance(second.value, Join)
    assert [text(part) or dotted(part) for part in second.value.parts] == ["x", "b", "\\d"]


def test_objects_and_calls():
    made, anonymous, listed, call, chain = inside(
        'var a = new T(1) { B = c }; var o = new { d = 1 }; var l = new[] { "x" }; f(n: 2); var v = a?.B?.C(1)!;'
    )
    assert isinstance(made, Assign)
    assert isinstance(made.value, Call)
    assert (made.value.new, [keyword.name for keyword in made.value.keywords]) == (True, ["B"])
    assert isinstance(anonymous, Assign)
    assert isinstance(anonymous.value, Mapping)
    assert isinstance(listed, Assign)
    assert isinstance(listed.value, Sequence)
    assert isinstance(call, Evaluate)
    assert isinstance(call.value, Call)
    assert call.value.keyword("n") is not None
    assert isinstance(chain, Assign)
    assert dotted(chain.value) == "a.B.C()"


def test_branches_and_loops():
    branch, loop, using, attempt = inside(
        "if (a) x(); else if (b is T t) { y(); } else z();"
        "foreach (var i in l) f(i); using (var r = O()) { g(r); } try { h(); } catch (E e) { k(e); } finally { }"
    )
    assert isinstance(branch, Block)
    assert (len(branch.heads), len(branch.bodies)) == (2, 3)
    assert isinstance(branch.heads[1], Operation)
    assert isinstance(branch.heads[1].operands[0], Operation)
    assert branch.heads[1].operands[0].operator == "="
    assert isinstance(loop, Block)
    assert isinstance(loop.bodies[0][0], Assign)
    assert loop.bodies[0][0].value is loop.heads[0]
    assert isinstance(using, Block)
    assert isinstance(using.bodies[0][0], Assign)
    assert isinstance(attempt, Block)
    assert len(attempt.bodies) == 3


def test_each_section_of_a_switch_has_its_own_head():
    (switch,) = inside('switch (m) { case "A": case "B": f(); break; case "C": break; default: g(); break; }')
    assert isinstance(switch, Block)
    assert [type(head) for head in switch.heads[1:3]] == [Sequence, type(switch.heads[2])]
    assert isinstance(switch.heads[3], Name)
    assert len(switch.bodies) == len(switch.heads) - 1


def test_statements_outside_of_any_class():
    first, second = body('var app = Create(args); app.MapGet("/", async (HttpContext c) => { await c.Go(); });')
    assert isinstance(first, Assign)
    assert isinstance(second, Evaluate)
    assert any(isinstance(node, Function) and node.is_async for node in walk(second))


def test_what_does_not_parse_is_counted_and_the_rest_kept():
    module = lower("a.cs", "class { void ( } class D { void G() { H(); } }")
    assert module.errors
    assert any(isinstance(node, Call) and dotted(node.callee) == "H" for node in walk(module.body))


@pytest.mark.parametrize(
    "source", ["f(" * 20_000, "class C {" * 5_000, "var x = " + "new[]{" * 5_000, '"' * 5_000, "\ufeffusing A;", "a" + "?.b" * 5_000]
)
def test_hostile_text_is_read(source):
    lower("a.cs", source)


def test_types_are_found_across_files(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for path, written in {"a/A.cs": "class A { B b; }", "a/B.cs": "class B { public void F() {} }", "b/B.cs": "class B { }"}.items():
        (tmp_path / path).write_text(written)
    project = Project(tmp_path)
    found = project.definition("a/A.cs", "B.F")
    assert found is not None
    assert (found[0].path, getattr(found[1], "name", "")) == ("a/B.cs", "F")
    assert project.definition("a/A.cs", "Missing") is None
