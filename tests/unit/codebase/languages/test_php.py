"""What PHP is lowered to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.languages.php import lower
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.syntax import (
    Assign,
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
    return tuple(node for node in lower("a.php", f"<?php\n{source}").body if not isinstance(node, Import | Export))


def value(source: str) -> object:
    (statement,) = body(source)
    assert isinstance(statement, Evaluate)
    return statement.value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$a->b?->c;", "$a.b.c"),
        ("$this->a->b;", "this.a.b"),
        ("A\\B::c(1)->d();", "A.B.c().d()"),
        ("self::$name;", "self.name"),
        ("\\Foo\\bar($x);", "Foo.bar()"),
        ("$_GET['a'];", "$_GET[]"),
    ],
)
def test_chains(source: str, expected: str):
    assert dotted(value(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("'a\\'b';", "a'b"),
        ('"a\\n\\u{e9}";', "a\né"),
        ("'a' . 'b' . \"c\";", "abc"),
        ("<<<'X'\n  raw\n  X;", "  raw"),
    ],
)
def test_text(source: str, expected: str):
    assert text(value(source)) == expected


def test_interpolation_is_a_join():
    join = value("\"select $a and {$b['c']} $d[e] {$f->g}\";")
    assert isinstance(join, Join)
    assert [dotted(part) for part in join.parts if not isinstance(part, Literal)] == ["$a", "$b[]", "$d[]", "$f.g"]


def test_imports_namespaces_and_neighbors():
    module = lower(
        "a.php", "<?php\nnamespace App\\Http;\nuse A\\B;\nuse C\\{D, E as F};\nclass X extends Base { function a(Near $n) { new \\Far(); } }"
    )
    assert module.imports == {
        "B": ("A.B", ""),
        "D": ("C.D", ""),
        "F": ("C.E", ""),
        "Base": ("App.Http.Base", ""),
        "Near": ("App.Http.Near", ""),
    }


def test_attributes_annotations_and_modifiers_are_decorators():
    (class_,) = body(
        '/** @Entity(name="a", keys={"x", "y"=1}) */\n#[Marked]\nabstract class A {\n  /** @param int $a */\n  private static function b() {}\n}'
    )
    assert isinstance(class_, Class)
    entity, marked, _ = class_.decorators
    assert isinstance(entity, Call)
    assert text(entity.keyword("name")) == "a"
    assert isinstance(entity.keyword("keys"), Mapping)
    assert dotted(marked) == "Marked()"
    (method,) = class_.body
    assert isinstance(method, Function)
    assert [dotted(mark) for mark in method.decorators] == ["private", "static"]


def test_classes_properties_and_constructors():
    (class_,) = body("class A extends B implements C { use T; const X = 1; protected ?string $name = 'n'; function __construct(private D $d) {} }")
    assert isinstance(class_, Class)
    assert [dotted(base) for base in class_.bases] == ["B", "C"]
    trait, constant, field, constructor = class_.body
    assert isinstance(trait, Evaluate)
    assert dotted(trait.value) == "use()"
    assert isinstance(constant, Assign)
    assert isinstance(field, Assign)
    assert dotted(field.targets[0]) == "name"
    assert isinstance(constructor, Function)
    assert constructor.name == "constructor"
    assert constructor.parameters[0].name == "$d"


def test_branches_loops_and_switches():
    branch, loop, switch, attempt = body(
        "if ($a): x(); elseif ($b): y(); else: z(); endif;\nforeach ($l as $k => $v) { f($v); }\n"
        "switch ($a) { case 1: x(); break; default: y(); }\ntry { x(); } catch (E $e) { y(); } finally { z(); }"
    )
    assert isinstance(branch, Block)
    assert (len(branch.heads), len(branch.bodies)) == (2, 3)
    assert isinstance(loop, Block)
    first = loop.bodies[0][0]
    assert isinstance(first, Assign)
    assert dotted(first.targets[0]) == "$v"
    assert isinstance(switch, Block)
    assert (len(switch.heads), len(switch.bodies)) == (2, 2)
    assert isinstance(attempt, Block)
    assert len(attempt.bodies) == 3


def test_arrays_casts_closures_and_throws():
    sequence, mapping, cast, closure, thrown, added = body(
        "$a = [1, ...$b];\n$c = ['k' => 1, 2];\n$d = (int) $e;\n$f = fn($x) => $x;\nthrow new E('x');\n$s .= 'x';"
    )
    assert isinstance(sequence, Assign)
    assert isinstance(sequence.value, Sequence)
    assert isinstance(mapping, Assign)
    assert isinstance(mapping.value, Mapping)
    assert isinstance(cast, Assign)
    assert dotted(cast.value) == "intval()"
    assert isinstance(closure, Assign)
    assert isinstance(closure.value, Function)
    assert isinstance(closure.value.body[0], Return)
    assert isinstance(thrown, Return)
    assert thrown.operator == "raise"
    assert isinstance(added, Assign)
    assert added.operator == "+="


def test_markup_is_left_out_and_lines_stay():
    module = lower("a.php", "<p class='x\">\n<?= $a ?>\n<?php if ($b): ?>\n <b>it's</b>\n<?php echo '?>' . $c; // ?>\n<?php endif;\n")
    assert module.errors == 0
    echoes = [node for node in walk(module.body) if isinstance(node, Call) and dotted(node.callee) == "echo"]
    assert [echo.line for echo in echoes] == [2, 5]
    assert {node.id for node in walk(module.body) if isinstance(node, Name)} >= {"$a", "$b", "$c"}


def test_errors_and_depth_are_counted():
    assert lower("a.php", "<?php function (").errors
    assert lower("a.php", "<?php " + "f(" * 300 + ")" * 300 + ";").errors
    assert lower("a.php", "<?php $a = " + "'x' . " * 3_000 + "'y';").errors == 0


def test_classes_are_found_where_composer_loads_them(tmp_path: Path):
    for path, source in {
        "composer.json": '{"autoload": {"psr-4": {"Shop\\\\": "src/"}}}',
        "src/Models/Cart.php": "<?php\nnamespace Shop\\Models;\nclass Cart { static function open($id) {} }\n",
        "src/Pages/Page.php": "<?php\nnamespace Shop\\Pages;\nuse Shop\\Models\\Cart;\nCart::open(1);\n",
        "other/Cart.php": "<?php\nclass Cart {}\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source)
    found = Project(tmp_path).definition("src/Pages/Page.php", "Cart.open")
    assert found is not None
    assert found[0].path == "src/Models/Cart.php"
    assert isinstance(found[1], Function)


def test_operators():
    either = value("$a ?: $b;")
    assert isinstance(either, Operation)
    assert either.operator == "||"
    command = value("`ls $a`;")
    assert dotted(command) == "shell_exec()"


@pytest.mark.parametrize("piece", ["/*", "<<<A\n", "'\\", "<?php ", "`", '"{$a'])
def test_what_is_never_closed_is_read_once(piece: str):
    assert lower("a.php", "<?php " + piece * 5_000).path == "a.php"
