"""ThinkPHP: its route files, routes in attributes and doc comments, and controllers that answer by their name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.classes import Served
from threat_modeling.codebase.php.composer import uses
from threat_modeling.codebase.php.paths import joined, methods_of, singular, template, text_of
from threat_modeling.codebase.php.router import MAX_DEPTH, Link, Place, Registered, Router, argument
from threat_modeling.codebase.syntax import Call, Class, Function, Literal, Name, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("think\\",)
_RESOURCE: Final = (
    ("GET", "", "index"),
    ("GET", "/create", "create"),
    ("POST", "", "save"),
    ("GET", "/{id}", "read"),
    ("GET", "/{id}/edit", "edit"),
    ("PUT", "/{id}", "update"),
    ("DELETE", "/{id}", "delete"),
)
_CONTROLLER: Final = re.compile(r"^(?P<root>.*?)app/(?:(?P<module>\w+)/)?controller/(?P<rest>(?:\w+/)*)(?P<name>\w+)\.php$")


def routes(project: Project) -> Iterator[Route]:
    """The routes of every ThinkPHP application of a target."""
    router = _ThinkPhp(project)
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    yield from router.routes(modules)
    for module in modules:
        place = _CONTROLLER.match(module.path)
        for node in module.body if place is not None else ():
            if isinstance(node, Class) and place is not None and uses(project, module.path, "topthink/") is not False:
                yield from router.controller(module, node, place)


class _ThinkPhp(Router):
    framework: ClassVar[str] = "thinkphp"
    classes: ClassVar[frozenset[str]] = frozenset({"think.facade.Route", "think.Route"})

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.registrars = {
            **dict.fromkeys(("get", "post", "put", "patch", "delete", "options", "head", "any"), self.verb),
            "rule": self.rule,
            "resource": self.resource,
            "group": self.group,
            **dict.fromkeys(("view", "redirect"), self.page),
        }

    def place(self, module: Module) -> Place:
        """The routes of one application of several stand below its name."""
        several = re.search(r"app/(\w+)/route/\w+\.php$", module.path)
        return Place(module, f"/{several[1]}" if several else "", namespace=f"app.{several[1]}.controller" if several else "app.controller")

    def verb(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Route::get("a/:id", "index/b")`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None:
            yield Registered(("ANY" if link.name == "any" else link.name.upper(),), _path(path), _named(argument(link.call, 1)), link.call, place)

    def rule(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Route::rule("a", "b/c", "GET|POST")`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None:
            yield Registered(methods_of(argument(link.call, 2)), _path(path), _named(argument(link.call, 1)), link.call, place)

    def page(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Route::view("a", "page")`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None:
            yield Registered(("GET",), _path(path), None, link.call, place)

    def resource(self, link: Link, rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """The seven routes of a resource; `a.b` nests."""
        name, controller = text_of(argument(link.call, 0), place.env), text_of(argument(link.call, 1))
        if name is None:
            return
        only = {text_of(one) for other in rest if other.name == "only" for given in other.call.arguments for one in getattr(given, "elements", ())}
        without = {
            text_of(one) for other in rest if other.name == "except" for given in other.call.arguments for one in getattr(given, "elements", ())
        }
        *above, last = name.split(".")
        base = joined(*(f"{one}/{{{singular(one)}_id}}" for one in above), last)
        for method, tail, action in _RESOURCE:
            if (not only or action in only) and action not in without:
                handler = Literal(link.call.line, link.call.line, f"{controller}@{action}") if controller else None
                yield Registered((method,), base + tail, handler, link.call, place)

    def group(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Route::group("a", function () {})`."""
        given = link.call.arguments
        name = text_of(given[0], place.env) if len(given) > 1 else None
        yield from self.grouped(given[-1] if given else None, replace(place, prefix=joined(place.prefix, _path(name or ""))), MAX_DEPTH - 5)

    def controller(self, module: Module, node: Class, found: re.Match[str]) -> Iterator[Route]:
        """A controller's public methods by their name, and those with a route of their own."""
        if any(keyword.name in {"abstract", "interface", "trait"} for keyword in node.keywords):
            return
        name = re.sub(r"Controller$", "", node.name) or node.name
        own = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
        folders = [folder for folder in found["rest"].split("/") if folder]
        application = [found["module"]] if found["module"] else []
        places = {"/".join([*application, *folders, own]), "/".join([*application, ".".join([*folders, own])])}
        for method in node.body:
            if not isinstance(method, Function) or not _is_action(method):
                continue
            served = Served(module, method, f"{node.name}.{method.name}", node)
            for mark in method.decorators:
                if isinstance(mark, Call) and dotted(mark.callee).rpartition(".")[2] == "Route" and (path := text_of(argument(mark, 0))) is not None:
                    for one in methods_of(argument(mark, 1, "method")):
                        yield self.route(one, template(_path(path)), module, method, served, ())
            for place in sorted(places):
                for path in (f"{place}/{method.name}", *((place,) if method.name == "index" else ())):
                    yield self.route("ANY", template(path), module, method, served, ())


def _is_action(method: Function) -> bool:
    hidden = any(isinstance(mark, Name) and mark.id in {"private", "protected", "static", "abstract"} for mark in method.decorators)
    return not hidden and not method.name.startswith("_") and method.name not in {"constructor", "initialize"}


def _path(path: str) -> str:
    """`a/[:b]` and `a/<b?>` are optional, `$` ends a path."""
    return re.sub(r"/?\[:?\w+\]|/?<\w+\?>", "", path).rstrip("$")


def _named(given: object) -> Literal | Function | None:
    """`index/hello` and `admin/User/save` as "Index@hello", "admin.User@save"."""
    if isinstance(given, Function):
        return given
    text = text_of(given)
    if text is None or not isinstance(given, Literal):
        return None
    *folders, controller, action = ["", *text.strip("/").split("/")]
    if not controller:
        return None
    full = ".".join([*filter(None, folders), controller[:1].upper() + controller[1:]])
    return Literal(given.line, given.end, f"{full}@{action}" if "@" not in text and "::" not in text else text)
