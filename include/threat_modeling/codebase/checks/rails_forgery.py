"""Rails applications whose controllers answer browsers and nowhere ask for a token: one weakness at the class they inherit from.

CWE-352. Silent where protect_from_forgery or the defaults since Rails 5.2 cover the controllers, for ActionController::API, and where no
route changes state. Where the protection is switched off for some actions, a rule reports the line that does so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Confidence, Weakness
from threat_modeling.codebase.purpose import is_product
from threat_modeling.codebase.ruby.callbacks import Callbacks
from threat_modeling.codebase.ruby.controllers import Controllers, Definition, classes_of
from threat_modeling.codebase.syntax import dotted
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

_UNSAFE: Final = frozenset({"POST", "PUT", "PATCH", "DELETE", "ANY"})
_BASE: Final = "ActionController.Base"
_SAYING: Final = frozenset({"protect_from_forgery", "skip_forgery_protection"})


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each class that stands directly on ActionController::Base without the protection."""
    served = {route.handler.file for route in routes if route.framework == "rails" and route.handler and route.method in _UNSAFE}
    controllers = Controllers(project)
    callbacks = Callbacks(project, controllers)
    found: dict[tuple[str, int], Definition] = {}
    for path in sorted(served):
        module = project.module(path) if is_product(path) else None
        for _, node in classes_of(module.body) if module is not None else ():
            if module is None:
                continue
            definition = Definition(module, node)
            base = next((one for one in controllers.lineage(definition) if any(dotted(above) == _BASE for above in one.node.bases)), None)
            said = {macro.name for macro in controllers.macros(definition)}
            if base is not None and not said & _SAYING and callbacks.default(definition) is None and is_product(base.module.path):
                found.setdefault((base.module.path, base.node.line), base)
    for _, base in sorted(found.items()):
        yield Weakness(
            rule="rails-forgery",
            title="Controllers without protection against forged requests",
            message=f"{base.node.name} and what inherits from it never call protect_from_forgery, and no setting turns it on: another site can "
            "make the browser of someone who is logged in send requests that change state.",
            cwe="CWE-352",
            weakness_class="missing-csrf-protection",
            category=ControlCategory.INPUT_VALIDATION,
            confidence=Confidence.HIGH,
            evidence=project.evidence(base.module.path, base.node.line, base.node.line),
            function=base.node.name,
        )
