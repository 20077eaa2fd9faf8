"""What JavaScript and TypeScript are lowered to."""

from __future__ import annotations

import random

import pytest

from threat_modeling.codebase.languages.javascript import lower
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Class,
    Evaluate,
    Export,
    Function,
    Import,
    Join,
    Literal,
    Mapping,
    Name,
    Operation,
    Other,
    Return,
    Statement,
    Subscript,
    dotted,
    text,
    walk,
)


def body(source: str, path: str = "a.ts") -> tuple[Statement, ...]:
    return lower(path, source).body


def one(source: str, path: str = "a.ts") -> Statement:
    (statement,) = body(source, path)
    return statement


@pytest.mark.parametrize(
    ("source", "imports"),
    [
        ("import a, {b as c} from './m'", [("./m", "default", "a"), ("./m", "b", "c")]),
        ("import * as ns from 'm'", [("m", "", "ns")]),
        ("import 'm'", [("m", "", "")]),
        ("import type { T } from 'm'", [("m", "T", "T")]),
        ("import x = require('m')", [("m", "", "x")]),
        ("const x = require('m')", [("m", "", "x")]),
        ("const {a, b: c = 1, ...d} = require('m')", [("m", "a", "a"), ("m", "b", "c"), ("m", "", "d")]),
        ("const f = require('m').f", [("m", "f", "f")]),
        ("async () => { const {x} = await import('m') }", [("m", "x", "x")]),
        ("export {a as b} from './k'", [("./k", "a", "b")]),
        ("export * as q from './k'", [("./k", "", "q")]),
        ("export * from './k'", [("./k", "*", "*")]),
    ],
)
def test_every_form_of_import(source: str, imports: list[tuple[str, str, str]]):
    module = lower("a.ts", source)
    assert [(node.module, node.name, node.alias) for node in walk(module.body) if isinstance(node, Import)] == imports
    assert module.imports == {alias: (source, name) for source, name, alias in imports if alias}


@pytest.mark.parametrize(
    ("source", "exports"),
    [
        ("export const a = 1, b = 2", ["a", "b"]),
        ("export function f () {}", ["f"]),
        ("export default class A {}", ["default"]),
        ("export { a, b as c }", ["a", "c"]),
        ("export = f", ["default"]),
        ("module.exports = { a }", ["default"]),
        ("exports.a = module.exports.b = 1", ["a", "b"]),
        ("export {a as b} from './k'", ["b"]),
    ],
)
def test_every_form_of_export(source: str, exports: list[str]):
    assert [node.name for node in body(source) if isinstance(node, Export)] == exports


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("const f = (a) => a", "f"),
        ("exports.f = function () {}", "f"),
        ("const o = { f: async () => 1 }", "f"),
        ("const o = { f () {} }", "f"),
        ("class A { f = () => 1 }", "f"),
        ("const g = function f () {}", "f"),
        ("module.exports = () => 1", ""),
    ],
)
def test_a_function_is_called_by_what_it_is_assigned_to(source: str, name: str):
    assert [node.name for node in walk(body(source)) if isinstance(node, Function)] == [name]


def test_decorators_types_and_parameters_of_a_class():
    source = """
@Controller('cats')
export class Cats extends Base implements Pet {
  @Column() age: number = 1
  constructor(private readonly cats: Repository<Cat>) { super() }
  @Get(':id')
  async find(@Param('id') id: string, { limit = 5 }: Page, ...rest): Promise<Cat[]> { return this.cats.find(id) }
}
"""
    export = one(source)
    assert isinstance(export, Export)
    cats = export.value
    assert isinstance(cats, Class)
    assert [dotted(base) for base in cats.bases] == ["Base", "Pet"]
    assert dotted(cats.decorators[0]) == "Controller()"
    column, age, constructor, find = cats.body
    assert isinstance(column, Evaluate)
    assert isinstance(age, Assign)
    assert isinstance(age.annotation, Name)
    assert isinstance(constructor, Function)
    assert isinstance(constructor.parameters[0].annotation, Subscript)
    assert isinstance(find, Function)
    assert find.is_async
    assert find.line == 7
    assert dotted(find.decorators[0]) == "Get()"
    assert [(p.name, p.binds, len(p.decorators)) for p in find.parameters] == [("id", (), 1), ("", ("limit",), 0), ("rest", (), 0)]


def test_templates_concatenation_and_escapes():
    assert text(Evaluate.value.__get__(one(r"'\x41\u{1F600}\n\ud83d\ude00\q'"))) == "A\U0001f600\n\U0001f600q"
    joined = one("`a${b}c` + 'd' + e")
    assert isinstance(joined, Evaluate)
    assert isinstance(joined.value, Join)
    assert [type(part) for part in joined.value.parts] == [Literal, Name, Literal, Literal, Name]
    tagged = one("sql`select ${x}`")
    assert isinstance(tagged, Evaluate)
    assert isinstance(tagged.value, Call)
    assert isinstance(tagged.value.arguments[0], Join)
    plain = one("f(`x`)")
    assert isinstance(plain, Evaluate)
    assert isinstance(plain.value, Call)
    assert text(plain.value.arguments[0]) == "x"


def test_chains_operators_and_assignments_inside_expressions():
    assert dotted(Evaluate.value.__get__(one("a?.b?.(c)?.[d]!.e as any"))) == "a.b()[].e"
    condition = one("if ((m = re.exec(x)) && !y) { z += 1 } else if (q) { } else w()")
    assert isinstance(condition, Block)
    assert (len(condition.heads), len(condition.bodies)) == (2, 3)
    head = condition.heads[0]
    assert isinstance(head, Operation)
    assert isinstance(head.operands[0], Operation)
    assert head.operands[0].operator == "="
    added = condition.bodies[0][0]
    assert isinstance(added, Assign)
    assert added.operator == "+="


def test_loops_and_branches():
    each = one("for (const [k, v] of pairs) f(k)")
    assert isinstance(each, Block)
    bound = each.bodies[0][0]
    assert isinstance(bound, Assign)
    assert bound.value is each.heads[0]
    counted = one("for (let i = 0; i < 3; i++) { f(i) }")
    assert isinstance(counted, Block)
    assert [type(node) for node in counted.bodies[0]] == [Assign, Evaluate, Evaluate]
    attempt = one("try { a() } catch (e) { b() } finally { c() }")
    assert isinstance(attempt, Block)
    assert len(attempt.bodies) == 3
    choice = one("switch (x) { case 1: f(); break; default: g() }")
    assert isinstance(choice, Block)
    assert len(choice.bodies) == 2


def test_objects_keep_methods_spreads_and_shorthands():
    statement = one("const o = { a, m () {}, 'b-c': 1, [k]: 2, ...s }")
    assert isinstance(statement, Assign)
    assert isinstance(statement.value, Mapping)
    assert [key.value if isinstance(key, Literal) else key and dotted(key) for key, _ in statement.value.entries] == ["a", "m", "b-c", "k", None]


def test_elements_are_calls_with_reachable_attributes():
    statement = one("const x = <Link to={url} {...rest} bold>text {y}<br/></Link>", "a.jsx")
    assert isinstance(statement, Assign)
    element = statement.value
    assert isinstance(element, Call)
    assert isinstance(element.callee, Other)
    assert element.callee.kind == "jsx"
    assert [keyword.name for keyword in element.keywords] == ["to", None, "bold"]
    assert len(element.arguments) == 3


def test_interfaces_and_enumerations():
    interface, role, alias = body(
        "interface User extends Base { email: string; age?: number }\nenum Role { Admin = 'a', Guest }\ntype Q = { z: string }"
    )
    assert isinstance(interface, Class)
    assert interface.keywords[0].name == "interface"
    assert [dotted(field.targets[0]) for field in interface.body if isinstance(field, Assign)] == ["email", "age"]
    assert isinstance(role, Assign)
    assert isinstance(role.value, Mapping)
    assert isinstance(role.value.get("Admin"), Literal)
    assert isinstance(alias, Class)


def test_lines_are_those_of_the_source():
    first, second = body("f(\n  a,\n  b\n)\n// note\ng()\n")
    assert (first.line, first.end) == (1, 4)
    assert (second.line, second.end) == (6, 6)
    call = Evaluate.value.__get__(first)
    assert [argument.line for argument in call.arguments] == [2, 3]


def test_broken_code_is_counted_and_the_rest_kept():
    module = lower("a.js", "const a = ;\nfunction f ( { return 1 }\napp.get('/x', h)\n")
    assert module.errors > 0
    assert any(isinstance(node, Attribute) and node.name == "get" for node in walk(module.body))


@pytest.mark.parametrize("path", ["a.js", "a.ts", "a.tsx"])
@pytest.mark.parametrize(
    "source",
    [
        "(" * 5000,
        "f(" * 5000 + ")" * 5000,
        "[" * 5000,
        "a" + ".b()" * 5000,
        "'a' + " * 5000 + "b",
        "`${" * 2000,
        "if (a) {} else " * 5000 + "{}",
        "<a>" * 3000,
        "x => " * 5000 + "1",
        "!" * 5000 + "a",
        "a = " * 5000 + "1",
        "class A { m () { " * 2000,
        "9" * 5000,
    ],
)
def test_nesting_cannot_exhaust_a_reader(path: str, source: str):
    module = lower(path, source)
    assert sum(1 for _ in walk(module.body)) < 50_000


def test_noise_never_raises():
    source = (
        "import a from 'b'\nexport class C { @D() m ({x}, [y] = []) { return `a${x}` } }\n"
        "const {q: [r]} = await f?.(...s)\nfor (const k in o) l: { break l }"
    )
    noise = random.Random(7)  # noqa: S311 -- the same noise every time
    for _ in range(400):
        start = noise.randrange(len(source))
        broken = (
            source[:start]
            + noise.choice(["", "(", "{", "`", "<", "@", "...", "=>", "export ", "class ", "\u2028"])
            + source[start + noise.randrange(9) :]
        )
        for path in ("a.js", "a.tsx"):
            assert lower(path, broken).lines >= 1


def test_returns_of_arrows_throw_and_yield():
    returns = [
        (node.operator, type(node.value))
        for node in walk(body("const f = x => x\nfunction* g () { yield 1; throw new E() }"))
        if isinstance(node, Return)
    ]
    assert returns[0] == ("return", Name)
    assert ("raise", Call) in returns
