"""OpenAPI 2 and 3 documents: what they document, and where connexion serves it, the function that does.

connexion routes an operation to the function that its operationId names; it checks a security scheme only where the scheme names a
function that does so, and validates requests against the document.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Guard, Parameter, Route
from threat_modeling.codebase.python.guards import Guards
from threat_modeling.codebase.python.handlers import braced, distinct, handler, read_parameters
from threat_modeling.codebase.python.imports import resolve
from threat_modeling.codebase.python.scopes import Scope, statements
from threat_modeling.codebase.specification import Operation, Specification, specifications
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Evaluate, Function, walk
from threat_modeling.model import ControlCategory, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("yaml", "json")
KEYWORDS: Final = ("openapi", "swagger")

_CHECKERS: Final = ("x-bearerInfoFunc", "x-tokenInfoFunc", "x-basicInfoFunc", "x-apikeyInfoFunc")
_CONTROLLERS: Final = ("x-openapi-router-controller", "x-swagger-router-controller")


@dataclass(frozen=True, slots=True)
class _Mount:
    """An `add_api` call of connexion."""

    importer: str
    base: str | None
    default_module: str
    """Where a RestyResolver looks for functions; "" where there is none."""


def routes(project: Project) -> Iterator[Route]:
    """The operations of all OpenAPI documents of a project."""
    found = list(specifications(project))
    if not found:
        return
    mounts = _mounts(project)
    guards = Guards(project)
    for specification in found:
        yield from _Reader(project, guards, specification, mounts.get(posixpath.basename(specification.path), [])).routes()


def _mounts(project: Project) -> dict[str, list[_Mount]]:
    """File name of a document -> the calls that serve it."""
    found: dict[str, list[_Mount]] = {}
    for module in project.modules(("python",), ("add_api",)):
        for scope, statement in statements(project, module):
            value = statement.value if isinstance(statement, Assign | Evaluate) else None
            for call in (node for node in walk(value) if isinstance(node, Call)) if value is not None else ():
                if isinstance(call.callee, Attribute) and call.callee.name == "add_api" and call.arguments:
                    name = posixpath.basename(scope.constant(call.arguments[0]) or "")
                    found.setdefault(name, []).append(_Mount(module.path, scope.constant(call.keyword("base_path")), _resty(scope, call)))
    return found


def _resty(scope: Scope, call: Call) -> str:
    for _, resolver in scope.origins(call.keyword("resolver")):
        if scope.qualified(resolver.callee).rpartition(".")[2] == "RestyResolver" and resolver.arguments:
            return scope.constant(resolver.arguments[0]) or ""
    return ""


class _Reader:
    def __init__(self, project: Project, guards: Guards, specification: Specification, mounts: list[_Mount]) -> None:
        self._project = project
        self._guards = guards
        self._specification = specification
        self._mounts = mounts

    def routes(self) -> Iterator[Route]:
        mounts: list[_Mount | None] = [*self._mounts] or [None]
        for mount in mounts:
            for operation in self._specification.operations(mount.base if mount else None):
                yield self._route(operation, mount)

    def _route(self, operation: Operation, mount: _Mount | None) -> Route:
        served = self._function(operation, mount)
        written: tuple[Parameter, ...] = operation.parameters
        guards = list(self._documented(operation, enforced_only=served is not None))
        if served is not None:
            scope, function, _ = served
            guards += self._guards.of(scope, function.decorators, "route")
            guards += self._guards.in_handler(scope, function)
            written = distinct((*written, *read_parameters(function)))
        return Route(
            method=operation.method,
            path=braced(operation.path),
            framework="connexion" if served is not None else "openapi",
            handler=handler(served[0].module, served[1], served[2]) if served is not None else None,
            registration=self._evidence(operation.line, operation.line + 1),
            parameters=written,
            guards=tuple(dict.fromkeys(guards)),
            documented_only=served is None,
        )

    def _evidence(self, start: int, end: int | None = None) -> Evidence:
        return self._project.evidence(self._specification.path, start, end or start)

    def _documented(self, operation: Operation, *, enforced_only: bool) -> Iterator[Guard]:
        """What the document asks for; where code serves it, only what connexion then checks."""
        schemes = self._specification.schemes()
        for security in operation.security:
            scheme = schemes.get(security.name)
            if enforced_only and (scheme is None or not any(scheme.get(checker) for checker in _CHECKERS)):
                continue
            reach = "application" if security.whole else "route"
            evidence = self._evidence(security.line)
            yield Guard(category=ControlCategory.AUTHENTICATION, name=security.name, scope=reach, evidence=evidence)
            if security.scopes:
                yield Guard(category=ControlCategory.AUTHORIZATION, name=security.name, scope=reach, evidence=evidence)
        body = operation.value.keys.get("requestBody")
        if enforced_only and body is not None and operation.line <= body <= operation.end:
            yield Guard(category=ControlCategory.INPUT_VALIDATION, name="requestBody", scope="route", evidence=self._evidence(body))

    def _function(self, operation: Operation, mount: _Mount | None) -> tuple[Scope, Function, str] | None:
        name = operation.value.string("operationId")
        controller = next((written for key in _CONTROLLERS if (written := operation.value.string(key) or operation.item.string(key))), "")
        if controller and name:
            name = f"{controller}.{name}"
        elif not name and mount is not None and mount.default_module:
            name = _resty_name(mount.default_module, operation)
        if "." not in name or not (mount or controller):
            return None
        importer = mount.importer if mount else posixpath.join(posixpath.dirname(self._specification.path), "_.py")
        parts = name.split(".")
        for cut in range(len(parts) - 1, 0, -1):
            path = resolve(self._project, importer, ".".join(parts[:cut]))
            found = self._project.definition(path, ".".join(parts[cut:])) if path else None
            if found is not None and isinstance(found[1], Function):
                return Scope(self._project, found[0]), found[1], ".".join(parts[cut:])
        return None


def _resty_name(module: str, operation: Operation) -> str:
    """The rule of connexion: /users/{id} is served by module.users.get, and GET /users by module.users.search."""
    segments = [part.replace("-", "_") for part in operation.own_path.split("/") if part and not part.startswith("{")]
    collection = not re.search(r"\}/?$", operation.own_path)
    function = "search" if collection and operation.method == "GET" else operation.method.lower()
    return ".".join([module, *segments, function])
