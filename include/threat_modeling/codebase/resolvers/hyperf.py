"""Hyperf: its static router, and controllers with annotations or attributes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.classes import Served
from threat_modeling.codebase.php.paths import dashed, joined, methods_of, template, text_of
from threat_modeling.codebase.php.router import MAX_DEPTH, Link, Place, Registered, Router, argument
from threat_modeling.codebase.syntax import Call, Class, Expression, Function, Mapping, Name, Sequence, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("Hyperf\\",)
_MAPPINGS: Final = {f"{verb}Mapping": verb.upper() for verb in ("Get", "Post", "Put", "Patch", "Delete")}


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Hyperf application of a target."""
    router = _Hyperf(project)
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    yield from router.routes(modules)
    for module in modules:
        for node in module.body:
            if isinstance(node, Class):
                yield from router.controller(module, node)


class _Hyperf(Router):
    framework: ClassVar[str] = "hyperf"
    classes: ClassVar[frozenset[str]] = frozenset({"Hyperf.HttpServer.Router.Router"})

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.registrars = {
            **dict.fromkeys(("get", "post", "put", "patch", "delete", "head"), self.verb),
            "addRoute": self.matched,
            "addGroup": self.group,
        }

    def verb(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Router::get("/a", handler, options)`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None:
            yield Registered((link.name.upper(),), path, argument(link.call, 1), link.call, _within(argument(link.call, 2), place))

    def matched(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Router::addRoute(["GET"], "/a", handler)`."""
        path = text_of(argument(link.call, 1), place.env)
        if path is not None:
            yield Registered(methods_of(argument(link.call, 0)), path, argument(link.call, 2), link.call, _within(argument(link.call, 3), place))

    def group(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Router::addGroup("/a", function () {}, options)`."""
        path = text_of(argument(link.call, 0), place.env)
        inner = _within(argument(link.call, 2), replace(place, prefix=joined(place.prefix, path or "")))
        yield from self.grouped(argument(link.call, 1), inner, MAX_DEPTH - 5)

    def controller(self, module: Module, node: Class) -> Iterator[Route]:
        """A class with #[Controller] or #[AutoController]: each mapped method, or each public one."""
        marks = {dotted(mark).removesuffix("()"): mark for mark in node.decorators if isinstance(mark, Call)}
        mark = marks.get("Controller") or marks.get("AutoController")
        if mark is None:
            return
        given = text_of(argument(mark, 0, "prefix"))
        prefix = given if given is not None else re.sub(r"-controller$", "", dashed(node.name)).replace("-", "_")
        around = tuple(self.marked(module, node.decorators))
        for method in node.body:
            if not isinstance(method, Function):
                continue
            guards = (*around, *self.marked(module, method.decorators))
            served = Served(module, method, f"{node.name}.{method.name}", node)
            for methods, path in self.mapped(method, auto="AutoController" in marks):
                full = template(path if path.startswith("/") and len(path) > 1 and not given else joined(prefix, path))
                for one in methods:
                    yield self.route(one, full, module, method, served, guards)

    def mapped(self, method: Function, *, auto: bool) -> Iterator[tuple[tuple[str, ...], str]]:
        """Methods and path of each mapping of a method."""
        for mark in method.decorators:
            name = dotted(mark).removesuffix("()").rpartition(".")[2]
            if isinstance(mark, Call) and (name in _MAPPINGS or name == "RequestMapping"):
                path = text_of(argument(mark, 0, "path"))
                methods = (_MAPPINGS[name],) if name in _MAPPINGS else methods_of(argument(mark, 1, "methods"))
                yield methods, path if path is not None else method.name
        hidden = any(isinstance(mark, Name) and mark.id in {"private", "protected"} for mark in method.decorators)
        if auto and not hidden and method.name != "constructor":
            yield ("GET", "POST"), f"/{method.name}"

    def marked(self, module: Module, decorators: tuple[Expression, ...]) -> Iterator[Guard]:
        """`#[Middleware(A::class)]`, `#[Middlewares([A::class])]`."""
        for mark in decorators:
            if isinstance(mark, Call) and dotted(mark.callee).rpartition(".")[2] in {"Middleware", "Middlewares"}:
                given = argument(mark, 0, "middleware")
                for one in given.elements if isinstance(given, Sequence) else (given,) if given is not None else ():
                    yield from self.of_middleware(module, one)


def _within(options: Expression | None, place: Place) -> Place:
    """Middleware of an array of options."""
    given = options.get("middleware") if isinstance(options, Mapping) else None
    each = given.elements if isinstance(given, Sequence) else ()
    return replace(place, middleware=(*place.middleware, *((place.module, one) for one in each)))
