"""Python lowered: each form of the grammar, and nesting without end."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.languages.python import lower
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
    Operation,
    Other,
    Return,
    Sequence,
    Subscript,
    children,
    dotted,
    text,
    walk,
)


def expression(source: str):
    module = lower("a.py", f"v = {source}\n")
    assert module.errors == 0
    return module.body[0].value


def statement(source: str):
    module = lower("a.py", source)
    assert module.errors == 0
    return module.body[0]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("'a'", "a"),
        (r"'a\n\x41\101\u00e9\N{BULLET}\q'", "a\nAA\u00e9\N{BULLET}\\q"),
        (r"r'\n'", r"\n"),
        ("b'x'", "x"),
        ('"""a\n"b"\n"""', 'a\n"b"\n'),
        ("'a' \"b\"", "ab"),
        ("('a'\n 'b')", "ab"),
        ("'a' + 'b'", "ab"),
        ("'%s-%%' % 'x'", "x-%"),
        ("f'{{a}}'", "{a}"),
        (r"'\ud800'", "\N{REPLACEMENT CHARACTER}"),
        ("0x1F", 31),
        ("1_000", 1000),
        ("0755", 493),
        ("10L", 10),
        ("1.5e3", 1500.0),
        ("-2", -2),
        ("True", True),
        ("None", None),
    ],
)
def test_constants(source, value):
    found = expression(source)
    assert isinstance(found, Literal)
    assert found.value == value


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("f'a{b.c!r:>{w}}d'", ["a", "b.c", "d"]),
        ("'a' + b + 'c'", ["a", "b", "c"]),
        ("b + c + 'd'", ["b", "c", "d"]),
        ("'x %s y %d' % (a, b)", ["x ", "a", " y ", "b"]),
        ("'%s' % a", ["a"]),
        ("f'a' f'{b}' 'c' 'd'", ["a", "b", "cd"]),
    ],
)
def test_text_built_from_parts(source, shown):
    found = expression(source)
    assert isinstance(found, Join)
    assert [text(part) or dotted(part) for part in found.parts] == shown


@pytest.mark.parametrize(
    ("source", "operator", "count"),
    [
        ("a + b + c", "+", 3),
        ("a and b and c", "and", 3),
        ("a not in b", "not in", 2),
        ("a is not b", "is not", 2),
        ("a < b < c", "<", 3),
        ("not a", "not", 1),
        ("a if c else b", "?:", 3),
        ("await a", "await", 1),
    ],
)
def test_operations(source, operator, count):
    found = expression(source)
    assert isinstance(found, Operation)
    assert (found.operator, len(found.operands)) == (operator, count)


def test_a_conditional_starts_with_its_condition():
    assert dotted(expression("a if c else b").operands[0]) == "c"


def test_calls():
    call = expression("a.b(1, *c, k=2, **d)")
    assert isinstance(call, Call)
    assert dotted(call.callee) == "a.b"
    assert [type(argument).__name__ for argument in call.arguments] == ["Literal", "Operation"]
    assert [(keyword.name, text(keyword.value)) for keyword in call.keywords] == [("k", None), (None, None)]
    assert call.keyword("k").value == 2
    assert isinstance(expression("f(x for x in y)").arguments[0], Other)


def test_containers():
    assert isinstance(expression("(1, 2)"), Sequence)
    assert isinstance(expression("{1, 2}"), Sequence)
    mapping = expression("{'a': 1, **b}")
    assert isinstance(mapping, Mapping)
    assert mapping.get("a").value == 1
    assert mapping.entries[1][0] is None
    index = expression("a[1:2, 3]")
    assert isinstance(index, Subscript)
    assert isinstance(index.index, Sequence)


def test_comprehensions_bind_before_their_element():
    kinds = [type(child).__name__ for child in expression("[x.y for x in z if x]").children]
    assert kinds == ["Assign", "Name", "Attribute"]


def test_assignments():
    chain = statement("a = b = 1\n")
    assert [dotted(target) for target in chain.targets] == ["a", "b"]
    assert statement("a += 1\n").operator == "+="
    assert statement("a: int = 1\n").annotation == Name(1, 1, "int")
    assert statement("a: int\n").value is None
    assert isinstance(statement("a, *b = c\n").targets[0], Sequence)


def test_functions_and_classes():
    function = statement("@a.b('x')\n@c\nasync def f(a, b: int = 1, *c, d, **e) -> int:\n    return a\n")
    assert isinstance(function, Function)
    assert (function.line, function.end, function.is_async) == (3, 4, True)
    assert [dotted(decorator) for decorator in function.decorators] == ["a.b()", "c"]
    assert [parameter.name for parameter in function.parameters] == ["a", "b", "c", "d", "e"]
    assert function.parameters[1].default == Literal(3, 3, 1)
    class_ = statement("class A(B, metaclass=M):\n    x = 1\n    def f(self): pass\n")
    assert isinstance(class_, Class)
    assert [type(node).__name__ for node in class_.body] == ["Assign", "Function"]
    assert class_.keywords[0].name == "metaclass"


def test_imports():
    module = lower("a.py", "import a.b\nimport c.d as e\nfrom ..f import g as h, i\nfrom j import *\ndef k():\n    from l import m\n")
    assert [(node.module, node.name, node.alias) for node in module.body if isinstance(node, Import)] == [
        ("a.b", "", "a"),
        ("c.d", "", "e"),
        ("..f", "g", "h"),
        ("..f", "i", "i"),
        ("j", "*", ""),
    ]
    assert module.imports == {"a": ("a", ""), "e": ("c.d", ""), "h": ("..f", "g"), "i": ("..f", "i"), "m": ("l", "m")}


@pytest.mark.parametrize(
    ("source", "kind", "heads", "bodies"),
    [
        ("if a: b\nelif c: d\nelse: e\n", "if", 2, 3),
        ("while a: b\n", "while", 1, 1),
        ("for a in b: c\nelse: d\n", "for", 1, 2),
        ("with a as b, c: d\n", "with", 2, 1),
        ("try: a\nexcept B as e: c\nexcept: d\nfinally: f\n", "try", 1, 4),
        ("match a:\n    case 1 if b: c\n    case _: d\n", "switch", 2, 2),
    ],
)
def test_branches(source, kind, heads, bodies):
    block = statement(source)
    assert isinstance(block, Block)
    assert (block.kind, len(block.heads), len(block.bodies)) == (kind, heads, bodies)


@pytest.mark.parametrize(("source", "body"), [("for a in b: c\n", 0), ("with b as a: c\n", 0), ("try: c\nexcept b as a: d\n", 1)])
def test_what_a_branch_binds_stands_first_in_it(source, body):
    first = statement(source).bodies[body][0]
    assert isinstance(first, Assign)
    assert (dotted(first.targets[0]), dotted(first.value)) == ("a", "b")


def test_leaving_a_function():
    body = statement("def f():\n    yield a\n    raise b from c\n    return\n").body
    assert [(node.operator, dotted(node.value)) for node in body if isinstance(node, Return)] == [("yield", "a"), ("raise", "b"), ("return", "")]


def test_python_2_is_read():
    printed = statement("print 'a', b\n")
    assert isinstance(printed, Evaluate)
    assert dotted(printed.value) == "print()"


def test_what_does_not_parse_is_counted_and_the_rest_kept():
    module = lower("a.py", "a = (1\ndef f(:\n    pass\nb = 2\n")
    assert module.errors > 0
    assert lower("a.py", "(" * 50).errors == 1


N = 5_000
NESTED = {
    "calls": "x = " + "f(\n" * N + "1" + ")" * N,
    "lists": "x = " + "[\n" * N + "]" * N,
    "chain": "x = (q" + "\n.f(1)" * N + ")",
    "names": "x = q" + ".a" * N,
    "nots": "x = " + "not " * N + "1",
    "conditionals": "x = (" + "a if b else\n" * N + "c)",
    "lambdas": "x = " + "lambda: " * N + "1",
    "targets": "a = " * N + "1",
    "mixed": "x = (a" + "\n + a\n - b" * N + ")",
    "powers": "x = " + "a ** " * N + "b",
    "functions": "".join(" " * i + "def f():\n" for i in range(300)) + " " * 300 + "pass",
    "dictionaries": "x=" + "{1:\n" * N + "1" + "}" * N,
}


@pytest.mark.parametrize("name", sorted(NESTED))
def test_nesting_without_end_is_cut_and_counted(name):
    module = lower("a.py", NESTED[name])
    assert module.errors > 0
    assert _depth(module.body) < 200


def test_a_long_sum_stays_flat_and_whole():
    module = lower("a.py", "x = (a" + "\n + a" * N + ")")
    assert module.errors == 0
    assert sum(isinstance(node, Name) for node in walk(module.body)) == N + 2


def _depth(nodes: object) -> int:
    depth, level = 0, list(nodes)
    while level:
        depth, level = depth + 1, [child for node in level for child in children(node)]
    return depth
