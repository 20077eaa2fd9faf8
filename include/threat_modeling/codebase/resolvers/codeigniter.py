"""CodeIgniter 4: Config/Routes.php with groups, filters, resources and presenters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.php.paths import joined, methods_of, text_of, texts_of
from threat_modeling.codebase.php.router import MAX_DEPTH, Link, Place, Registered, Router, argument
from threat_modeling.codebase.syntax import Expression, Literal, Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.php.classes import Served
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("$routes->",)
_RESOURCE: Final = (
    (("GET",), "", "index"),
    (("GET",), "/new", "new"),
    (("GET",), "/{id}/edit", "edit"),
    (("GET",), "/{id}", "show"),
    (("POST",), "", "create"),
    (("PUT", "PATCH"), "/{id}", "update"),
    (("DELETE",), "/{id}", "delete"),
)
_PRESENTER: Final = (
    (("GET",), "", "index"),
    (("GET",), "/show/{id}", "show"),
    (("GET",), "/new", "new"),
    (("POST",), "/create", "create"),
    (("GET",), "/edit/{id}", "edit"),
    (("POST",), "/update/{id}", "update"),
    (("GET",), "/remove/{id}", "remove"),
    (("POST",), "/delete/{id}", "delete"),
)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every CodeIgniter application of a target."""
    found = [module for module in project.modules(LANGUAGES, KEYWORDS) if re.search(r"(?:^|/)Config/Routes\.php$", module.path)]
    yield from _CodeIgniter(project).routes(found)


class _CodeIgniter(Router):
    framework: ClassVar[str] = "codeigniter"
    variables: ClassVar[frozenset[str]] = frozenset({"routes"})

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.registrars = {
            **dict.fromkeys(("get", "post", "put", "patch", "delete", "options", "head", "add", "cli"), self.verb),
            "match": self.matched,
            "group": self.group,
            **dict.fromkeys(("resource", "presenter"), self.resource),
            **dict.fromkeys(("view", "addRedirect"), self.page),
        }

    def place(self, module: Module) -> Place:
        """Controllers are named below the framework's namespace."""
        return Place(module, namespace="App.Controllers")

    def within(self, options: Expression | None, place: Place) -> Place:
        """Filters and namespace of an array of options."""
        if not isinstance(options, Mapping):
            return place
        given = options.get("filter")
        each = given.elements if isinstance(given, Sequence) else (given,) if given is not None else ()
        namespace = text_of(options.get("namespace"))
        return replace(
            place,
            middleware=(*place.middleware, *((place.module, one) for one in each)),
            namespace=namespace.strip("\\").replace("\\", ".") if namespace else place.namespace,
        )

    def verb(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$routes->get("a/(:num)", "A::b/$1")`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None and link.name != "cli" and len(link.call.arguments) > 1:
            method = "ANY" if link.name == "add" else link.name.upper()
            yield Registered((method,), _template(path), link.call.arguments[1], link.call, self.within(argument(link.call, 2), place))

    def matched(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$routes->match(["get", "post"], "a", "A::b")`."""
        path = text_of(argument(link.call, 1), place.env)
        if path is not None:
            inner = self.within(argument(link.call, 3), place)
            yield Registered(methods_of(argument(link.call, 0)), _template(path), argument(link.call, 2), link.call, inner)

    def page(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$routes->view("a", "page")`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None:
            yield Registered(("GET",), _template(path), None, link.call, place)

    def group(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$routes->group("a", ["filter" => "b"], function ($routes) {})`."""
        path = text_of(argument(link.call, 0), place.env)
        given = link.call.arguments
        inner = self.within(given[1] if len(given) > 2 else None, replace(place, prefix=joined(place.prefix, _template(path or ""))))
        yield from self.grouped(given[-1] if given else None, inner, MAX_DEPTH - 5)

    def resource(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$routes->resource("photos")`: its controller is named like it where no option says otherwise."""
        name = text_of(argument(link.call, 0), place.env)
        if name is None:
            return
        options = argument(link.call, 1)
        said = {key: texts_of(options.get(key)) if isinstance(options, Mapping) else () for key in ("only", "except", "controller")}
        only = {word for text in said["only"] for word in re.split(r"[,\s]+", text)}
        without = {word for text in said["except"] for word in re.split(r"[,\s]+", text)}
        controller = said["controller"][0] if said["controller"] else name.rpartition("/")[2].capitalize()
        for methods, path, action in _RESOURCE if link.name == "resource" else _PRESENTER:
            if (not only or action in only) and action not in without:
                handler = Literal(link.call.line, link.call.line, f"{controller}::{action}")
                yield Registered(methods, _template(name) + path, handler, link.call, self.within(options, place))

    def served(self, registered: Registered) -> Served | None:
        """Arguments behind the method (`A::b/$1`) name no other one."""
        handler = registered.handler
        if isinstance(handler, Literal) and isinstance(handler.value, str) and "::" in handler.value:
            handler = Literal(handler.line, handler.end, handler.value.partition("/")[0])
        return self.known.handler(registered.place.module, handler, None, registered.place.namespace)


def _template(path: str) -> str:
    """`(:num)` and `(.*)` are parameters, by their position."""
    count = 0

    def named(_match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{{param{count}}}"

    return re.sub(r"\((?::\w+|[^()]*)\)", named, path)
