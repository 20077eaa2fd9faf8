"""Controllers of ASP.NET Core, ASP.NET MVC 5 and Web API 2: attribute routes, conventional routes, areas; who may call them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.csharp.controllers import KEYWORDS, Action, Controller, actions, controllers, filled
from threat_modeling.codebase.csharp.conventions import DEFAULT, Conventions
from threat_modeling.codebase.csharp.guards import Guards, distinct, is_anonymous, without_access
from threat_modeling.codebase.csharp.paths import joined, names, template
from threat_modeling.codebase.csharp.requests import Requests
from threat_modeling.codebase.csharp.scope import LANGUAGES, Code, handler
from threat_modeling.codebase.observations import Guard, Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.csharp.conventions import Pattern
    from threat_modeling.codebase.project import Project

_EVERYWHERE: Final = ("FallbackPolicy", "ilters.Add")
_PARAMETER: Final = re.compile(r"/?\{\*{0,2}(\w+)(?:[:=?][^{}]*)?\}")


def routes(project: Project) -> Iterator[Route]:
    """The routes of every controller of a target."""
    code = Code(project)
    found = list(controllers(code))
    if found:
        yield from _Controllers(code, found).routes()


class _Controllers:
    def __init__(self, code: Code, found: list[Controller]) -> None:
        self._code, self._found = code, found
        self._guards, self._requests, self._conventions = Guards(code), Requests(code, forms=True), Conventions(code)
        self._everywhere = self._guards.everywhere(_EVERYWHERE)

    def routes(self) -> Iterator[Route]:
        for controller in self._found:
            for action in actions(self._code, controller):
                for path, methods in self._places(controller, action):
                    for method in methods:
                        yield self._route(controller, action, method, path)
        for pattern in self._conventions.single():
            yield from self._single(pattern)

    def _places(self, controller: Controller, action: Action) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(path, methods) of each way to reach an action: by its attributes, or by convention where it has none."""
        for prefix in controller.prefixes or ("",):
            for own, methods in action.templates:
                yield self._attributed(controller, action, prefix, own), methods or ("ANY",)
            if not action.templates and controller.prefixes:
                yield self._attributed(controller, action, prefix, ""), action.methods or ("ANY",)
        if not action.templates and not controller.prefixes:
            for path in self._conventional(controller, action):
                yield path, action.methods or ("GET",)

    def _attributed(self, controller: Controller, action: Action, prefix: str, own: str) -> str:
        """The route that attributes of class and action say."""
        name = action.function.name.removesuffix("Async") or action.function.name
        area = "" if "[area]" in prefix + own or own.startswith("~") else controller.area if self._is_route_area(controller) else ""
        path = joined(f"{area}/{prefix}" if area else prefix, own)
        return template(filled(path, controller.name, name, controller.area))

    @staticmethod
    def _is_route_area(controller: Controller) -> bool:
        return any("RouteArea" in str(decorator) for decorator in controller.decorators)

    def _conventional(self, controller: Controller, action: Action) -> Iterator[str]:
        applying = self._applying(controller)
        patterns = [pattern.template for pattern in applying]
        optional = {name for pattern in applying for name, value in pattern.defaults.items() if value.endswith("Optional")}
        if not patterns and not self._conventions.maps:
            patterns = ["{controller}/{action}"]
        elif not patterns and self._conventions.of(controller.declared.module.path, api=not controller.api):
            return
        elif not patterns and any("using System.Web" in (self._code.project.text(each.module.path) or "") for each in controller.lineage):
            patterns = ["{controller}/{action}"]
        for pattern in patterns:
            yield self._by_pattern(pattern, optional, controller, action)

    def _applying(self, controller: Controller) -> list[Pattern]:
        patterns = self._conventions.of(controller.declared.module.path, api=controller.api)
        return [p for p in patterns if (p.area == controller.area if p.area else bool(controller.area) == ("{area" in p.template))] or (
            [p for p in patterns if not p.area] if not controller.area else []
        )

    def _by_pattern(self, pattern: str, optional: set[str], controller: Controller, action: Action) -> str:
        """A pattern for one action: a parameter that the action does not take is left out where it may be."""
        known = {parameter.name.lower() for parameter in action.function.parameters}
        values = {
            "controller": controller.name,
            "action": action.function.name.removesuffix("Async") or action.function.name,
            "area": controller.area,
        }

        def replaced(match: re.Match[str]) -> str:
            slash = "/" if match[0].startswith("/") else ""
            if match[1] in values:
                return slash + values[match[1]]
            may_lack = match[0].endswith("?}") or "=" in match[0] or controller.api or pattern == DEFAULT or match[1] in optional
            return "" if may_lack and match[1].lower() not in known else f"{slash}{{{match[1]}}}"

        return joined("", _PARAMETER.sub(replaced, pattern))

    def _single(self, pattern: Pattern) -> Iterator[Route]:
        """A pattern for one action: its controller need not be found."""
        if "{resource}" in pattern.template:
            return
        path = template(joined("", pattern.template))
        wanted = (pattern.defaults.get("controller", "").lower(), pattern.defaults.get("action", "").lower())
        for controller in self._found:
            for action in actions(self._code, controller) if controller.name.lower() == wanted[0] else ():
                if action.function.name.lower() == wanted[1]:
                    for method in action.methods or ("GET",):
                        yield self._route(controller, action, method, path)
                    return
        place = handler(pattern.module, pattern.call, "")
        evidence = self._code.project.evidence(pattern.module.path, pattern.call.line, pattern.call.end)
        yield Route(
            method="GET",
            path=path,
            framework="aspnet-controllers",
            handler=place,
            registration=evidence,
            parameters=self._requests.of(pattern.module, None, "GET", names(path)),
        )

    def _route(self, controller: Controller, action: Action, method: str, path: str) -> Route:
        function = action.function
        return Route(
            method=method,
            path=path,
            framework="aspnet-controllers",
            handler=handler(action.module, function, f"{controller.declared.node.name}.{function.name}"),
            registration=self._code.project.evidence(action.module.path, function.line, function.end),
            parameters=self._requests.of(action.module, function, method, names(path)),
            guards=self._guarding(controller, action),
        )

    def _guarding(self, controller: Controller, action: Action) -> tuple[Guard, ...]:
        """What the application, the class and the action demand; `[AllowAnonymous]` lifts what asks who calls."""
        of_class = [guard for each in controller.lineage for guard in self._guards.of_attributes(each.module, each.node.decorators, "router")]
        of_action = tuple(self._guards.of_attributes(action.module, action.function.decorators, "route"))
        above: tuple[Guard, ...] = (*self._everywhere, *of_class)
        if is_anonymous(action.function.decorators) or is_anonymous(controller.decorators):
            above, of_action = without_access(above), without_access(of_action)
        return distinct((*above, *of_action, *self._guards.in_handler(action.module, action.function)))


__all__ = ["KEYWORDS", "LANGUAGES", "routes"]
