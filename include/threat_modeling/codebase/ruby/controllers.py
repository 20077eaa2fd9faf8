"""Rails' controllers across files: what they inherit and include, their actions, and the callbacks that run before an action."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.ruby.constants import camelized
from threat_modeling.codebase.ruby.paths import texts_of
from threat_modeling.codebase.syntax import Attribute, Block, Call, Class, Evaluate, Function, Literal, Name, Statement, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

MAX_ANCESTORS: Final = 12
_BEFORE: Final = frozenset(
    {"before_action", "before_filter", "prepend_before_action", "append_before_action", "around_action", "prepend_before_filter"}
)
_SKIPPED: Final = frozenset({"skip_before_action", "skip_before_filter", "skip_action_callback", "skip_around_action"})


@dataclass(frozen=True, slots=True)
class Definition:
    """A class or module of a file."""

    module: Module
    node: Class

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other one."""
        return self.module.path, self.node.line

    @property
    def methods(self) -> dict[str, Function]:
        """Its methods by name."""
        return {member.name: member for member in self.node.body if isinstance(member, Function)}


@dataclass(frozen=True, slots=True)
class Macro:
    """A call in a class body, with the file it stands in."""

    module: Module
    name: str
    call: Call


@dataclass(slots=True)
class Controllers:
    """Finds classes by what they are loaded as."""

    project: Project
    _lineages: dict[tuple[str, int], tuple[Definition, ...]] = field(default_factory=dict)
    _methods: dict[tuple[str, int], dict[str, tuple[Definition, Function]]] = field(default_factory=dict)
    _macros: dict[tuple[str, int], tuple[Macro, ...]] = field(default_factory=dict)
    _files: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the controllers' files by what stands behind the folder."""
        for path in sorted(self.project.paths):
            if path.endswith("_controller.rb"):
                _, found, rest = f"/{path}".partition("/controllers/")
                if found:
                    self._files.setdefault(rest.removesuffix("_controller.rb"), []).append(path)

    def controller(self, importer: str, name: str) -> Definition | None:
        """The controller that a route names as `admin/users`, the one of the same application where several have it."""
        root = importer.rpartition("config/")[0]
        found = sorted(self._files.get(name, ()), key=lambda path: (not path.startswith(root), len(path)))
        if not found:
            return None
        module = self.project.module(found[0])
        return self.declared(module, f"{camelized(name)}Controller") if module is not None else None

    def declared(self, module: Module, name: str) -> Definition | None:
        """The class of a file by its full name, or else by its last part."""
        classes = list(classes_of(module.body))
        last = name.rpartition("::")[2]
        exact = next((node for full, node in classes if full == name), None)
        found = exact or next((node for full, node in classes if full.rpartition("::")[2] == last), None)
        return Definition(module, found) if found is not None else None

    def lineage(self, definition: Definition) -> tuple[Definition, ...]:
        """A class, what it includes, and the same for its bases; the nearest first."""
        if definition.key not in self._lineages:
            self._lineages[definition.key] = (definition,)
            self._lineages[definition.key] = tuple(self._ancestors(definition))
        return self._lineages[definition.key]

    def _ancestors(self, definition: Definition) -> Iterator[Definition]:
        yield definition
        above = definition.node.bases
        included = [argument for macro in macros(definition) if macro.name in {"include", "prepend", "extend"} for argument in macro.call.arguments]
        seen: set[tuple[str, int]] = {(definition.module.path, definition.node.line)}
        for expression in (*reversed(included), *above):
            found = self.constant(definition.module, dotted(expression))
            for one in self.lineage(found) if found is not None else ():
                key = (one.module.path, one.node.line)
                if key not in seen and len(seen) < MAX_ANCESTORS:
                    seen.add(key)
                    yield one

    def constant(self, module: Module, name: str) -> Definition | None:
        """What a constant as written in a file names."""
        if not name or not name[:1].isupper():
            return None
        constant = name.replace(".", "::")
        own = next((node for full, node in classes_of(module.body) if full == constant), None)
        if own is not None:
            return Definition(module, own)
        path = self.project.resolve(module.path, constant) or self.project.resolve(module.path, constant.rpartition("::")[2])
        found = self.project.module(path) if path is not None else None
        return self.declared(found, constant) if found is not None else None

    def action(self, definition: Definition, name: str) -> tuple[Definition, Function] | None:
        """The method that serves an action, also an inherited one."""
        if definition.key not in self._methods:
            found: dict[str, tuple[Definition, Function]] = {}
            for owner in reversed(self.lineage(definition)):
                found |= {title: (owner, function) for title, function in owner.methods.items()}
            self._methods[definition.key] = found
        return self._methods[definition.key].get(name)

    def before(self, definition: Definition, action: str) -> Iterator[tuple[Macro, object]]:
        """What runs before an action, in order: the macro that says so, and the name or the block."""
        running: list[tuple[Macro, object]] = []
        for owner in reversed(self.lineage(definition)):
            for macro in self.said(owner):
                if macro.name in _BEFORE and covers(macro.call, action):
                    given = [(macro, argument) for argument in macro.call.arguments]
                    running = [*given, *running] if macro.name.startswith("prepend") else [*running, *given]
                elif macro.name in _SKIPPED and covers(macro.call, action):
                    left = {text for argument in macro.call.arguments for text in texts_of(argument, {})}
                    running = [one for one in running if _title(one[1]) not in left]
        yield from running

    def macros(self, definition: Definition) -> Iterator[Macro]:
        """What the bodies of a class and of its ancestors call, ancestors first."""
        for owner in reversed(self.lineage(definition)):
            yield from self.said(owner)

    def said(self, definition: Definition) -> tuple[Macro, ...]:
        """What the body of one class calls, read once."""
        if definition.key not in self._macros:
            self._macros[definition.key] = tuple(macros(definition))
        return self._macros[definition.key]


def classes_of(body: tuple[Statement, ...], prefix: str = "", depth: int = 10) -> Iterator[tuple[str, Class]]:
    """Classes and modules by full name, the outer ones first."""
    for statement in body:
        if isinstance(statement, Class) and depth:
            name = f"{prefix}{statement.name}"
            yield name, statement
            yield from classes_of(statement.body, f"{name}::", depth - 1)
        elif isinstance(statement, Block):
            for inner in statement.bodies:
                yield from classes_of(inner, prefix, depth - 1 if depth else 0)


def macros(definition: Definition) -> Iterator[Macro]:
    """The calls of a class body; those of an `included` block too, and what stands alone without arguments."""
    for call in _calls(definition.node.body):
        name = dotted(call.callee)
        if (
            name in {"included", "class_eval", "instance_eval", "prepended", "base.class_eval"}
            and call.arguments
            and isinstance(call.arguments[-1], Function)
        ):
            yield from (Macro(definition.module, dotted(inner.callee), inner) for inner in _calls(call.arguments[-1].body))
        else:
            yield Macro(definition.module, name.removeprefix("self."), call)


def _calls(body: tuple[Statement, ...]) -> Iterator[Call]:
    for statement in body:
        if isinstance(statement, Evaluate):
            value = statement.value
            if isinstance(value, Call):
                yield value
            elif isinstance(value, Name | Attribute):
                yield Call(value.line, value.end, value)
        elif isinstance(statement, Block):
            for inner in statement.bodies:
                yield from _calls(inner)


def covers(call: Call, action: str) -> bool:
    """Whether the `only` and `except` of a callback let it run before an action."""
    only, without = call.keyword("only"), call.keyword("except")
    if only is not None and action not in texts_of(only, {}):
        return False
    return without is None or action not in texts_of(without, {})


def _title(value: object) -> str:
    return str(value.value) if isinstance(value, Literal) else ""
