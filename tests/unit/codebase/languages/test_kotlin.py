"""What Kotlin is lowered to."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.languages.kotlin import lower
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
    Name,
    Operation,
    Other,
    Return,
    Sequence,
    Statement,
    dotted,
    text,
    walk,
)

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = """package shop.web

import io.ktor.server.routing.get as fetch
import shop.*

const val BASE = "/base"

@RestController
@RequestMapping(value = ["/items", BASE + "/x"])
class Items(private val repository: Repository, limit: Int = 3) : Base(limit), Closeable {
    companion object {
        const val NAME = "n"
    }
    @Autowired lateinit var other: Map<String, List<Item>>
    val later: String by lazy { "x" }
    init { start() }

    @GetMapping("/{id}")
    suspend fun get(@PathVariable("id") id: String, vararg rest: Int): ResponseEntity<String> {
        val sql = "select $id from ${table.name}"
        for (item in items) { use(item) }
        try { read() } catch (e: IOException) { throw Failure(e) } finally { close() }
        when { a > 1 -> one(); else -> two() }
        if (a is Item && !b) return c else if (d) e() else { f() }
        return items[0]!!.name ?: "none"
    }
}

fun Application.module() {
    routing {
        route("/a") { fetch("/b") { call.respond(it) } }
    }
}
"""


def body(source: str) -> tuple[Statement, ...]:
    return tuple(node for node in lower("A.kt", source).body if not (isinstance(node, Import) and not node.module))


def inside(code: str) -> tuple[Statement, ...]:
    (found,) = body(f"fun m() {{\n{code}\n}}\n")
    assert isinstance(found, Function)
    return found.body


def value_of(code: str) -> object:
    (assign,) = inside(f"val x = {code}")
    assert isinstance(assign, Assign)
    return assign.value


def test_imports_and_the_own_package():
    module = lower("A.kt", SAMPLE)
    found = [(node.module, node.name, node.alias) for node in module.body if isinstance(node, Import)]
    assert found == [("shop.web", "*", ""), ("io.ktor.server.routing", "get", "fetch"), ("shop", "*", "")]
    assert module.errors == 0


def test_class_with_its_companion_and_constructor():
    node = next(node for node in body(SAMPLE) if isinstance(node, Class))
    assert (node.name, node.line, [dotted(base) for base in node.bases]) == ("Items", 10, ["Base", "Closeable"])
    assert [dotted(decorator) for decorator in node.decorators] == ["RestController", "RequestMapping()"]
    members = [n.name if isinstance(n, Function) else dotted(n.targets[0]) for n in node.body if isinstance(n, Function | Assign)]
    assert members == ["repository", "constructor", "NAME", "other", "later", "get"]
    later = next(n for n in node.body if isinstance(n, Assign) and dotted(n.targets[0]) == "later")
    assert text(later.value) == "x"


def test_method_and_its_parameters():
    method = next(node for node in walk(body(SAMPLE)) if isinstance(node, Function) and node.name == "get")
    assert [(p.name, dotted(p.annotation), [dotted(d) for d in p.decorators]) for p in method.parameters] == [
        ("id", "String", ["PathVariable()"]),
        ("rest", "Int", []),
    ]
    assert dotted(method.decorators[0]) == "GetMapping()"
    assert isinstance(method.body[-1], Return)


def test_trailing_lambdas_are_arguments():
    module = next(node for node in body(SAMPLE) if isinstance(node, Function) and node.name == "module")
    calls = {dotted(node.callee): node for node in walk(module) if isinstance(node, Call)}
    assert [type(argument) for argument in calls["route"].arguments] == [Literal, Function]
    assert [type(argument) for argument in calls["fetch"].arguments] == [Literal, Function]
    assert [type(argument) for argument in calls["routing"].arguments] == [Function]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('"a$b${c.d}e"', Join),
        ('"a" + b', Join),
        ("a!! as B", Name),
        ("a ?: b", Operation),
        ("a to b", Call),
        ('if (a) "b" else "c"', Other),
        ("if (a) { f(); b } else c", Other),
        ('when (a) { 1, 2 -> "b"; is C -> d; else -> { e } }', Other),
        ("try { a } catch (e: E) { b }", Other),
        ("object : T(x) { override fun run() { go() } }", Call),
        ("f<A>(1, name = 2)", Call),
        ("A::b", object),
        ('"""a $b"""', Join),
    ],
)
def test_expressions(source: str, kind: type):
    assert isinstance(value_of(source), kind)


def test_named_arguments_are_keywords():
    call = value_of("f(1, name = 2) { it }")
    assert isinstance(call, Call)
    assert ([type(a) for a in call.arguments], [k.name for k in call.keywords]) == ([Literal, Function], ["name"])


def test_branches():
    (switch,) = inside("when (a) {\n 1, 2 -> b()\n else -> c()\n}")
    assert isinstance(switch, Block)
    assert [(h.operator, len(h.operands)) for h in switch.heads[1:] if isinstance(h, Operation)] == [("case", 2), ("default", 0)]
    (branch,) = inside("if (a) b() else if (c) { d() } else e()")
    assert isinstance(branch, Block)
    assert (len(branch.heads), len(branch.bodies)) == (2, 3)
    (each,) = inside("for ((k, v) in map) { use(k) }")
    assert isinstance(each, Block)
    first = each.bodies[0][0]
    assert isinstance(first, Assign)
    assert isinstance(first.targets[0], Sequence)


@pytest.mark.parametrize(
    ("source", "keywords"),
    [
        ("data class R(@field:NotNull val name: String)", ["data"]),
        ("object O { fun a() = 1 }", ["object"]),
        ("object O : B() {\n fun a() = 1\n}", ["object"]),
        ("sealed interface S", ["interface", "sealed"]),
        ('enum class E(val s: String) { A("x"), B("y") }', ["enum"]),
        ("annotation class N(val value: String)", ["annotation"]),
    ],
)
def test_kinds_of_types(source: str, keywords: list[str]):
    (node,) = body(source)
    assert isinstance(node, Class)
    assert [keyword.name for keyword in node.keywords] == keywords


def test_function_with_a_value_returns_it():
    (function,) = body('fun Route.items() = get("/x") { call.respond(1) }')
    assert isinstance(function, Function)
    assert function.name == "items"
    assert isinstance(function.body[0], Return)


def test_names_lead_to_java_and_to_top_level_declarations(tmp_path: Path):
    (tmp_path / "Paths.java").write_text('package shop;\npublic class Paths { static final String A = "/a"; }\n')
    (tmp_path / "values.kt").write_text('package shop\nconst val B = "/b"\nobject C {\n  const val D = "/d"\n}\n')
    (tmp_path / "use.kt").write_text("package web\nimport shop.Paths\nimport shop.B\nimport shop.C\n")
    project = Project(tmp_path)
    found = [project.definition("use.kt", name) for name in ("Paths.A", "B", "C.D")]
    assert [text(place[1]) if place else None for place in found] == ["/a", "/b", "/d"]


def test_broken_and_hostile_sources_are_read_to_the_end():
    chance = random.Random(5)  # noqa: S311 -- the same cuts every time
    for _ in range(150):
        cut = sorted(chance.sample(range(len(SAMPLE)), 2))
        lower("A.kt", SAMPLE[: cut[0]] + SAMPLE[cut[1] :])
    assert lower("A.kt", "val a = " + "(" * 3000 + "1" + ")" * 3000).lines == 1
    (statement,) = body("// nothing\nval a = 1")
    assert isinstance(statement, Assign)
    assert not [node for node in body("/* a */ class A") if isinstance(node, Evaluate)]
