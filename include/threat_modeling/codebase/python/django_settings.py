"""What Django's settings say of every route: the root of the URLs, middleware, default permissions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.bindings import bindings
from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.python.known import known
from threat_modeling.codebase.python.scopes import Scope
from threat_modeling.codebase.syntax import Call, Class, Expression, Literal, Mapping, Module, Operation, Sequence
from threat_modeling.codebase.syntax import Name as NameNode
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from threat_modeling.codebase.observations import Guard
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.guards import Guards

_ROOT: Final = "ROOT_URLCONF"


@dataclass(frozen=True)
class Settings:
    """One settings module; `permissions` are the default ones of REST framework, with the scope to read them in."""

    module: Module
    root: str
    middleware: tuple[Guard, ...]
    permissions: tuple[Guard, ...]


def settings_of(project: Project, guards: Guards) -> list[Settings]:
    """All settings modules that name a root of URLs, in path order; those that import such a module add to it."""
    found = []
    for module in project.modules(("python",), (_ROOT,)):
        if is_test(module.path):
            continue
        names = bindings(module.body)
        root = names.get(_ROOT)
        if not isinstance(root, Literal) or not isinstance(root.value, str):
            continue
        scope = Scope(project, module)
        middleware = names.get("MIDDLEWARE") or names.get("MIDDLEWARE_CLASSES")
        given = names.get("REST_FRAMEWORK")
        listed = given.get("DEFAULT_PERMISSION_CLASSES") if isinstance(given, Mapping) else None
        found.append(Settings(module, root.value, _named(scope, guards, middleware), _named(scope, guards, listed)))
    return found


def _named(scope: Scope, guards: Guards, given: object) -> tuple[Guard, ...]:
    """The guards among the dotted names of a list."""
    found: list[Guard] = []
    for element in _elements(scope, given):
        if not isinstance(element, Literal) or not isinstance(element.value, str):
            continue
        category = known(element.value)
        if category is not None:
            found.append(guards.guard(scope, element, category, "application", element.value))
            continue
        defined = class_named(scope.project, scope.module.path, element.value)
        if defined is not None:
            found += guards.of_middleware(scope, element, *defined)
    return tuple(found)


def _elements(scope: Scope, given: object) -> tuple[Expression, ...]:
    """The elements of a list, also of lists added up or named elsewhere."""
    if isinstance(given, Sequence):
        return given.elements
    if isinstance(given, Operation) and given.operator == "+":
        return tuple(element for part in given.operands for element in _elements(scope, part))
    if isinstance(given, NameNode):
        found = scope.bound(given)
        return found[1].elements if found is not None and isinstance(found[1], Sequence) else ()
    return given.arguments if isinstance(given, Call) and len(given.arguments) > 1 else ()


def class_named(project: Project, importer: str, dotted_name: str) -> tuple[Scope, Class] | None:
    """The project's class behind a dotted name in a text."""
    module, _, name = dotted_name.rpartition(".")
    path = module_named(project, importer, module) if module else None
    found = project.definition(path, name) if path else None
    return (Scope(project, found[0]), found[1]) if found is not None and isinstance(found[1], Class) else None


def module_named(project: Project, importer: str, module: str) -> str | None:
    """The file of a dotted module name in a text, looked up from the importing file, then wherever manage.py stands."""
    found = project.resolve(importer, module)
    if found:
        return found
    for path in project.paths:
        if PurePosixPath(path).name == "manage.py":
            found = project.resolve(path, module)
            if found:
                return found
    return None


def is_csrf(guard: Guard) -> bool:
    """Tell Django's protection against forged requests."""
    return guard.category is ControlCategory.CORS_CSP and "csrf" in guard.name.lower()
