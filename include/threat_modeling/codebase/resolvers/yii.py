"""Yii 2: the rules of the URL manager, and controllers that answer by their name; access rules and verb filters of behaviors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.classes import Served
from threat_modeling.codebase.php.paths import METHODS, dashed, joined, methods_of, template, text_of, texts_of
from threat_modeling.codebase.php.router import Router
from threat_modeling.codebase.syntax import Attribute, Class, Expression, Function, Mapping, Sequence, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module, Node

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("yii\\", "urlManager")
_WEB: Final = frozenset({"yii.web.Controller", "yii.rest.Controller", "yii.rest.ActiveController"})
_RULE: Final = re.compile(r"^(?:((?:[A-Z]+,)*[A-Z]+)\s+)?(\S*)$")
_REST: Final = {"index": ("GET",), "view": ("GET",), "create": ("POST",), "update": ("PUT", "PATCH"), "delete": ("DELETE",), "options": ("OPTIONS",)}
_REST_RULES: Final = (
    ("GET", "", "index"),
    ("POST", "", "create"),
    ("GET", "/{id}", "view"),
    ("PUT", "/{id}", "update"),
    ("PATCH", "/{id}", "update"),
    ("DELETE", "/{id}", "delete"),
    ("OPTIONS", "", "options"),
    ("OPTIONS", "/{id}", "options"),
)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Yii application of a target."""
    reader = _Yii(project)
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    controllers = list(reader.controllers(modules))
    for module, node, name in controllers:
        yield from reader.controller(module, node, name)
    served = {name: (module, node) for module, node, name in controllers}
    for module in modules:
        for rules in _managed(module):
            yield from reader.rules(module, rules, served)


def _managed(module: Module) -> Iterator[Expression]:
    """The rules of each `urlManager` of a configuration."""
    for node in walk(module.body):
        if isinstance(node, Mapping) and isinstance(manager := node.get("urlManager"), Mapping) and (rules := manager.get("rules")) is not None:
            yield rules


class _Yii(Router):
    framework: ClassVar[str] = "yii"

    def controllers(self, modules: list[Module]) -> Iterator[tuple[Module, Class, str]]:
        """Web controllers with the name that a URL has for them; those of the console are none."""
        for module in modules:
            for node in module.body:
                if not isinstance(node, Class) or not node.name.endswith("Controller") or any(k.name == "abstract" for k in node.keywords):
                    continue
                if self.known.bases(module, node) & _WEB:
                    folder = re.search(r"(?:modules/([\w-]+)/)?controllers/((?:[\w-]+/)*)\w+\.php$", module.path)
                    above = [part for part in (folder[1], folder[2].strip("/")) if part] if folder else []
                    yield module, node, "/".join([*above, dashed(node.name.removesuffix("Controller"))])

    def controller(self, module: Module, node: Class, name: str) -> Iterator[Route]:
        """Each action by the name of its method; the actions of a REST controller without any."""
        own: set[str] = set()
        verbs = self.verbs(module, node)
        for method in node.body:
            match = re.match(r"^action([A-Z]\w*)$", method.name) if isinstance(method, Function) else None
            if match is None or not isinstance(method, Function):
                continue
            action = dashed(match[1])
            own.add(action)
            served = Served(module, method, f"{node.name}.{method.name}", node)
            declared = tuple(parameter.name.lstrip("$") for parameter in method.parameters)
            for one in verbs.get(action, ("ANY",)):
                yield self.route(one, joined(name, action), module, method, served, self.behavior(module, node, action), declared)
        if "yii.rest.ActiveController" in self.known.bases(module, node):
            for action, methods in _REST.items():
                for one in methods if action not in own else ():
                    yield self.route(one, joined(name, action), module, node, None, self.behavior(module, node, action))

    def rules(self, module: Module, rules: Expression, controllers: dict[str, tuple[Module, Class]]) -> Iterator[Route]:
        r"""`"GET /a/<id>" => "post/view"`, `["class" => "yii\rest\UrlRule", "controller" => "user"]`."""
        for key, value in rules.entries if isinstance(rules, Mapping) else tuple((None, one) for one in getattr(rules, "elements", ())):
            if isinstance(value, Mapping):
                yield from self.listed(module, value, controllers)
                continue
            match, target = _RULE.match(text_of(key) or ""), text_of(value)
            if match is not None and target is not None and (match[2] or match[1] or key is not None):
                methods = tuple(match[1].split(",")) if match[1] else ("ANY",)
                yield from self.ruled(module, value, methods, match[2], target, controllers)

    def listed(self, module: Module, rule: Mapping, controllers: dict[str, tuple[Module, Class]]) -> Iterator[Route]:
        """A rule written as an array."""
        pattern, target = text_of(rule.get("pattern")), text_of(rule.get("route"))
        verbs = rule.get("verb")
        if pattern is not None and target is not None:
            yield from self.ruled(module, rule, methods_of(verbs) if verbs is not None else ("ANY",), pattern, target, controllers)
            return
        plural = getattr(rule.get("pluralize"), "value", True) is not False
        given = rule.get("controller")
        pairs = (
            [(None, one) for one in given.elements]
            if isinstance(given, Sequence)
            else list(given.entries)
            if isinstance(given, Mapping)
            else [(None, given)]
        )
        for key, one in pairs:
            controller = text_of(one)
            if controller is None:
                continue
            base = text_of(key) if text_of(key) and not (text_of(key) or "").isdigit() else _plural(controller) if plural else controller
            base = joined(text_of(rule.get("prefix")) or "", base or "")
            for method, tail, action in _REST_RULES:
                yield from self.ruled(module, rule, (method,), base + tail, f"{controller}/{action}", controllers)

    def ruled(
        self, module: Module, node: Node, methods: tuple[str, ...], path: str, target: str, controllers: dict[str, tuple[Module, Class]]
    ) -> Iterator[Route]:
        """The routes of one rule, with the action that it leads to."""
        name, _, action = target.strip("/").rpartition("/")
        found = controllers.get(name)
        title = "".join(word.capitalize() for word in action.split("-"))
        served = self.known.method(found, f"action{title}") if found is not None else None
        guards = self.behavior(*found, action) if found is not None else ()
        for method in methods:
            yield self.route(method if method in METHODS else "ANY", template(_optional(path)), module, node, served, guards)

    # behaviors

    def verbs(self, module: Module, node: Class) -> dict[str, tuple[str, ...]]:
        """Action -> the methods that its verb filter lets through."""
        found: dict[str, tuple[str, ...]] = {}
        for mapping in self.behaviors(module, node):
            actions = mapping.get("actions")
            if isinstance(actions, Mapping) and (text_of(mapping.get("class")) or _class(mapping.get("class"))).endswith("VerbFilter"):
                found |= {key: methods_of(value) for pair, value in actions.entries if (key := text_of(pair)) and key != "*"}
        return found

    def behavior(self, module: Module, node: Class, action: str) -> tuple[Guard, ...]:
        """Access control and authenticators of a controller's behaviors, as far as they cover an action."""
        found: list[Guard] = []
        for mapping in self.behaviors(module, node):
            kind = _class(mapping.get("class")) or text_of(mapping.get("class")) or ""
            only, without = mapping.get("only"), mapping.get("except")
            if (only is not None and action not in texts_of(only)) or action in texts_of(without):
                continue
            if kind.endswith(("HttpBearerAuth", "HttpBasicAuth", "QueryParamAuth", "CompositeAuth", "JwtHttpBearerAuth", "HttpHeaderAuth")):
                found.append(self.guard(module, mapping, ControlCategory.AUTHENTICATION, kind.rpartition(".")[2], "router"))
            elif kind.endswith("AccessControl"):
                found += self.access(module, mapping, action)
            elif kind.endswith("RateLimiter"):
                found.append(self.guard(module, mapping, ControlCategory.RATE_LIMITING, kind.rpartition(".")[2], "router"))
        return tuple(found)

    def access(self, module: Module, mapping: Mapping, action: str) -> Iterator[Guard]:
        """The first rule that names an action: "@" is who is logged in, "?" is anybody, other roles are roles."""
        rules = mapping.get("rules")
        for rule in rules.elements if isinstance(rules, Sequence) else ():
            if not isinstance(rule, Mapping):
                continue
            actions, roles = rule.get("actions"), texts_of(rule.get("roles"))
            if actions is not None and action not in texts_of(actions):
                continue
            if "?" in roles or (not roles and rule.get("permissions") is None and rule.get("matchCallback") is None):
                return
            yield self.guard(module, rule, ControlCategory.AUTHENTICATION, "AccessControl", "router")
            if set(roles) - {"@"} or rule.get("matchCallback") is not None or rule.get("permissions") is not None:
                yield self.guard(module, rule, ControlCategory.AUTHORIZATION, "AccessControl", "router")
            return
        yield self.guard(module, mapping, ControlCategory.AUTHORIZATION, "AccessControl", "router")

    def behaviors(self, module: Module, node: Class) -> Iterator[Mapping]:
        """The arrays that `behaviors()` gives back or sets."""
        served = self.known.method((module, node), "behaviors")
        for one in walk(served.function.body) if served is not None else ():
            if isinstance(one, Mapping) and one.get("class") is not None:
                yield one


def _class(value: Expression | None) -> str:
    """`A::class` as A."""
    return dotted(value.object) if isinstance(value, Attribute) and value.name == "class" else ""


def _optional(path: str) -> str:
    return re.sub(r"\(\)|\?$", "", path)


def _plural(controller: str) -> str:
    head, _, last = controller.rpartition("/")
    word = f"{last[:-1]}ies" if last.endswith("y") else last if last.endswith("s") else f"{last}s"
    return f"{head}/{word}" if head else word
