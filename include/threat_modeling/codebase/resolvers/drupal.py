"""Drupal: the routes of modules' *.routing.yml with their controllers, forms and requirements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.documents import DocumentRefused, parse
from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.paths import template
from threat_modeling.codebase.php.router import Router
from threat_modeling.codebase.syntax import Module, Name
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.php.classes import Served
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("yaml", "php")
KEYWORDS: Final = (".routing.yml",)
_ACCESS: Final = ("_permission", "_role", "_entity_access", "_entity_create_access", "_custom_access", "_access_user_register")
_OPEN: Final = re.compile(r"^access (?:content|comments|site|user profiles)")
"""Permissions that a new site gives to everybody."""


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Drupal module of a target."""
    reader = _Drupal(project)
    for path in sorted(path for path in project.paths if path.endswith(".routing.yml") and not is_test(path)):
        yield from reader.file(path)


class _Drupal(Router):
    framework: ClassVar[str] = "drupal"

    def file(self, path: str) -> Iterator[Route]:
        """One file of routes; those that code makes have no path here."""
        try:
            document = parse(self.project.text(path) or "")
        except DocumentRefused:
            return
        module = Module(path, "yaml")
        for value in document.entries.values():
            place = value.string("path")
            if not place:
                continue
            given = value.get("methods")
            methods = [element.text or "" for element in given.elements] if given is not None else []
            if given is not None and given.text:
                methods = [given.text]
            served = self.named(path, value)
            node = Name(value.line, min(value.end, value.line + 5), "")
            for method in methods or ["ANY"]:
                yield self.route(method.upper(), template(place), module, node, served, tuple(self.required(module, value)))

    def named(self, path: str, value: Value) -> Served | None:
        r"""`\Drupal\a\Controller\B::c`; a form is built by buildForm."""
        written = value.string("defaults", "_controller")
        form = value.string("defaults", "_form") or value.string("defaults", "_entity_form")
        name, _, method = (written or form).strip("\\").partition("::")
        last = name.rpartition("\\")[2]
        root = path.rpartition("/")[0]
        for file in sorted(file for file in self.project.paths if file.startswith(f"{root}/src/") and file.endswith(f"/{last}.php")) if last else ():
            module = self.project.module(file)
            found = self.known.written(module, last) if module is not None else None
            if found is not None:
                return self.known.method(found, method or "__invoke", "buildForm", "submitForm")
        return None

    def required(self, module: Module, value: Value) -> Iterator[Guard]:
        """What `requirements` asks of a caller."""
        requirements = value.get("requirements")
        for key, one in requirements.entries.items() if requirements is not None else ():
            node = Name(one.line, one.end, "")
            if key == "_user_is_logged_in" and (one.text or "").lower() == "true":
                yield self.guard(module, node, ControlCategory.AUTHENTICATION, key, "route")
            elif key == "_csrf_token":
                yield self.guard(module, node, ControlCategory.CORS_CSP, key, "route")
            elif key in _ACCESS and not _OPEN.match(one.text or ""):
                yield self.guard(module, node, ControlCategory.AUTHENTICATION, key, "route")
                yield self.guard(module, node, ControlCategory.AUTHORIZATION, key, "route")
