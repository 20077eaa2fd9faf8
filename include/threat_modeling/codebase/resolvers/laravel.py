"""Laravel: route files with the prefix and middleware they are loaded with, groups, resources, controllers' own middleware."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.laravel_guards import LaravelGuards
from threat_modeling.codebase.php.paths import joined, methods_of, singular, text_of, texts_of
from threat_modeling.codebase.php.router import MAX_DEPTH, Link, Place, Registered, Router, argument, chain
from threat_modeling.codebase.syntax import Attribute, Call, Expression, Join, Literal, Mapping, Sequence, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.php.classes import Served
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("Illuminate\\Support\\Facades\\Route", "Route::", "Illuminate\\Routing\\Router")
_FACADE: Final = "Illuminate.Support.Facades.Route"
_VERBS: Final = ("get", "post", "put", "patch", "delete", "options", "any")
_RESOURCE: Final = ("index", "create", "store", "show", "edit", "update", "destroy")
_API: Final = ("index", "store", "show", "update", "destroy")
_ROUTES_FILE: Final = re.compile(r"((?:[\w.-]+/)*[\w.-]+\.php)$")
_AUTH: Final = (
    ("GET", "login", "showLoginForm"),
    ("POST", "login", "login"),
    ("POST", "logout", "logout"),
    ("GET", "register", "showRegistrationForm"),
    ("POST", "register", "register"),
    ("GET", "password/reset", "showLinkRequestForm"),
    ("POST", "password/email", "sendResetLinkEmail"),
    ("GET", "password/reset/{token}", "showResetForm"),
    ("POST", "password/reset", "reset"),
    ("GET", "password/confirm", "showConfirmForm"),
    ("POST", "password/confirm", "confirm"),
)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Laravel application of a target."""
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    modules = [module for module in modules if "think\\facade\\Route" not in (project.text(module.path) or "")]
    if modules:
        router = _Laravel(project)
        router.load(modules)
        yield from router.routes(modules)


class _Laravel(Router):
    framework: ClassVar[str] = "laravel"
    classes: ClassVar[frozenset[str]] = frozenset({_FACADE, "Route", "Illuminate.Routing.Router", "Auth", "Illuminate.Support.Facades.Auth"})
    middleware_words: ClassVar[frozenset[str]] = frozenset({"middleware"})

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.loaded: dict[str, Place] = {}
        self._guards = LaravelGuards(self)
        self.registrars = {
            **dict.fromkeys(_VERBS, self.verb),
            "match": self.matched,
            **dict.fromkeys(("redirect", "permanentRedirect", "view", "inertia"), self.page),
            "fallback": self.fallback,
            **dict.fromkeys(("resource", "apiResource"), self.resource),
            **dict.fromkeys(("resources", "apiResources"), self.resources),
            **dict.fromkeys(("singleton", "apiSingleton"), self.singleton),
            "group": self.group,
            "routes": self.authentication,
        }

    # files

    def load(self, modules: list[Module]) -> None:
        """Which prefix and middleware each file of routes gets from who loads it."""
        for module in (*modules, *self.project.modules(LANGUAGES, ("withRouting", "base_path('routes", 'base_path("routes'))):
            for node in walk(module.body):
                if isinstance(node, Call) and isinstance(node.callee, Attribute):
                    if node.callee.name == "withRouting":
                        self.configured(module, node)
                    elif node.callee.name == "group" and node.arguments and (file := self.file(module, node.arguments[-1])):
                        _, links = chain(node)
                        self.loaded[file] = self.modified(links[:-1], Place(module))

    def configured(self, module: Module, call: Call) -> None:
        """`->withRouting(web: ..., api: ..., apiPrefix: ...)` of bootstrap/app.php."""
        prefix = text_of(call.keyword("apiPrefix"))
        for word in ("web", "api"):
            for given in _each(call.keyword(word)):
                file = self.file(module, given)
                if file is not None:
                    group = ((module, Literal(given.line, given.end, word)),)
                    self.loaded.setdefault(file, Place(module, joined(prefix or "api") if word == "api" else "", group))

    def file(self, module: Module, given: Expression) -> str | None:
        """The file that `base_path("routes/api.php")` or `__DIR__."/../routes/api.php"` names."""
        target = given.arguments[0] if isinstance(given, Call) and given.arguments else given
        parts = target.parts if isinstance(target, Join) else (target,)
        text = "".join(str(part.value) for part in parts if isinstance(part, Literal))
        match = _ROUTES_FILE.search(text.replace("../", ""))
        if match is None:
            return None
        root = max((folder for folder in _above(module.path) if f"{folder}{match[1]}" in self.project.paths), key=len, default=None)
        return f"{root}{match[1]}" if root is not None else None

    def place(self, module: Module) -> Place:
        """A file's prefix: as it is loaded, else by the custom of the framework."""
        known = self.loaded.get(module.path)
        if known is not None:
            return replace(known, module=module, namespace=known.namespace or "App.Http.Controllers", env={})
        name = module.path.rpartition("/")[2]
        api = name == "api.php" and "/routes/" in f"/{module.path.lower()}"
        word = "api" if api else "web" if name == "web.php" else ""
        group = ((module, Literal(1, 1, word)),) if word else ()
        return Place(module, "/api" if api else "", group, namespace="App.Http.Controllers")

    # words

    def modified(self, links: tuple[Link, ...], place: Place) -> Place:
        """prefix, controller, namespace and middleware around a route."""
        place = super().modified(links, place)
        for link in links:
            text = text_of(link.call.arguments[0], place.env) if link.call.arguments else None
            if link.name == "prefix" and text is not None:
                place = replace(place, prefix=joined(place.prefix, text))
            elif link.name == "controller" and link.call.arguments:
                place = replace(place, controller=link.call.arguments[0])
            elif link.name == "namespace" and text:
                place = replace(place, namespace=f"{place.namespace}.{text}".strip(".").replace("\\", "."))
            elif link.name == "withoutMiddleware":
                removed = {text for given in link.call.arguments for text in texts_of(given)}
                place = replace(place, middleware=tuple(one for one in place.middleware if not removed & set(texts_of(one[1]))))
            elif link.name == "can" and link.call.arguments:
                place = replace(place, middleware=(*place.middleware, (place.module, Literal(link.call.line, link.call.line, "can"))))
        return place

    def verb(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Route::get("/a", handler)`."""
        path = text_of(argument(link.call, 0, "uri"), place.env)
        if path is not None:
            method = "ANY" if link.name == "any" else link.name.upper()
            yield Registered((method,), path, argument(link.call, 1, "action"), link.call, place)

    def matched(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Route::match(["GET"], "/a", handler)`."""
        path = text_of(argument(link.call, 1, "uri"), place.env)
        if path is not None:
            yield Registered(methods_of(argument(link.call, 0, "methods")), path, argument(link.call, 2, "action"), link.call, place)

    def page(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Route::view("/a", "page")`, `Route::redirect("/a", "/b")`."""
        path = text_of(argument(link.call, 0, "uri"), place.env)
        if path is not None:
            yield Registered(("GET",) if link.name in {"view", "inertia"} else ("ANY",), path, None, link.call, place)

    def fallback(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """What answers where no route does."""
        yield Registered(("GET",), "{fallbackPlaceholder}", argument(link.call, 0), link.call, place)

    def group(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`->group(function () {})`, `Route::group(["prefix" => "a"], function () {})`."""
        given = link.call.arguments
        if len(given) > 1 and isinstance(given[0], Mapping):
            options = given[0]
            middleware = tuple((place.module, one) for one in _each(options.get("middleware")))
            namespace = text_of(options.get("namespace"))
            place = replace(
                place,
                prefix=joined(place.prefix, text_of(options.get("prefix"), place.env) or ""),
                middleware=(*place.middleware, *middleware),
                controller=options.get("controller") or place.controller,
                namespace=f"{place.namespace}.{namespace}".replace("\\", ".") if namespace else place.namespace,
            )
        yield from self.grouped(given[-1] if given else None, place, MAX_DEPTH - 5)

    def resource(self, link: Link, rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """The seven routes of a resource (five of an API), less those that are left out; `a.b` nests."""
        name = text_of(argument(link.call, 0, "name"), place.env)
        if name is None:
            return
        options = argument(link.call, 2, "options")
        actions = _kept(_API if link.name == "apiResource" else _RESOURCE, options, rest)
        renamed = _renamed(options, rest)
        shallow = any(other.name == "shallow" for other in rest)
        *above, last = name.split(".")
        base = "/".join(f"{one}/{{{renamed.get(one, _parameter(one))}}}" for one in above)
        collection = joined(base, last)
        member = joined(last if shallow and above else collection, f"{{{renamed.get(last, _parameter(last.rpartition('/')[2]))}}}")
        yield from self.actions(actions, collection, member, argument(link.call, 1, "controller"), link.call, place)

    def actions(
        self, actions: tuple[str, ...], collection: str, member: str, controller: Expression | None, call: Call, place: Place
    ) -> Iterator[Registered]:
        """Routes by the names of a resource's actions."""
        table = {
            "index": (("GET",), collection),
            "create": (("GET",), f"{collection}/create"),
            "store": (("POST",), collection),
            "show": (("GET",), member),
            "edit": (("GET",), f"{member}/edit"),
            "update": (("PUT", "PATCH"), member),
            "destroy": (("DELETE",), member),
        }
        for action in actions:
            methods, path = table[action]
            handler = Sequence(call.line, call.line, (controller, Literal(call.line, call.line, action))) if controller is not None else None
            yield Registered(methods, path, handler, call, place)

    def resources(self, link: Link, rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Route::resources(["a" => A::class])`."""
        given = argument(link.call, 0)
        for key, controller in given.entries if isinstance(given, Mapping) else ():
            if key is not None:
                one = Call(link.call.line, link.call.end, link.call.callee, (key, controller))
                yield from self.resource(Link(link.name.removesuffix("s"), one), rest, place)

    def singleton(self, link: Link, rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """A resource of which there is one."""
        name = text_of(argument(link.call, 0, "name"), place.env)
        if name is None:
            return
        words = {other.name for other in rest}
        plain = ("show", "update") if link.name == "apiSingleton" else ("show", "edit", "update")
        made = ("store", "destroy", *(("create",) if link.name == "singleton" else ())) if "creatable" in words else ()
        actions = _kept((*plain, *made, *(("destroy",) if "destroyable" in words else ())), argument(link.call, 2, "options"), rest)
        yield from self.actions(actions, joined(name), joined(name), argument(link.call, 1, "controller"), link.call, place)

    def authentication(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`Auth::routes()` of laravel/ui."""
        root, _ = chain(link.call)
        if self.project.qualified(place.module, root).rpartition(".")[2] == "Auth":
            for method, path, _action in _AUTH:
                yield Registered((method,), path, None, link.call, place)

    # guards

    def guards(self, place: Place, method: str, path: str) -> tuple[Guard, ...]:
        """Middleware by alias, group or class."""
        del path
        return self._guards.around(place, method)

    def own_guards(self, served: Served) -> Iterator[Guard]:
        """What the controller and the handler themselves ask."""
        yield from super().own_guards(served)
        yield from self._guards.of_controller(served)


def _above(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["", *("/".join(parts[: count + 1]) + "/" for count in range(len(parts)))]


def _each(value: Expression | None) -> tuple[Expression, ...]:
    return value.elements if isinstance(value, Sequence) else () if value is None else (value,)


def _kept(actions: tuple[str, ...], options: Expression | None, rest: tuple[Link, ...]) -> tuple[str, ...]:
    """Actions less what `only` and `except` leave out, as options or as words."""
    said: dict[str, set[str]] = {}
    for word in ("only", "except"):
        found = {text for link in rest if link.name == word for given in link.call.arguments for text in texts_of(given)}
        if isinstance(options, Mapping):
            found |= set(texts_of(options.get(word)))
        said[word] = found
    return tuple(action for action in actions if (not said["only"] or action in said["only"]) and action not in said["except"])


def _renamed(options: Expression | None, rest: tuple[Link, ...]) -> dict[str, str]:
    """`->parameters(["users" => "member"])`."""
    given = [link.call.arguments[0] for link in rest if link.name == "parameters" and link.call.arguments]
    if isinstance(options, Mapping) and (own := options.get("parameters")) is not None:
        given.append(own)
    pairs = ((text_of(key), text_of(value)) for one in given if isinstance(one, Mapping) for key, value in one.entries)
    return {key: value for key, value in pairs if key and value}


def _parameter(name: str) -> str:
    return singular(name.replace("-", "_"))
