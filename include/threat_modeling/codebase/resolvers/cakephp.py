"""CakePHP: config/routes.php with scopes, prefixes, plugins, resources, and `connect` with the methods set behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.php.paths import dashed, joined, methods_of, text_of, texts_of
from threat_modeling.codebase.php.router import MAX_DEPTH, Link, Place, Registered, Router, argument
from threat_modeling.codebase.syntax import Expression, Function, Literal, Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.php.classes import Served
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("Cake\\Routing",)
_RESOURCE: Final = (
    (("GET",), "", "index"),
    (("POST",), "", "add"),
    (("GET",), "/{id}", "view"),
    (("PUT", "PATCH"), "/{id}", "edit"),
    (("DELETE",), "/{id}", "delete"),
)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every CakePHP application of a target."""
    yield from _CakePhp(project).routes(project.modules(LANGUAGES, KEYWORDS))


class _CakePhp(Router):
    framework: ClassVar[str] = "cakephp"
    classes: ClassVar[frozenset[str]] = frozenset({"Cake.Routing.Router"})
    variables: ClassVar[frozenset[str]] = frozenset({"routes", "builder"})
    middleware_words: ClassVar[frozenset[str]] = frozenset({"applyMiddleware", "setMiddleware"})

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.registrars = {
            **dict.fromkeys(("get", "post", "put", "patch", "delete", "options", "head"), self.verb),
            "connect": self.connect,
            "redirect": self.redirected,
            "resources": self.resource,
            **dict.fromkeys(("scope", "prefix", "plugin"), self.group),
        }

    def place(self, module: Module) -> Place:
        """Controllers stand in the application's own namespace."""
        return Place(module, namespace="App.Controller")

    def verb(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$builder->get("/a", ["controller" => "A", "action" => "b"])`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None:
            yield Registered((link.name.upper(),), path, argument(link.call, 1), link.call, place)

    def connect(self, link: Link, rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`connect` answers all methods that `setMethods` or `_method` do not narrow."""
        path = text_of(argument(link.call, 0), place.env)
        if path is None:
            return
        methods = next((methods_of(argument(other.call, 0)) for other in rest if other.name == "setMethods"), None)
        for given in link.call.arguments[1:]:
            if methods is None and isinstance(given, Mapping) and (narrowed := given.get("_method")) is not None:
                methods = methods_of(narrowed)
        yield Registered(methods or ("ANY",), path, argument(link.call, 1), link.call, place)

    def redirected(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$builder->redirect("/a", "/b")`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None:
            yield Registered(("GET",), path, None, link.call, place)

    def group(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`scope("/a", ...)`, `prefix("Admin", ["path" => "/b"], ...)`, `plugin("Shop", ...)`: the last argument registers inside."""
        given = link.call.arguments
        name = text_of(given[0], place.env) if given else None
        closure = next((one for one in reversed(given) if isinstance(one, Function)), None)
        if name is None or closure is None:
            return
        options = given[1] if len(given) > 1 and isinstance(given[1], Mapping) else None
        path = text_of(options.get("path")) if options is not None else None
        own = name if link.name == "scope" else "/" + "/".join(dashed(part) for part in name.strip("/").split("/"))
        inner = replace(place, prefix=joined(place.prefix, path if path is not None else own))
        if link.name == "prefix":
            inner = replace(inner, namespace=f"{place.namespace}.{_camel(name)}")
        elif link.name == "plugin":
            inner = replace(inner, namespace=f"{name.replace('/', '.')}.Controller")
        yield from self.grouped(closure, inner, MAX_DEPTH - 5)

    def resource(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`resources("Articles", ["only" => ...], function ($routes) {})`: what is nested stands below one of them."""
        name = text_of(argument(link.call, 0), place.env)
        if name is None:
            return
        options = next((given for given in link.call.arguments[1:] if isinstance(given, Mapping)), None)
        only = texts_of(options.get("only")) if options is not None else ()
        path = text_of(options.get("path")) if options is not None else None
        base = path if path is not None else dashed(name)
        for methods, tail, action in _RESOURCE:
            if not only or action in only or {"index": "index", "add": "create", "edit": "update"}.get(action, action) in only:
                yield Registered(methods, joined(base) + tail, _target(name, action, link), link.call, place)
        closure = next((given for given in link.call.arguments if isinstance(given, Function)), None)
        one = re.sub(r"s$", "", dashed(name).replace("-", "_"))
        yield from self.grouped(closure, replace(place, prefix=joined(place.prefix, base, f"{{{one}_id}}")), MAX_DEPTH - 5)

    def served(self, registered: Registered) -> Served | None:
        """`["controller" => "A", "action" => "b"]`, "A::b"."""
        given, place = registered.handler, registered.place
        if isinstance(given, Mapping):
            controller, action = text_of(given.get("controller")), text_of(given.get("action")) or "index"
            prefix = text_of(given.get("prefix"))
            namespace = f"{place.namespace}.{_camel(prefix)}" if prefix else place.namespace
        else:
            written = (text_of(given) or "").rpartition("/")[2]
            controller, _, action = written.partition("::")
            namespace = place.namespace
        if not controller:
            return None
        return self.known.method(self.known.named(place.module, f"{namespace}.{_camel(controller)}Controller"), action)


def _target(name: str, action: str, link: Link) -> Expression:
    return Literal(link.call.line, link.call.line, f"{_camel(name)}::{action}")


def _camel(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[-_/]", name) if word)
