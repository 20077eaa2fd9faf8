"""Where Rack applications of a target are mounted: in config.ru, in Rails' tables, in other applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.ruby.mapper import block_of
from threat_modeling.codebase.ruby.paths import joined, text_of
from threat_modeling.codebase.ruby.tables import constant_of, tables
from threat_modeling.codebase.syntax import Attribute, Call, Mapping, Statement, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

MAX_NESTED: Final = 8
_MOUNTS: WeakKeyDictionary[Project, dict[str, str]] = WeakKeyDictionary()


def mounts(project: Project) -> dict[str, str]:
    """Constant of an application -> the path below which it answers."""
    if project not in _MOUNTS:
        found = dict(tables(project).mounts)
        for module in project.modules(("ruby",), ("URLMap", "run ", "mount")):
            if not is_test(module.path) and "routes" not in module.path:
                for name, path in (*_mapped(module.body, "", MAX_NESTED), *_named(module.body)):
                    found.setdefault(name, path)
        _MOUNTS[project] = found
    return _MOUNTS[project]


def _mapped(body: tuple[Statement, ...], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    """`map "/api" do run Api end`, also one inside another."""
    for statement in body:
        call = getattr(statement, "value", None)
        if not isinstance(call, Call):
            continue
        name = dotted(call.callee)
        if name == "map" and call.arguments and (block := block_of(call)) is not None and depth:
            yield from _mapped(block.body, joined(prefix, text_of(call.arguments[0], {}) or ""), depth - 1)
        elif (name == "run" and call.arguments and prefix) or (name == "use" and call.arguments and prefix):
            yield constant_of(call.arguments[0]), prefix


def _named(body: tuple[Statement, ...]) -> Iterator[tuple[str, str]]:
    """`Rack::URLMap.new("/api" => Api.new)`, `Padrino.mount("Admin::App").to("/admin")`."""
    for node in walk(body):
        if not isinstance(node, Call):
            continue
        name = dotted(node.callee)
        if name.endswith("URLMap.new"):
            for argument in node.arguments:
                for key, value in argument.entries if isinstance(argument, Mapping) else ():
                    yield constant_of(value), joined(text_of(key, {}) or "")
        elif isinstance(node.callee, Attribute) and node.callee.name == "to" and "Padrino.mount()" in name and node.arguments:
            mounted = node.callee.object
            while isinstance(mounted, Call) and not mounted.arguments and isinstance(mounted.callee, Attribute):
                mounted = mounted.callee.object
            titles = [text_of(argument, {}) or constant_of(argument) for argument in mounted.arguments[:1]] if isinstance(mounted, Call) else []
            yield from ((title.replace("::", "."), joined(text_of(node.arguments[0], {}) or "")) for title in titles)
