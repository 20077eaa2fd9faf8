"""WordPress: REST routes and AJAX actions that plug-ins and themes register."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.classes import Served
from threat_modeling.codebase.php.paths import METHODS, joined, methods_of, text_of
from threat_modeling.codebase.php.router import Router, argument
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Literal, Mapping, Name, Sequence, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("register_rest_route", "wp_ajax_", "admin_post_")
_CONSTANTS: Final = {
    "READABLE": ("GET",),
    "CREATABLE": ("POST",),
    "EDITABLE": ("POST", "PUT", "PATCH"),
    "DELETABLE": ("DELETE",),
    "ALLMETHODS": METHODS[:5],
}
_GROUP: Final = re.compile(r"\(\?P<(\w+)>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\??|\((?:[^()]|\([^()]*\))*\)\??")


def routes(project: Project) -> Iterator[Route]:
    """The routes of every plug-in and theme of a target."""
    reader = _WordPress(project)
    for module in project.modules(LANGUAGES, KEYWORDS):
        if not is_test(module.path):
            yield from reader.file(module)


class _WordPress(Router):
    framework: ClassVar[str] = "wordpress"

    def file(self, module: Module) -> Iterator[Route]:
        """What one file registers."""
        for owner, node in _calls(module):
            name = dotted(node.callee)
            if name == "register_rest_route":
                yield from self.rest(module, node, owner)
            elif name == "add_action":
                yield from self.action(module, node, owner)

    def rest(self, module: Module, call: Call, owner: Class | None) -> Iterator[Route]:
        r"""`register_rest_route("shop/v1", "/carts/(?P<id>\d+)", [...])`: one endpoint, or a list of them."""
        space, path, given = text_of(argument(call, 0)), text_of(argument(call, 1)), argument(call, 2)
        if space is None or path is None:
            return
        full = joined("wp-json", space, _GROUP.sub(lambda match: f"{{{match[1] or 'value'}}}", path[:2_000]).replace("\\", ""))
        for entry in _entries(given):
            options = entry if isinstance(entry, Mapping) else None
            methods = options.get("methods") if options is not None else None
            named = _CONSTANTS.get(methods.name) if isinstance(methods, Attribute) else None
            served = self.callback(module, options.get("callback") if options is not None else None, owner)
            guards = tuple(self.permitted(module, options.get("permission_callback"), owner)) if options is not None else ()
            for method in named or (methods_of(methods) if methods is not None else ("GET",)):
                yield self.route(method, full, module, call, served, guards)

    def permitted(self, module: Module, given: Expression | None, owner: Class | None) -> Iterator[Guard]:
        """What `permission_callback` asks; `__return_true` asks nobody."""
        served = self.callback(module, given, owner)
        if given is None or served is None:
            return
        names = {dotted(node.callee) for node in walk(served.function.body) if isinstance(node, Call)}
        if names & {"current_user_can", "user_can", "is_user_logged_in", "wp_get_current_user"}:
            yield self.guard(module, given, ControlCategory.AUTHENTICATION, "permission_callback", "route")
        if names & {"current_user_can", "user_can"}:
            yield self.guard(module, given, ControlCategory.AUTHORIZATION, "permission_callback", "route")

    def action(self, module: Module, call: Call, owner: Class | None) -> Iterator[Route]:
        """`add_action("wp_ajax_save", ...)`: who is logged in may call it; `wp_ajax_nopriv_` is for everybody."""
        match = re.match(r"^(wp_ajax|admin_post)_(nopriv_)?(\w+)$", text_of(argument(call, 0)) or "")
        if match is None:
            return
        path = "/wp-admin/admin-ajax.php" if match[1] == "wp_ajax" else "/wp-admin/admin-post.php"
        served = self.callback(module, argument(call, 1), owner)
        guards = () if match[2] else (self.guard(module, call, ControlCategory.AUTHENTICATION, match[0], "route"),)
        yield self.route("POST", path, module, call, served, guards, ("action",))

    def callback(self, module: Module, given: Expression | None, owner: Class | None) -> Served | None:
        """A function by name, a method of this class, a closure."""
        if isinstance(given, Literal) and isinstance(given.value, str) and "::" not in given.value:
            function = next((node for node in walk(module.body) if isinstance(node, Function) and node.name == given.value), None)
            return Served(module, function, function.name) if function is not None else None
        if isinstance(given, Sequence) and len(given.elements) == 2 and owner is not None and isinstance(given.elements[0], Name):
            return self.method_of(module, owner, text_of(given.elements[1]) or "")
        return self.known.handler(module, given)

    def method_of(self, module: Module, owner: Class, name: str) -> Served | None:
        """A method of the class around a call."""
        return self.known.method((module, owner), name)


def _entries(given: Expression | None) -> list[Expression | None]:
    """The endpoints of one route: a list of them, or the one that is given."""
    if isinstance(given, Sequence):
        return list(given.elements)
    several = (
        [value for key, value in given.entries if isinstance(value, Mapping) and (text_of(key) or "").isdigit()] if isinstance(given, Mapping) else []
    )
    return [*several] or [given]


def _calls(module: Module) -> Iterator[tuple[Class | None, Call]]:
    """Every call with the class around it."""
    inside = {id(node): owner for owner in walk(module.body) if isinstance(owner, Class) for node in walk(owner.body) if isinstance(node, Call)}
    for node in walk(module.body):
        if isinstance(node, Call):
            yield inside.get(id(node)), node
