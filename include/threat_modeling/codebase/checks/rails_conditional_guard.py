"""Rails callbacks that guard actions, but only if the request says so: whoever leaves a parameter out, or changes it, is not asked.

CWE-863. Reported where a callback that authenticates or authorizes has an `if` or `unless` whose code reads the request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.observations import Confidence, Weakness
from threat_modeling.codebase.purpose import is_product
from threat_modeling.codebase.ruby.controllers import Controllers, Definition, classes_of, macros
from threat_modeling.codebase.ruby.guards import of_body, usual
from threat_modeling.codebase.ruby.requests import reads
from threat_modeling.codebase.syntax import Function, text
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.ruby.controllers import Macro

_GUARDS = {ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION}


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each such callback of a controller that serves routes."""
    controllers = Controllers(project)
    served: dict[str, str] = {}
    for route in routes:
        if route.framework == "rails" and route.handler and is_product(route.handler.file):
            served.setdefault(route.handler.file, f"{route.method} {route.path}")
    for path in sorted(served):
        module = project.module(path)
        for _, node in classes_of(module.body) if module is not None else ():
            definition = Definition(module, node) if module is not None else None
            for macro in macros(definition) if definition is not None else ():
                if definition is not None and macro.name in {"before_action", "before_filter"} and _depends(controllers, definition, macro):
                    yield _weakness(project, macro, node.name, served[path])


def _depends(controllers: Controllers, definition: Definition, macro: Macro) -> bool:
    """Whether a callback guards, and its condition is what the request says."""
    conditions = [given for word in ("if", "unless") if (given := macro.call.keyword(word)) is not None]
    bodies = [_body(controllers, definition, given) for given in conditions]
    asked = any(source != "path" for body in bodies for source, _ in reads(body))
    return asked and any(_guards(controllers, definition, text(argument) or "") for argument in macro.call.arguments)


def _body(controllers: Controllers, definition: Definition, given: object) -> object:
    if isinstance(given, Function):
        return given.body
    found = controllers.action(definition, text(given) or "")
    return found[1].body if found is not None else ()


def _guards(controllers: Controllers, definition: Definition, name: str) -> bool:
    def find(title: str) -> Function | None:
        found = controllers.action(definition, title)
        return found[1] if found is not None else None

    known = find(name)
    categories = of_body(known.body, find) if known is not None else (usual(name),)
    return bool(_GUARDS & set(categories))


def _weakness(project: Project, macro: Macro, name: str, route: str) -> Weakness:
    title = text(macro.call.arguments[0]) or "the callback"
    return Weakness(
        rule="rails-conditional-guard",
        title="Guard that the request can switch off",
        message=f"{name} runs {title} only if a value of the request says so; a caller who changes that value passes without being asked.",
        cwe="CWE-863",
        weakness_class="missing-function-authorization",
        category=ControlCategory.AUTHORIZATION,
        confidence=Confidence.HIGH,
        evidence=project.evidence(macro.module.path, macro.call.line, macro.call.end),
        function=name,
        attacker_reached=True,
        route=route,
    )
