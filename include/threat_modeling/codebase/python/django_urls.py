"""Django's URL tables, followed through include() across files, and the routers of REST framework in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.python.django_settings import module_named
from threat_modeling.codebase.python.routers import joined
from threat_modeling.codebase.python.scopes import Scope
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Evaluate,
    Expression,
    Literal,
    Module,
    Name,
    Node,
    Operation,
    Sequence,
    Statement,
    dotted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

MAX_INCLUDES: Final = 12
_TABLES: Final = frozenset({"urlpatterns", "websocket_urlpatterns"})
_WRAPPERS: Final = frozenset({"patterns", "i18n_patterns", "format_suffix_patterns", "list", "tuple", "decorator_include"})


@dataclass(frozen=True)
class Entry:
    """One row of a URL table: the absolute path as Django writes it (converters kept), and what serves it."""

    path: str
    target: Expression
    scope: Scope
    row: Node


@dataclass(frozen=True)
class Registered:
    """One `router.register(prefix, viewset)` at its absolute prefix."""

    prefix: str
    viewset: Expression
    scope: Scope
    row: Node
    slash: str


class Tables:
    """The URL tables of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.modules = [
            module
            for module in project.modules(("python",), ("urlpatterns",))
            if not is_test(module.path) and any(True for _ in self._rows(Scope(project, module)))
        ]
        self.included: set[str] = set()

    def entries(self, module: Module, prefix: str = "", above: tuple[str, ...] = ()) -> Iterator[Entry | Registered]:
        """All rows below one table, in order, with those of the tables it includes."""
        if module.path in above or len(above) > MAX_INCLUDES:
            return
        scope = Scope(self._project, module)
        for inner, row in self._rows(scope):
            yield from self._row(inner, row, prefix, (*above, module.path))

    def _rows(self, scope: Scope) -> Iterator[tuple[Scope, Expression]]:
        for statement in _flat(scope.module.body):
            value: Expression | None = None
            if isinstance(statement, Assign) and any(isinstance(target, Name) and target.id in _TABLES for target in statement.targets):
                value = statement.value
            elif isinstance(statement, Evaluate) and isinstance(statement.value, Call):
                call = statement.value
                if dotted(call.callee) in {f"{table}.{method}" for table in _TABLES for method in ("append", "extend", "insert")} and call.arguments:
                    value = call.arguments[-1]
            if value is not None:
                yield from self._elements(scope, value, 0)

    def _elements(self, scope: Scope, value: Expression, depth: int) -> Iterator[tuple[Scope, Expression]]:
        if depth > MAX_INCLUDES:
            return
        parts: tuple[Expression, ...] = ()
        if isinstance(value, Sequence):
            parts = value.elements
        elif isinstance(value, Operation) and value.operator in {"+", "..."}:
            parts = value.operands
        elif isinstance(value, Call) and dotted(value.callee).rpartition(".")[2] in _WRAPPERS:
            parts = value.arguments
        elif isinstance(value, Name) and value.id not in _TABLES:
            found = scope.bound(value)
            if found is not None and isinstance(found[1], Sequence | Operation | Call):
                yield from self._elements(found[0], found[1], depth + 1)
            return
        else:
            yield scope, value
        for part in parts:
            yield from self._elements(scope, part, depth + 1)

    def _row(self, scope: Scope, row: Expression, prefix: str, above: tuple[str, ...]) -> Iterator[Entry | Registered]:
        if isinstance(row, Attribute) and row.name == "urls":
            yield from self._router(scope, row.object, prefix)
        if not isinstance(row, Call) or dotted(row.callee).rpartition(".")[2] not in {"path", "re_path", "url"}:
            return
        given = row.keyword("route") or row.keyword("regex") or (row.arguments[0] if row.arguments else None)
        written = scope.constant(_translated(given))
        target = row.keyword("view") or (row.arguments[1] if len(row.arguments) > 1 else None)
        if written is None or target is None:
            return
        plain = written if dotted(row.callee).rpartition(".")[2] == "path" else plain_path(written)
        path = joined(prefix, plain)
        if isinstance(target, Call) and dotted(target.callee).rpartition(".")[2] == "include":
            if target.arguments and len(above) <= MAX_INCLUDES:
                yield from self._included(scope, target.arguments[0], path, above)
        elif isinstance(target, Attribute) and target.name == "urls":
            registered = list(self._router(scope, target.object, path))
            yield from registered
            if not registered:
                yield Entry(path, target, scope, row)
        else:
            yield Entry(path, target, scope, row)

    def _included(self, scope: Scope, given: Expression, prefix: str, above: tuple[str, ...]) -> Iterator[Entry | Registered]:
        if isinstance(given, Sequence) and given.elements and not _is_row(given.elements[0]):
            given = given.elements[0]
        if isinstance(given, Attribute) and given.name == "urls" and any(True for _ in self._router(scope, given.object, prefix)):
            yield from self._router(scope, given.object, prefix)
            return
        if isinstance(given, Sequence):
            for inner, row in self._elements(scope, given, 0):
                yield from self._row(inner, row, prefix, (*above, ""))
            return
        found = scope.bound(given)
        if isinstance(given, Literal) and isinstance(given.value, str):
            path = module_named(self._project, scope.module.path, given.value)
            module = self._project.module(path) if path else None
        else:
            module = found[1] if found is not None and isinstance(found[1], Module) else None
        if module is not None:
            self.included.add(module.path)
            yield from self.entries(module, prefix, above)
        elif found is not None and isinstance(found[1], Sequence | Operation):
            for inner, row in self._elements(found[0], found[1], 0):
                yield from self._row(inner, row, prefix, (*above, ""))

    def _router(self, scope: Scope, expression: Expression, prefix: str) -> Iterator[Registered]:
        """What is registered on a router, in the file that makes it or in the one that includes it."""
        for inner, call in scope.origins(expression):
            if not dotted(call.callee).endswith("Router"):
                continue
            slash = "" if isinstance(value := call.keyword("trailing_slash"), Literal) and value.value is False else "/"
            nested = self._nested(inner, call) if dotted(call.callee).rpartition(".")[2].startswith("Nested") else ""
            for place in {inner.module.path: inner, scope.module.path: scope}.values():
                for register in _registrations(place, call):
                    name = place.constant(register.keyword("prefix") or (register.arguments[0] if register.arguments else None))
                    viewset = register.keyword("viewset") or (register.arguments[1] if len(register.arguments) > 1 else None)
                    if name is not None and viewset is not None:
                        yield Registered(joined(joined(prefix, nested), plain_path(name).strip("/")), viewset, place, register, slash)

    def _nested(self, scope: Scope, call: Call) -> str:
        """The prefix of a router nested in another: `NestedSimpleRouter(parent, "users", lookup="user")`."""
        name = scope.constant(call.arguments[1]) if len(call.arguments) > 1 else None
        lookup = scope.constant(call.keyword("lookup")) or "nested"
        return f"{name.strip('/')}/{{{lookup}_pk}}" if name else ""


def _registrations(scope: Scope, router: Call) -> Iterator[Call]:
    """The `register` calls of a file whose router is the one that a call makes."""
    for statement in _flat(scope.module.body):
        call = statement.value if isinstance(statement, Evaluate) and isinstance(statement.value, Call) else None
        if call is None or not isinstance(call.callee, Attribute) or call.callee.name != "register":
            continue
        if any(origin == router for _, origin in scope.origins(call.callee.object)):
            yield call


def _flat(body: tuple[Statement, ...]) -> Iterator[Statement]:
    """Statements at the top level, those under `if` and `try` too."""
    pending = list(reversed(body))
    while pending:
        statement = pending.pop()
        yield statement
        if isinstance(statement, Block):
            pending.extend(reversed([inner for branch in statement.bodies for inner in branch]))


def _is_row(expression: Expression) -> bool:
    return isinstance(expression, Call) and dotted(expression.callee).rpartition(".")[2] in {"path", "re_path", "url"}


def _translated(expression: Expression | None) -> Expression | None:
    """The text inside `_("path/")`."""
    while isinstance(expression, Call) and dotted(expression.callee) in {"_", "gettext_lazy", "_lazy"} and expression.arguments:
        expression = expression.arguments[0]
    return expression


def plain_path(regex: str) -> str:
    """A path that a regular expression describes, its groups written {name} (unnamed ones {value}), anchors and escapes removed."""
    out: list[str] = []
    index = 0
    while index < len(regex):
        character = regex[index]
        if character == "(":
            end = _closing(regex, index)
            inner = regex[index + 1 : end]
            named = re.match(r"\?P<(\w+)>", inner)
            if named:
                out.append("{" + named[1] + "}")
            elif inner.startswith("?:"):
                out.append(plain_path(inner[2:].split("|")[0]))
            elif not inner.startswith("?"):
                out.append("{value}")
            index = end
        elif character == "\\" and index + 1 < len(regex):
            index += 1
            if not regex[index].isalnum():
                out.append(regex[index])
        elif character == "[":
            index = max(regex.find("]", index + 2), index)
            out.append("{value}")
        elif character not in "^$?*+":
            out.append(character)
        index += 1
    return "".join(out)


def _closing(regex: str, start: int) -> int:
    """The index of the parenthesis that closes the one at `start`."""
    depth = 0
    index = start
    while index < len(regex):
        if regex[index] == "\\":
            index += 1
        elif regex[index] == "(":
            depth += 1
        elif regex[index] == ")":
            depth -= 1
            if depth == 0:
                return index
        index += 1
    return len(regex)
