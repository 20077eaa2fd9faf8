"""What Java is lowered to, and where its names lead."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.languages.java import lower
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Class,
    Evaluate,
    Function,
    Import,
    Join,
    Literal,
    Name,
    Operation,
    Other,
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

SAMPLE = """package shop.web;

import java.util.*;
import static shop.Paths.BASE;
import shop.Item;

@RestController
@RequestMapping(value = {"/items", BASE + "/x"}, method = RequestMethod.GET)
public abstract class Items extends Base<Item> implements Closeable, Runnable {
    private static final String NAME = "a\\n\\u0041" + 'c';
    @Autowired private Map<String, List<Item>> known;

    Items(Repository repository) { this.repository = repository; }

    @GetMapping("/{id}")
    public ResponseEntity<?> get(@PathVariable("id") final String id, int... rest) throws IOException {
        String sql = "select " + id + 1;
        sql += "x";
        try (Reader reader = open(); other) { read(reader); } catch (IOException | SQLException e) { throw new Failure(e); } finally { close(); }
        switch (id) { case "a": case "b": one(); break; default: two(); }
        String kind = switch (id) { case "a", "b" -> "c"; default -> { yield "d"; } };
        for (Item item : items) use(item);
        for (int i = 0; i < 3; i++) { count(i); }
        if (a instanceof Item b) return b; else if (c) d(); else { e(); }
        list.forEach(x -> x.run());
        list.map(Item::name);
        new Thread(go) { public void run() { (String) stop(); } };
        return (Item) items[0];
    }
}
"""


def body(source: str) -> tuple[Statement, ...]:
    return tuple(node for node in lower("A.java", source).body if not (isinstance(node, Import) and not node.module))


def inside(code: str) -> tuple[Statement, ...]:
    """The statements of a method."""
    (found,) = (node for node in walk(body(f"class A {{ void m() {{ {code} }} }}")) if isinstance(node, Function) and node.name == "m")
    return found.body


def test_imports_and_the_own_package():
    module = lower("A.java", SAMPLE)
    found = [(node.module, node.name, node.alias) for node in module.body if isinstance(node, Import)]
    assert found == [("shop.web", "*", ""), ("java.util", "*", ""), ("shop.Paths", "BASE", "BASE"), ("shop", "Item", "Item")]
    assert module.imports == {"BASE": ("shop.Paths", "BASE"), "Item": ("shop", "Item")}
    assert module.errors == 0


def test_class_and_its_annotations():
    node = next(node for node in body(SAMPLE) if isinstance(node, Class))
    assert (node.name, node.line, [dotted(base) for base in node.bases]) == ("Items", 9, ["Base[]", "Closeable", "Runnable"])
    assert [keyword.name for keyword in node.keywords] == ["abstract"]
    plain, mapping = node.decorators
    assert isinstance(plain, Name)
    assert isinstance(mapping, Call)
    paths = mapping.keyword("value")
    assert isinstance(paths, Sequence)
    assert (text(paths.elements[0]), dotted(mapping.keyword("method"))) == ("/items", "RequestMethod.GET")


def test_fields_constructor_and_methods():
    node = next(node for node in body(SAMPLE) if isinstance(node, Class))
    name, decorator, known, constructor, method = node.body
    assert isinstance(name, Assign)
    assert text(name.value) == "a\nAc"
    assert isinstance(decorator, Evaluate)
    assert isinstance(known, Assign)
    assert isinstance(known.annotation, Subscript)
    assert isinstance(constructor, Function)
    assert constructor.name == "constructor"
    assert isinstance(method, Function)
    first, rest = method.parameters
    assert (first.name, dotted(first.annotation), [dotted(d) for d in first.decorators]) == ("id", "String", ["PathVariable()"])
    assert (rest.name, method.line, method.name) == ("rest", 16, "get")


def test_text_is_joined_and_added_to():
    assign, update = inside('String sql = "a" + b + c; sql += d;')
    assert isinstance(assign, Assign)
    assert isinstance(assign.value, Join)
    assert len(assign.value.parts) == 3
    assert isinstance(update, Assign)
    assert update.operator == "+="


def test_text_block_loses_its_indentation():
    (assign,) = inside('String a = """\n    one\n      "two"\n    """;')
    assert isinstance(assign, Assign)
    assert text(assign.value) == 'one\n  "two"\n'


def test_switch_has_a_head_for_each_body():
    (block,) = inside('switch (x) { case 1: case 2: a(); break; case "b" : b(); default: c(); }')
    assert isinstance(block, Block)
    cases = block.heads[1:]
    assert [(c.operator, len(c.operands)) for c in cases if isinstance(c, Operation)] == [("case", 2), ("case", 1), ("default", 0)]
    assert [len(branch) for branch in block.bodies] == [1, 1, 1]


def test_switch_with_arrows_gives_a_value():
    (assign,) = inside('String a = switch (x) { case 1 -> "c"; default -> { yield "d"; } };')
    assert isinstance(assign, Assign)
    assert isinstance(assign.value, Other)
    assert {node.value for node in walk(assign.value) if isinstance(node, Literal)} == {1, "c", "d"}


def test_branches_and_loops():
    (branch,) = inside("if (a) b(); else if (c) { d(); } else e();")
    assert isinstance(branch, Block)
    assert (len(branch.heads), len(branch.bodies)) == (2, 3)
    (each,) = inside("for (Item x : xs) use(x);")
    assert isinstance(each, Block)
    assert isinstance(each.bodies[0][0], Assign)
    (count,) = inside("for (int i = 0; i < 3; i++) { use(i); }")
    assert isinstance(count, Block)
    assert (len(count.heads), len(count.bodies[0])) == (1, 3)
    (attempt,) = inside("try (A a = open()) { b(); } catch (E e) { c(); } finally { d(); }")
    assert isinstance(attempt, Block)
    assert [len(branch) for branch in attempt.bodies] == [2, 2, 1]


def test_lambdas_references_and_classes_without_a_name():
    given, called, made = inside("f(x -> x.y()); f(A::b); new T(a) { void run() { b(); } };")
    assert isinstance(given, Evaluate)
    assert isinstance(given.value, Call)
    function = given.value.arguments[0]
    assert isinstance(function, Function)
    assert isinstance(function.body[0], Return)
    assert isinstance(called, Evaluate)
    assert isinstance(called.value, Call)
    assert dotted(called.value.arguments[0]) == "A.b"
    assert isinstance(made, Evaluate)
    assert isinstance(made.value, Call)
    assert made.value.new
    assert isinstance(made.value.callee, Class)
    assert [dotted(base) for base in made.value.callee.bases] == ["T"]


@pytest.mark.parametrize(
    ("source", "keyword", "members"),
    [
        ('enum E { A("x"), B; String s; E(String s) {} }', "enum", ["A", "B", "s", "constructor"]),
        ("record R(@NotNull String name, int age) { }", "record", ["name", "age", "constructor"]),
        ("interface I { @GET String f(); int K = 1; }", "interface", ["f", "K"]),
        ('@interface N { String value() default "x"; }', "annotation", ["value"]),
    ],
)
def test_kinds_of_types(source: str, keyword: str, members: list[str]):
    (node,) = body(source)
    assert isinstance(node, Class)
    assert [k.name for k in node.keywords] == [keyword]
    assert [n.name if isinstance(n, Function) else dotted(n.targets[0]) for n in node.body if isinstance(n, Function | Assign)] == members


def test_casts_and_chains_are_what_they_hold():
    (assign,) = inside("String a = ((A) this.b.c).d;")
    assert isinstance(assign, Assign)
    assert isinstance(assign.value, Attribute)
    assert dotted(assign.value) == "this.b.c.d"


def test_names_lead_to_other_files(tmp_path: Path):
    files = {
        "src/shop/Paths.java": 'package shop;\npublic class Paths {\n  public static final String BASE = "/base";\n  static class Inner { }\n}\n',
        "src/shop/web/Items.java": "package shop.web;\nimport shop.Paths;\nimport static shop.Paths.BASE;\nclass Items { }\n",
        "src/shop/web/Other.java": "package shop.web;\nimport shop.*;\nclass Other { }\n",
    }
    for path, source in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source)
    project = Project(tmp_path)
    for name in ("BASE", "Paths.BASE"):
        found = project.definition("src/shop/web/Items.java", name)
        assert found is not None
        assert text(found[1]) == "/base"
    assert project.definition("src/shop/web/Items.java", "Unknown") is None
    for name, path in (("Items", "src/shop/web/Items.java"), ("Paths", "src/shop/Paths.java"), ("Paths.Inner", "src/shop/Paths.java")):
        found = project.definition("src/shop/web/Other.java", name)
        assert found is not None
        assert (found[0].path, isinstance(found[1], Class)) == (path, True)


def test_broken_and_hostile_sources_are_read_to_the_end():
    chance = random.Random(5)  # noqa: S311 -- the same cuts every time
    for _ in range(150):
        cut = sorted(chance.sample(range(len(SAMPLE)), 2))
        lower("A.java", SAMPLE[: cut[0]] + SAMPLE[cut[1] :])
    assert lower("A.java", "class A { int a = " + "(" * 5000 + "1" + ")" * 5000 + "; }").lines == 1
    assert lower("A.java", "class A { T" + "<T" * 5000 + ">" * 5000 + " a; }").lines == 1
