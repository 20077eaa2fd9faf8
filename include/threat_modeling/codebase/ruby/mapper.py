"""Rails' routes.rb read as the router does: scopes, resources, concerns and files that are drawn, into methods and absolute paths."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from msgspec import structs

from threat_modeling.codebase.ruby.gems import GEMS
from threat_modeling.codebase.ruby.paths import Bound, joined, plural, singular, template, text_of, texts_of
from threat_modeling.codebase.ruby.scope import Mapped, Resource, Scope
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Evaluate,
    Expression,
    Function,
    Literal,
    Mapping,
    Name,
    Return,
    Sequence,
    Symbol,
    dotted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from threat_modeling.codebase.syntax import Module, Node, Statement

VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "options", "head", "connect"})
MAX_ROUTES: Final = 20_000
MAX_DEPTH: Final = 40
_ALL: Final = ("index", "create", "new", "edit", "show", "update", "destroy")
_ONE: Final = ("new", "edit", "show", "update", "destroy", "create")
_WORDS: Final = """
    to controller action via on as constraints defaults format anchor module path param only except shallow concerns path_names at internal
    requirements
"""
_OPTIONS: Final = frozenset(_WORDS.split())


@dataclass(slots=True)
class Mapper:
    """Reads one table; `drawn` gives the file of `draw :name`."""

    drawn: Callable[[str, str], Module | None]
    routes: list[Mapped] = field(default_factory=list)
    modules: Callable[[str], frozenset[str] | None] = lambda _: None
    """What a model of Devise can do; None where it is not found."""
    concerns: dict[str, Function] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    env: dict[str, Bound] = field(default_factory=dict)
    depth: int = 0

    def run(self, body: tuple[Statement, ...], scope: Scope) -> None:
        """Statements of a block, all branches of them."""
        if self.depth > MAX_DEPTH or len(self.routes) > MAX_ROUTES:
            return
        self.depth += 1
        for statement in body:
            if isinstance(statement, Assign) and isinstance(statement.targets[0], Name):
                self.assign(statement.targets[0].id, statement.value)
            elif isinstance(statement, Function):
                self.functions[statement.name] = statement
            elif isinstance(statement, Block):
                for inner in statement.bodies:
                    self.run(inner, scope)
            elif isinstance(statement, Evaluate | Return) and statement.value is not None:
                self.evaluate(statement.value, scope)
        self.depth -= 1

    def assign(self, name: str, value: Expression | None) -> None:
        """A local name that holds text, or a list of it."""
        found = texts_of(value, self.env)
        if isinstance(value, Sequence):
            self.env[name] = found
        elif found:
            self.env[name] = found[0]

    def evaluate(self, value: Expression, scope: Scope) -> None:
        """One expression of a block: what it calls says what it registers."""
        if not isinstance(value, Call):
            return
        callee = value.callee
        name = callee.name if isinstance(callee, Attribute) else callee.id if isinstance(callee, Name) else ""
        block = block_of(value)
        if isinstance(callee, Attribute) and name in {"each", "each_pair", "each_with_index", "map"} and block is not None:
            self.loop(callee.object, block, scope)
        elif isinstance(callee, Attribute) and not isinstance(callee.object, Name):
            return
        elif name in VERBS or name == "match" or name in _WORDS_OF_OWN or name in _SCOPES:
            merged = structs.replace(value, keywords=(*value.keywords, *(k for k in scope.given if value.keyword(k.name or "") is None)))
            self.register(name, merged, block, scope)
        elif name in GEMS:
            GEMS[name](self, value, block, scope)
        elif name in self.functions and self.depth < MAX_DEPTH:
            self.run(self.functions[name].body, scope)
        elif block is not None:
            self.run(block.body, scope)

    def register(self, name: str, call: Call, block: Function | None, scope: Scope) -> None:
        """One word of the router's language."""
        if name in VERBS or name == "match":
            self.match(name, call, scope)
        elif name in _WORDS_OF_OWN:
            _WORDS_OF_OWN[name](self, call, block, scope)
        elif block is not None:
            self.run(block.body, _SCOPES[name](self, call, scope))

    def resources(self, call: Call, block: Function | None, scope: Scope) -> None:
        """`resources :a, :b`, `resource :a`."""
        for given in call.arguments:
            if (one := text_of(given, self.env)) is not None:
                self.resource(one, call, block, scope, plural_=dotted(call.callee).endswith("resources"))

    def draw(self, call: Call, _block: Function | None, scope: Scope) -> None:
        """`draw :name`: another file, here."""
        for given in call.arguments:
            found = self.drawn(scope.module_file.path, text_of(given, self.env) or "")
            if found is not None:
                self.run(found.body, replace(scope, module_file=found))

    def concern(self, call: Call, block: Function | None, _scope: Scope) -> None:
        """`concern :name do`: what it holds is registered where it is used."""
        title = text_of(call.arguments[0], self.env) if call.arguments else None
        if title and block is not None:
            self.concerns[title] = block

    def concerned(self, call: Call, _block: Function | None, scope: Scope) -> None:
        """`concerns :name`."""
        self.use_concerns(tuple(title for given in call.arguments for title in texts_of(given, self.env)), scope)

    def use_concerns(self, titles: tuple[str, ...], scope: Scope) -> None:
        """What concerns of these names register, here."""
        for title in titles:
            if title in self.concerns:
                self.run(self.concerns[title].body, scope)

    def loop(self, iterated: Expression, block: Function, scope: Scope) -> None:
        """A loop over a literal list, once for each element; over anything else, once."""
        values = texts_of(iterated, self.env) if isinstance(iterated, Sequence | Name | Attribute) else ()
        name = block.parameters[0].name if block.parameters else ""
        known = self.env.get(name)
        for value in values[:100]:
            self.env[name] = value
            self.run(block.body, scope)
        if not values:
            self.run(block.body, scope)
        if known is None:
            self.env.pop(name, None)
        else:
            self.env[name] = known

    # routes

    def add(self, method: str, path: str, to: tuple[str, str], node: Node, scope: Scope, target: Expression | None = None) -> None:
        """Register one route."""
        self.routes.append(Mapped(method, template(path), *to, node, scope.module_file, scope.guards, target))

    def match(self, verb: str, call: Call, scope: Scope) -> None:
        """`get "path", to: "users#show"` in all its spellings."""
        methods = (verb.upper(),) if verb != "match" else self.methods(call.keyword("via"))
        on = text_of(call.keyword("on"), self.env)
        place = self.placed(replace(scope, level=on) if on and scope.resource is not None else scope)
        for path, target in self.paths(call):
            own = text_of(call.keyword("path"), self.env)
            for method in methods:
                self.add(method, joined(place, path if own is None else own), self.endpoint(call, path, target, scope), call, scope)

    def methods(self, via: Expression | None) -> tuple[str, ...]:
        """What `via` says; all where it says nothing."""
        found = tuple(text.upper() for text in texts_of(via, self.env))
        return ("ANY",) if not found or "ALL" in found else found

    def paths(self, call: Call) -> Iterator[tuple[str, Expression | None]]:
        """Each path of a call with the target that is written beside it."""
        for given in call.arguments:
            if isinstance(given, Mapping):
                for key, value in given.entries:
                    if (path := text_of(key, self.env)) is not None:
                        yield path, value
            elif not isinstance(given, Function) and (path := text_of(given, self.env)) is not None:
                yield path, None
        for keyword in call.keywords:
            if keyword.name is not None and keyword.name not in _OPTIONS:
                yield keyword.name, keyword.value

    def endpoint(self, call: Call, path: str, target: Expression | None, scope: Scope) -> tuple[str, str]:
        """Controller and action of a route, by what is written or else by its path."""
        target = target if target is not None else call.keyword("to")
        said = text_of(target, self.env)
        controller = text_of(call.keyword("controller"), self.env) or (scope.resource.controller if scope.resource else scope.controller)
        action = text_of(call.keyword("action"), self.env)
        module = text_of(call.keyword("module"), self.env)
        within = "/".join(filter(None, (scope.module, module or "")))
        if target is not None and said is None:
            return "", dotted(target)
        if said is not None and "#" in said:
            left, _, action = said.partition("#")
            return _within(within, left or controller), action
        if isinstance(target, Symbol):
            return _within("" if scope.resource else within, controller), str(target.value)
        if controller:
            return _within("" if scope.resource and call.keyword("controller") is None else within, controller), action or path.strip("/").rpartition(
                "/"
            )[2].replace("-", "_")
        left, _, last = path.strip("/").partition("(")[0].rpartition("/")
        return _within(within, left), action or last

    def root(self, call: Call, _block: Function | None, scope: Scope) -> None:
        """`root "home#index"`."""
        said = text_of(call.keyword("to") or (call.arguments[0] if call.arguments else None), self.env) or ""
        controller, _, action = said.partition("#")
        self.add("GET", self.placed(scope), (_within(scope.module, controller) if controller else "", action), call, scope)

    def mount(self, call: Call, _block: Function | None, scope: Scope) -> None:
        """`mount App => "/path"`, `mount App, at: "/path"`."""
        given = call.arguments[0] if call.arguments else None
        pairs = given.entries if isinstance(given, Mapping) else ((given, call.keyword("at")),)
        for app, at in pairs:
            if app is not None and not isinstance(app, Literal):
                path = joined(self.placed(scope), text_of(at, self.env) or "")
                self.add("ANY", path, ("", dotted(app)), call, scope, app)

    # resources

    def placed(self, scope: Scope) -> str:
        """The path at which something inside a block stands."""
        found = scope.resource
        if found is None:
            return scope.path
        return {"member": found.member, "collection": found.collection, "new": found.new, "": found.nested, "nested": found.nested}.get(
            scope.level, scope.path
        )

    def resource(self, name: str, call: Call, block: Function | None, scope: Scope, *, plural_: bool) -> None:
        """The routes that Rails makes of one resource, then what its block adds."""
        option = {key: text_of(call.keyword(key), self.env) for key in ("path", "controller", "module", "param", "as", "shallow_path")}
        base = self.placed(scope)
        shallow = scope.shallow or _true(call.keyword("shallow"))
        path = joined(base, option["path"] if option["path"] is not None else name)
        short = joined(scope.shallow_path, option["path"] or name) if shallow and scope.resource is not None else path
        key = option["param"] or "id"
        within = "/".join(filter(None, (scope.module, option["module"] or "")))
        controller = _within(within, option["controller"] or (name if plural_ else plural(name)))
        one = f"{singular(option['as'] or name)}_{key}"
        opened = (
            Resource(controller, path, f"{short}/:{key}", f"{short}/:{one}", f"{path}/new")
            if plural_
            else Resource(controller, path, path, path, f"{path}/new")
        )
        inner = replace(
            scope,
            resource=opened,
            level="",
            module=within,
            controller="",
            shallow=shallow,
            shallow_path=option["shallow_path"] or scope.shallow_path or scope.path,
            given=(),
        )
        self.actions(call, inner, opened, plural_=plural_)
        self.use_concerns(texts_of(call.keyword("concerns"), self.env), inner)
        if block is not None:
            self.run(block.body, inner)

    def actions(self, call: Call, scope: Scope, opened: Resource, *, plural_: bool) -> None:
        """The seven (or six) actions, less those that `only` and `except` leave out."""
        only, without = call.keyword("only"), call.keyword("except")
        kept = texts_of(only, self.env) if only is not None else (_ALL if plural_ else _ONE)
        left = texts_of(without, self.env)
        renamed = call.keyword("path_names")
        names = {key: text_of(renamed.get(key), self.env) or key for key in ("new", "edit")} if isinstance(renamed, Mapping) else {}
        table = {
            "index": (("GET",), opened.collection),
            "create": (("POST",), opened.collection),
            "new": (("GET",), joined(opened.collection, names.get("new", "new"))),
            "edit": (("GET",), joined(opened.member, names.get("edit", "edit"))),
            "show": (("GET",), opened.member),
            "update": (("PATCH", "PUT"), opened.member),
            "destroy": (("DELETE",), opened.member),
        }
        for action in _ALL if plural_ else _ONE:
            if action in kept and action not in left:
                methods, path = table[action]
                for method in methods:
                    self.add(method, path, (opened.controller, action), call, scope)

    # blocks

    def scoped(self, call: Call, scope: Scope) -> Scope:
        """`scope "path", module: ...`."""
        option = {key: text_of(call.keyword(key), self.env) for key in ("path", "module", "controller", "shallow_path")}
        parts = [text for given in call.arguments if (text := text_of(given, self.env)) is not None]
        given = tuple(keyword for keyword in call.keywords if keyword.name in {"only", "except"})
        return replace(
            scope,
            path=joined(self.placed(scope), *parts, option["path"] or ""),
            module="/".join(filter(None, (scope.module, option["module"] or ""))),
            controller=option["controller"] or (f"/{scope.resource.controller}" if scope.resource else scope.controller),
            shallow=scope.shallow or _true(call.keyword("shallow")),
            shallow_path=joined(scope.shallow_path, *parts, option["path"] or "") if scope.resource is None else scope.shallow_path,
            resource=None,
            level="",
            given=(*scope.given, *given),
        )

    def namespaced(self, call: Call, scope: Scope) -> Scope:
        """`namespace :admin`: a path and a module at once."""
        name = text_of(call.arguments[0], self.env) if call.arguments else None
        path, module = text_of(call.keyword("path"), self.env), text_of(call.keyword("module"), self.env)
        inner = self.scoped(structs.replace(call, arguments=(), keywords=tuple(k for k in call.keywords if k.name not in {"path", "module"})), scope)
        return replace(
            inner,
            path=joined(inner.path, path if path is not None else name or ""),
            shallow_path=joined(scope.shallow_path, path if path is not None else name or ""),
            module="/".join(filter(None, (scope.module, module if module is not None else name or ""))),
        )

    def leveled(self, call: Call, scope: Scope) -> Scope:
        """`member`, `collection`, `new`, `nested`."""
        return replace(scope, level=dotted(call.callee).rpartition(".")[2])

    def controlled(self, call: Call, scope: Scope) -> Scope:
        """`controller :users`."""
        name = text_of(call.arguments[0], self.env) if call.arguments else None
        return replace(scope, controller=name or scope.controller)

    def shallowed(self, _call: Call, scope: Scope) -> Scope:
        """`shallow do`."""
        return replace(scope, shallow=True)

    def guarded(self, call: Call, scope: Scope) -> Scope:
        """`authenticate :user do`, `constraints Admin do`: only those who pass are routed."""
        return replace(scope, guards=(*scope.guards, structs.replace(call, arguments=tuple(a for a in call.arguments if a is not block_of(call)))))

    def with_options(self, call: Call, scope: Scope) -> Scope:
        """Options of every call in the block."""
        return replace(scope, given=(*scope.given, *call.keywords))


_WORDS_OF_OWN: Final[dict[str, Callable[[Mapper, Call, Function | None, Scope], None]]] = {
    "root": lambda mapper, *given: mapper.root(*given),
    "mount": Mapper.mount,
    **dict.fromkeys(("resources", "resource"), Mapper.resources),
    "draw": Mapper.draw,
    "concern": Mapper.concern,
    "concerns": Mapper.concerned,
}
_SCOPES: Final[dict[str, Callable[[Mapper, Call, Scope], Scope]]] = {
    "scope": Mapper.scoped,
    "namespace": Mapper.namespaced,
    **dict.fromkeys(("member", "collection", "new", "nested"), Mapper.leveled),
    "controller": Mapper.controlled,
    "shallow": Mapper.shallowed,
    **dict.fromkeys(("authenticate", "authenticated", "constraints"), Mapper.guarded),
    "with_options": Mapper.with_options,
}


def block_of(call: Call) -> Function | None:
    """The block that a call is given."""
    last = call.arguments[-1] if call.arguments else None
    return last if isinstance(last, Function) and not last.name else None


def _true(value: Expression | None) -> bool:
    return isinstance(value, Literal) and value.value is True


def _within(module: str, controller: str) -> str:
    """A controller's path below a module; one that begins with a slash stands for itself."""
    return controller.strip("/") if controller.startswith("/") or not module else f"{module}/{controller}"
