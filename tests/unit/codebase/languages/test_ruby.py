"""What Ruby is lowered to."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.languages.ruby import lower
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
    Keyword,
    Literal,
    Mapping,
    Name,
    Operation,
    Other,
    Return,
    Sequence,
    Statement,
    Subscript,
    Symbol,
    dotted,
    text,
    walk,
)

CLASS = """
module M
  class A < B::C
    def a
      helper(1)
      other
    end
    def self.s; end
    private
    def helper(x); end
  end
end
"""
BRANCHES = """
begin
  a
rescue E => e
  b
ensure
  c
end
case x
when 1, 2 then a
else b
end
a, b = 1, 2
s << t
"""


def body(source: str) -> tuple[Statement, ...]:
    return tuple(node for node in lower("a.rb", source).body if not isinstance(node, Import))


def value(source: str) -> object:
    (statement,) = body(source)
    assert isinstance(statement, Evaluate)
    return statement.value


def test_a_call_with_symbols_pairs_and_a_block():
    call = value('get :show, "a" => 1, on: :member do |x| x end')
    assert isinstance(call, Call)
    assert dotted(call.callee) == "get"
    assert [type(argument) for argument in call.arguments] == [Symbol, Mapping, Function]
    assert call.keywords == (Keyword(1, 1, "on", Symbol(1, 1, "member")),)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.b&.c", "a.b.c"),
        ("A::B.new", "A.B.new"),
        ("::A.b", "A.b"),
        ("@a.b", "self.a.b"),
        ("a[:b].c(1)", "a[].c()"),
    ],
)
def test_chains(source: str, expected: str):
    assert dotted(value(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("'a\\'b'", "a'b"),
        ('"a\\n\\u00e9"', "a\né"),
        (":sym", "sym"),
        (':"a b"', "a b"),
        ('"a" "b"', "ab"),
        ("'a' + 'b'", "ab"),
        ("%q(a)", "a"),
    ],
)
def test_text(source: str, expected: str):
    assert text(value(source)) == expected


def test_interpolation_and_here_documents_are_joins():
    join = value('"a#{b}c"')
    assert isinstance(join, Join)
    assert [type(part) for part in join.parts] == [Literal, Name, Literal]
    (statement,) = body("x = run(<<~SQL, <<~TWO)\n  select #{y}\nSQL\n  two\nTWO\n")
    assert isinstance(statement, Assign)
    assert isinstance(statement.value, Call)
    first, second = statement.value.arguments
    assert isinstance(first, Join)
    assert text(second) == "  two\n"


def test_modifiers_and_unless_are_branches():
    (statement,) = body("a unless b")
    assert isinstance(statement, Block)
    assert statement.kind == "if"
    assert isinstance(statement.heads[0], Operation)
    assert statement.heads[0].operator == "!"
    (chain,) = body("if a\n1\nelsif b\n2\nelse\n3\nend")
    assert isinstance(chain, Block)
    assert len(chain.heads) == 2
    assert len(chain.bodies) == 3


def test_a_method_gives_back_its_last_value_in_each_branch():
    (function,) = body("def a(b, c = 1, *d, e: 2)\n  x = b\n  if b\n    1\n  else\n    2\n  end\nend")
    assert isinstance(function, Function)
    assert [parameter.name for parameter in function.parameters] == ["b", "c", "d", "e"]
    assert sum(isinstance(node, Return) for node in walk(function.body)) == 2


def test_classes_modules_visibility_and_own_methods():
    module = body(CLASS)[0]
    assert isinstance(module, Class)
    assert module.keywords[0].name == "module"
    inner = module.body[0]
    assert isinstance(inner, Class)
    assert dotted(inner.bases[0]) == "B.C"
    methods = {member.name: member for member in inner.body if isinstance(member, Function)}
    assert [dotted(mark) for mark in methods["helper"].decorators] == ["private"]
    assert [dotted(mark) for mark in methods["s"].decorators] == ["self"]
    assert dotted(getattr(getattr(methods["a"].body[0], "value", None), "callee", None)) == "self.helper"
    assert isinstance(methods["a"].body[1], Return)


def test_rescue_case_and_assignments():
    tried, switch, several, added = body(BRANCHES)
    assert isinstance(tried, Block)
    assert (tried.kind, len(tried.bodies)) == ("try", 3)
    assert isinstance(switch, Block)
    assert (switch.kind, len(switch.heads), len(switch.bodies)) == ("switch", 2, 2)
    assert isinstance(several, Assign)
    assert isinstance(several.targets[0], Sequence)
    assert isinstance(added, Assign)
    assert added.operator == "+="


def test_what_has_no_node_stays_reachable():
    call = value("run(`ls #{a}`, /b#{c}/, params[:d])")
    assert isinstance(call, Call)
    assert dotted(call.arguments[0]) == "backtick()"
    assert isinstance(call.arguments[1], Other)
    assert isinstance(call.arguments[2], Subscript)
    assert {"a", "c", "params"} <= {node.id for node in walk(call) if isinstance(node, Name)}


def test_errors_and_depth_are_counted():
    assert lower("a.rb", "def (").errors
    deep = lower("a.rb", "f(" * 300 + ")" * 300)
    assert deep.errors
    assert lower("a.rb", "1 + " * 3_000 + "1").errors == 0


def test_constants_are_found_where_rails_loads_them(tmp_path):
    for path, source in {
        "app/models/user.rb": "class User\n  def self.find_all(x); end\nend\n",
        "app/controllers/users_controller.rb": "class UsersController\n  def index\n    User.find_all(1)\n  end\nend\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source)
    found = Project(tmp_path).definition("app/controllers/users_controller.rb", "User.find_all")
    assert found is not None
    assert found[0].path == "app/models/user.rb"
    assert isinstance(found[1], Function)
