"""Phalcon: micro applications, routers with groups, and annotations of controllers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.classes import Served
from threat_modeling.codebase.php.paths import dashed, joined, methods_of, template, text_of
from threat_modeling.codebase.php.router import Link, Place, Registered, Router, argument, chain
from threat_modeling.codebase.syntax import Assign, Call, Class, Expression, Function, Literal, Mapping, Name, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("Phalcon\\",)
_VERBS: Final = ("get", "post", "put", "patch", "delete", "options", "head")
_ADDED: Final = {f"add{verb.capitalize()}": verb.upper() for verb in _VERBS}
_MARKS: Final = {verb.capitalize(): verb.upper() for verb in _VERBS}
_KINDS: Final = (
    "Phalcon.Mvc.Micro",
    "Phalcon.Mvc.Micro.Collection",
    "Phalcon.Mvc.Router",
    "Phalcon.Mvc.Router.Group",
    "Phalcon.Mvc.Router.Annotations",
)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Phalcon application of a target."""
    router = _Phalcon(project)
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    for module in modules:
        router.made_here(module)
        yield from router.routes([module])
        for node in module.body:
            if isinstance(node, Class):
                yield from router.controller(module, node)


class _Phalcon(Router):
    framework: ClassVar[str] = "phalcon"
    variables: ClassVar[frozenset[str]] = frozenset({"app", "router"})
    middleware_words: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._own: dict[str, tuple[str, Expression | None]] = {}
        """Variable of a router or a collection in the file -> its prefix and the object that handles its routes."""
        self.registrars = {
            **dict.fromkeys(_VERBS, self.verb),
            "map": self.mapped,
            "add": self.added,
            **dict.fromkeys(_ADDED, self.added_verb),
        }

    def made_here(self, module: Module) -> None:
        """Which variables of a file hold routers, with the prefix and handler that are set on them."""
        self._own = {}
        for node in walk(module.body):
            if isinstance(node, Assign) and isinstance(node.targets[0], Name) and isinstance(node.value, Call) and node.value.new:
                if self.project.qualified(module, node.value.callee) in _KINDS:
                    self._own[node.targets[0].id] = ("", None)
            elif isinstance(node, Call):
                root, links = chain(node)
                if isinstance(root, Name) and root.id in self._own and links:
                    prefix, handler = self._own[root.id]
                    last = links[-1]
                    if last.name == "setPrefix":
                        self._own[root.id] = (text_of(argument(last.call, 0)) or "", handler)
                    elif last.name == "setHandler":
                        self._own[root.id] = (prefix, argument(last.call, 0))

    def is_router(self, root: Expression, place: Place) -> bool:
        """A variable that holds a router, or one that is called so."""
        return super().is_router(root, place) or (isinstance(root, Name) and root.id in self._own)

    def at(self, link: Link, place: Place) -> Place:
        """The place with what was set on the router."""
        root, _ = chain(link.call)
        prefix, handler = self._own.get(root.id, ("", None)) if isinstance(root, Name) else ("", None)
        return replace(place, prefix=joined(place.prefix, prefix), controller=handler)

    def verb(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$app->get("/a", handler)`, `$collection->get("/a", "method")`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None and len(link.call.arguments) > 1:
            yield Registered((link.name.upper(),), path, link.call.arguments[1], link.call, self.at(link, place))

    def mapped(self, link: Link, rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$app->map("/a", handler)->via(["GET"])`."""
        yield from self.added(link, rest, place)

    def added(self, link: Link, rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$router->add("/a", "A::b")`: all methods that `via` or its third argument does not narrow."""
        path = text_of(argument(link.call, 0), place.env)
        if path is None:
            return
        via = next((argument(other.call, 0) for other in rest if other.name in {"via", "setHttpMethods"}), argument(link.call, 2))
        target = argument(link.call, 1)
        yield Registered(methods_of(via), path, _named(target), link.call, self.at(link, place))

    def added_verb(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$router->addGet("/a", "A::b")`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None:
            yield Registered((_ADDED[link.name],), path, _named(argument(link.call, 1)), link.call, self.at(link, place))

    def conventional(self, module: Module, node: Class) -> Iterator[Route]:
        """A controller without marks answers by its name: `/users/show/{id}` is showAction($id) of UsersController."""
        name = dashed(node.name.removesuffix("Controller"))
        for method in node.body:
            if isinstance(method, Function) and method.name.endswith("Action"):
                action = method.name.removesuffix("Action")
                given = "".join(f"/{{{parameter.name.lstrip('$')}}}" for parameter in method.parameters)
                path = f"/{name}{given}" if action == "index" and not given else f"/{name}/{action}{given}"
                yield self.route("ANY", path, module, method, Served(module, method, f"{node.name}.{method.name}", node), ())

    def controller(self, module: Module, node: Class) -> Iterator[Route]:
        """`@RoutePrefix`, `@Get`, `@Route` of a controller."""
        if "Phalcon.Mvc.Controller" in self.known.bases(module, node) and not any(_is_mark(mark) for mark in _every(node)):
            yield from self.conventional(module, node)
            return
        prefix = next((text_of(argument(mark, 0)) or "" for mark in _marks(node.decorators) if _last(mark) == "RoutePrefix"), "")
        for method in node.body:
            if not isinstance(method, Function):
                continue
            served = Served(module, method, f"{node.name}.{method.name}", node)
            for mark in _marks(method.decorators):
                name, path = _last(mark), text_of(argument(mark, 0))
                if path is not None and (name in _MARKS or name == "Route"):
                    methods = (_MARKS[name],) if name in _MARKS else methods_of(mark.keyword("methods"))
                    for one in methods:
                        yield self.route(one, template(joined(prefix, path)), module, method, served, ())


def _every(node: Class) -> Iterator[Call]:
    """The marks of a class and of its methods."""
    yield from _marks(node.decorators)
    for member in node.body:
        if isinstance(member, Function):
            yield from _marks(member.decorators)


def _is_mark(mark: Call) -> bool:
    return _last(mark) in _MARKS or _last(mark) in {"Route", "RoutePrefix"}


def _marks(decorators: tuple[Expression, ...]) -> Iterator[Call]:
    return (mark for mark in decorators if isinstance(mark, Call))


def _last(mark: Call) -> str:
    return dotted(mark.callee).rpartition(".")[2]


def _named(target: Expression | None) -> Expression | None:
    """Make "Products::edit" and `["controller" => "products", "action" => "edit"]` "ProductsController@editAction"."""
    if isinstance(target, Mapping):
        controller, action = text_of(target.get("controller")), text_of(target.get("action"))
    else:
        written = text_of(target)
        match = re.match(r"^(?:[\w\\]+\\)?(\w+)::(\w+)$", written or "")
        controller, action = (match[1], match[2]) if match else (None, None)
    if target is None or not controller or not action:
        return target if isinstance(target, Function) else None
    title = "".join(word[:1].upper() + word[1:] for word in re.split(r"[-_]", controller))
    return Literal(target.line, target.end, f"{title}Controller@{action}Action")
