"""The guards of a Rails action: callbacks of its controller and of what that inherits, macros of gems, checks in the action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.ruby.controllers import Macro, covers
from threat_modeling.codebase.ruby.guards import in_handler, of_body, usual
from threat_modeling.codebase.ruby.paths import texts_of
from threat_modeling.codebase.syntax import Assign, Function, Node, dotted, text, walk
from threat_modeling.codebase.syntax import Literal as Constant
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.ruby.controllers import Controllers, Definition

Reach = Literal["application", "router", "route", "handler"]
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_MACROS: Final = {
    "load_and_authorize_resource": ControlCategory.AUTHORIZATION,
    "authorize_resource": ControlCategory.AUTHORIZATION,
    "http_basic_authenticate_with": ControlCategory.AUTHENTICATION,
    "doorkeeper_for": ControlCategory.AUTHENTICATION,
    "rate_limit": ControlCategory.RATE_LIMITING,
}
_DEFAULT_SINCE: Final = 5.2
"""The load_defaults from which on every controller is protected against forgery unless it says otherwise."""


class Callbacks:
    """Reads what stands before the actions of one project."""

    def __init__(self, project: Project, controllers: Controllers) -> None:
        self._project = project
        self._controllers = controllers
        self._categories: dict[tuple[str, int, str], tuple[ControlCategory, ...]] = {}
        """What a callback of a class guards, read once."""
        self._defaults = {path.rpartition("config/")[0]: found for path in project.paths if (found := self._configured(path))}

    def of(self, definition: Definition, action: str, function: Function, method: str) -> tuple[tuple[Guard, ...], tuple[str, ...]]:
        """The guards of an action, and the names of callbacks whose code was not found and whose names tell nothing."""

        def find(name: str) -> Function | None:
            found = self._controllers.action(definition, name)
            return found[1] if found is not None else None

        guards: list[Guard] = []
        unread: list[str] = []
        for macro, value in self._controllers.before(definition, action):
            reach: Reach = "route" if macro.call.keyword("only") is not None else "router"
            if isinstance(value, Function):
                guards += [self._guard(macro.module.path, value, category, "block", reach) for category in of_body(value.body, find)]
                continue
            name = text(value)
            if not name:
                continue
            known = find(name)
            key = (*definition.key, name)
            if key not in self._categories:
                self._categories[key] = of_body(known.body, find) if known is not None else tuple(filter(None, (usual(name),)))
            categories = self._categories[key]
            if known is None and not categories:
                unread.append(name)
            guards += [self._guard(macro.module.path, macro.call, category, name, reach) for category in categories]
        guards += self._of_macros(definition, action, method)
        guards += [self._guard(definition.module.path, node, category, name, "handler") for category, name, node in in_handler(function.body, find)]
        return tuple(guards), tuple(dict.fromkeys(unread))

    def _of_macros(self, definition: Definition, action: str, method: str) -> Iterator[Guard]:
        """What gems do for a class that names them, and the protection against forged requests."""
        forgery: Guard | None = self.default(definition)
        for macro in self._controllers.macros(definition):
            if not covers(macro.call, action):
                continue
            if macro.name in _MACROS:
                yield self._guard(macro.module.path, macro.call, _MACROS[macro.name], macro.name, "router")
            elif macro.name == "protect_from_forgery":
                forgery = self._guard(macro.module.path, macro.call, ControlCategory.CORS_CSP, macro.name, "router")
            elif macro.name == "skip_forgery_protection" or (macro.name.startswith("skip_before") and _skips_forgery(macro)):
                forgery = None
        if forgery is not None and method not in _SAFE:
            yield forgery

    def default(self, definition: Definition) -> Guard | None:
        """The protection that is on without a word since Rails 5.2, for controllers that answer browsers."""
        bases = {dotted(base) for one in self._controllers.lineage(definition) for base in one.node.bases}
        root = max((root for root in self._defaults if definition.module.path.startswith(root)), key=len, default=None)
        return self._defaults[root] if root is not None and "ActionController.Base" in bases else None

    def _configured(self, path: str) -> Guard | None:
        """The line of config/application.rb that switches the default on."""
        module = self._project.module(path) if path.endswith("config/application.rb") else None
        nodes = list(walk(module.body)) if module is not None else []
        for node in nodes:
            if isinstance(node, Assign) and isinstance(node.value, Constant) and node.value.value is False and any(map(_protects, node.targets)):
                return None
        for node in nodes:
            given = getattr(node, "arguments", ()) if dotted(getattr(node, "callee", None)) == "config.load_defaults" else ()
            version = given[0].value if given and isinstance(given[0], Constant) else None
            if isinstance(version, int | float | str) and _number(version) >= _DEFAULT_SINCE:
                return self._guard(path, node, ControlCategory.CORS_CSP, "protect_from_forgery", "application")
        return None

    def _guard(self, path: str, node: Node, category: ControlCategory, name: str, reach: Reach) -> Guard:
        evidence = self._project.evidence(path, node.line, node.line if node.end - node.line > 20 else node.end)
        return Guard(category=category, name=name[:200], scope=reach, evidence=evidence)


def _protects(target: Node) -> bool:
    return dotted(target).endswith(("default_protect_from_forgery", "allow_forgery_protection"))


def _skips_forgery(macro: Macro) -> bool:
    return any(title == "verify_authenticity_token" for argument in macro.call.arguments for title in texts_of(argument, {}))


def _number(version: float | str) -> float:
    try:
        return float(version)
    except ValueError:
        return 0.0
