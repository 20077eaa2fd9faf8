"""How values go through Java and Kotlin: types, collections, switches, loops, helpers in other files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.taint.engine import Engine

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "package shop;\nimport java.util.*;\nimport javax.servlet.http.*;\n"


def reached(root: Path, files: dict[str, str]) -> set[tuple[str, int]]:
    """(rule, line) of what a source reaches, in the first file."""
    for path, text in files.items():
        (root / path).write_text(text)
    project = Project(root)
    engine = Engine(project)
    for path in files:
        module = project.module(path)
        assert module is not None
        engine.analyze(module)
    return {(reach.entry.id, reach.sink.line) for reach in engine.reaches.values() if reach.taint.source and reach.sink.path == next(iter(files))}


def runs(root: Path, body: str, **files: str) -> bool:
    """Whether `input` of the request reaches the command `x` that a method makes of it."""
    beginning = 'void m(HttpServletRequest q) throws Exception { String input = q.getParameter("a");'
    code = f"{HEAD}class A {{\n {beginning}\n{body}\nRuntime.getRuntime().exec(x); }}\n}}\n"
    named = {f"{name}.java": text for name, text in files.items()}
    return any(rule == "java/command-injection" for rule, _ in reached(root, {"A.java": code, **named}))


@pytest.mark.parametrize(
    ("body", "harmful"),
    [
        ('String x = "sh " + input;', True),
        ('String x = "sh"; x += input;', True),
        ('int n = Integer.parseInt(input); String x = "sh " + n;', False),
        ('int n = 3; String x = n * 7 > 20 ? "ls" : input;', False),
        ('int n = 3; String x; if (n * 7 < 20) x = input; else x = "ls";', False),
        ('Map<String, String> m = new HashMap<>(); m.put("a", input); m.put("b", "ls"); String x = m.get("b");', False),
        ('Map<String, String> m = new HashMap<>(); m.put("a", input); m.put("b", "ls"); String x = m.get("a");', True),
        ('Map<String, String> m = new HashMap<>(); m.put(key, input); String x = m.get("b");', True),
        ('List<String> l = new ArrayList<>(); l.add("ls"); l.add(input); String x = l.get(0);', False),
        ('List<String> l = new ArrayList<>(); l.add("ls"); l.add(input); l.remove(0); String x = l.get(0);', True),
        ("List<String> l = new ArrayList<>(); for (int i = 0; i < 3; i++) { l.add(input); } String x = l.get(0);", True),
        ('StringBuilder b = new StringBuilder("sh "); b.append("a").append(input); String x = b.toString();', True),
        ("String x; switch (\"ABC\".charAt(1)) { case 'A': x = input; break; case 'B': x = \"ls\"; break; default: x = input; }", False),
        ('String x; switch ("ABC".charAt(0)) { case \'A\': x = input; break; default: x = "ls"; }', True),
        ('String x; switch (other()) { case 1: x = "ls"; break; default: x = input; }', True),
        ('String x = "ls"; for (Cookie c : q.getCookies()) { if (c.getName().equals("a")) { x = c.getValue(); break; } }', True),
        ('if (!input.equals("ls")) return; String x = input;', False),
        ('if (!Set.of("ls", "df").contains(input)) return; String x = input;', False),
        ("String x = other(input);", True),
        ('String[] x = {"sh", "-c", input};', True),
    ],
)
def test_values_within_a_method(tmp_path: Path, body: str, harmful: bool) -> None:
    assert runs(tmp_path, body) is harmful


HELPER = """package shop;
import javax.servlet.http.*;
public class Helper {
  private HttpServletRequest request;
  public Helper(HttpServletRequest request) { this.request = request; }
  public String given() { return request.getParameter("b"); }
  public String fixed(String a) { return "ls"; }
  public static String same(String a) { return a; }
}
"""


@pytest.mark.parametrize(
    ("body", "harmful"),
    [
        ("String x = new Helper(q).given();", True),
        ("String x = new Helper(q).fixed(input);", False),
        ("String x = Helper.same(input);", True),
        ('String x = shop.Helper.same("ls");', False),
        ("String x = shop.Helper.same(input);", True),
        ("String x = mine(input);", True),
    ],
)
def test_values_through_other_classes(tmp_path: Path, body: str, harmful: bool) -> None:
    assert runs(tmp_path, body, Helper=HELPER) is harmful


def test_methods_of_the_same_class_are_called_without_an_object(tmp_path: Path) -> None:
    code = HEAD + (
        'class A {\n void m(HttpServletRequest q) throws Exception { run(q.getParameter("a")); run(fixed(q.getParameter("a"))); }\n'
        ' String fixed(String a) { return "ls"; }\n void run(String command) throws Exception {\n  Runtime.getRuntime().exec(command);\n }\n}\n'
    )
    assert ("java/command-injection", 8) in reached(tmp_path, {"A.java": code})


def test_classes_without_a_name_are_read(tmp_path: Path) -> None:
    code = HEAD + (
        "class A {\n void m(HttpServletRequest q) {\n  new Thread(new Runnable() { public void run() {\n"
        '   Runtime.getRuntime().exec(q.getParameter("a"));\n  } });\n }\n}\n'
    )
    assert ("java/command-injection", 7) in reached(tmp_path, {"A.java": code})


def test_settings_of_a_file_are_known(tmp_path: Path) -> None:
    (tmp_path / "app.properties").write_text("# cipher=AES/GCM/NoPadding\ncipher=DES/ECB/PKCS5Padding\n")
    code = HEAD + (
        "import javax.crypto.Cipher;\nclass A {\n void m() throws Exception {\n  Properties p = new Properties();\n"
        '  p.load(A.class.getResourceAsStream("app.properties"));\n  Cipher.getInstance(p.getProperty("cipher", "AES/GCM/NoPadding"));\n }\n}\n'
    )
    (tmp_path / "A.java").write_text(code)
    project = Project(tmp_path)
    engine = Engine(project)
    module = project.module("A.java")
    assert module is not None
    engine.analyze(module)
    assert {(s.entry.id, s.site.node.line) for s in engine.sightings if s.entry.kind == "weaknesses"} == {("java/weak-cipher", 9)}


def test_kotlin_follows_the_same_rules(tmp_path: Path) -> None:
    code = """package shop
import org.springframework.web.bind.annotation.*
class A {
  @GetMapping("/a")
  fun a(@RequestParam name: String, @RequestParam id: Int) {
    Runtime.getRuntime().exec("sh $name")
    Runtime.getRuntime().exec("sh $id")
  }
}
"""
    assert reached(tmp_path, {"A.kt": code}) == {("java/command-injection", 6)}
