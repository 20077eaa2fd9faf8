"""Magento 2: front names of routes.xml with a class an action, and the REST interface of webapi.xml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.classes import Served
from threat_modeling.codebase.php.paths import template
from threat_modeling.codebase.php.router import Router
from threat_modeling.codebase.syntax import Class, Function, Module, Name
from threat_modeling.codebase.xml_events import XmlRefused, elements
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.xml_events import Element

LANGUAGES: Final = ("php", "xml")
KEYWORDS: Final = ("routes.xml", "webapi.xml")
_ROUTES: Final = re.compile(r"^(?P<root>(?:.*/)?)etc/(?P<area>frontend|adminhtml)/routes\.xml$")
_INTERFACES: Final = {f"Http{verb.capitalize()}ActionInterface": verb.upper() for verb in ("get", "post", "put", "patch", "delete")}


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Magento module of a target."""
    reader = _Magento(project)
    for path in sorted(path for path in project.paths if path.endswith(("etc/webapi.xml", "/routes.xml")) and not is_test(path)):
        try:
            found = elements(project.text(path) or "")
        except XmlRefused:
            continue
        place = _ROUTES.match(path)
        if path.endswith("webapi.xml"):
            yield from reader.interface(path, found)
        elif place is not None:
            for element in found:
                front = element.attributes.get("frontName") if element.name == "route" else None
                if front:
                    yield from reader.front(place["root"], place["area"], front)


class _Magento(Router):
    framework: ClassVar[str] = "magento"

    def interface(self, path: str, found: list[Element]) -> Iterator[Route]:
        """The routes of webapi.xml, with the service that answers and who may call it."""
        module = Module(path, "xml")
        for position, element in enumerate(found):
            url, method = element.attributes.get("url"), element.attributes.get("method")
            if element.name != "route" or not url or not method:
                continue
            below: list[Element] = []
            for other in found[position + 1 :]:
                if other.name == "route":
                    break
                below.append(other)
            service = next((one for one in below if one.name == "service"), None)
            served = self.service(path, service) if service is not None else None
            refs = {one.attributes.get("ref", "") for one in below if one.name == "resource"}
            node = Name(element.line, element.line, "")
            yield self.route(method.upper(), template(f"/rest{url}"), module, node, served, tuple(self.required(module, node, refs)))

    def required(self, module: Module, node: Name, refs: set[str]) -> Iterator[Guard]:
        """`anonymous` is anybody, `self` whoever is logged in, anything else a permission of the administration."""
        if refs and "anonymous" not in refs:
            yield self.guard(module, node, ControlCategory.AUTHENTICATION, "webapi resource", "route")
            if "self" not in refs:
                yield self.guard(module, node, ControlCategory.AUTHORIZATION, "webapi resource", "route")

    def service(self, path: str, service: Element) -> Served | None:
        """The method of the service's interface, or of the class of the same name without it."""
        name = service.attributes.get("class", "").strip("\\").replace("\\", ".")
        importer = Module(path.rpartition("etc/")[0] + "registration.php", "php")
        if importer.path not in self.project.paths:
            return None
        for one in (name.removesuffix("Interface").replace(".Api.", ".Model."), name):
            found = self.known.method(self.known.named(importer, one), service.attributes.get("method", ""))
            if found is not None:
                return found
        return None

    def front(self, root: str, area: str, front: str) -> Iterator[Route]:
        """The actions below a front name: one class each, folders joined by underscores."""
        folder = f"{root}Controller/Adminhtml/" if area == "adminhtml" else f"{root}Controller/"
        for path in sorted(path for path in self.project.paths if path.startswith(folder) and path.endswith(".php")):
            rest = path.removeprefix(folder).removesuffix(".php")
            if area == "frontend" and rest.startswith("Adminhtml/"):
                continue
            *folders, action = rest.lower().split("/")
            module = self.project.module(path)
            node = next((one for one in module.body if isinstance(one, Class)), None) if module is not None else None
            if module is None or node is None or not folders or any(keyword.name in {"abstract", "interface", "trait"} for keyword in node.keywords):
                continue
            execute = next((member for member in node.body if isinstance(member, Function) and member.name == "execute"), None)
            if execute is None:
                continue
            served = Served(module, execute, f"{node.name}.execute", node)
            guards = self.administration(module, node) if area == "adminhtml" else ()
            for method in self.methods(module, node):
                yield self.route(method, template(f"/{front}/{'_'.join(folders)}/{action}"), module, node, served, guards)

    def methods(self, module: Module, node: Class) -> tuple[str, ...]:
        """The methods of the interfaces that an action implements; all where it names none."""
        named = {base.rpartition(".")[2] for base in self.known.bases(module, node)}
        return tuple(method for interface, method in _INTERFACES.items() if interface in named) or ("ANY",)

    def administration(self, module: Module, node: Class) -> tuple[Guard, ...]:
        """Every action of the administration asks for a login, and for the resource that it names."""
        return tuple(
            self.guard(module, node, category, "Magento_Backend", "application")
            for category in (ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION)
        )
