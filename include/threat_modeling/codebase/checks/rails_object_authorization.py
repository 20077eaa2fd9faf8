"""Rails actions that look a record up by an id of the request, for callers who are known, without asking whose record it is.

CWE-639. Reported for records that belong to somebody: accounts, and models with an owner. Silent where a guard authorizes, where the
lookup starts from the caller (`current_user.posts.find`), and where the action or its callbacks compare with the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.vocabulary import OWNER, Purpose, entity, has, is_person, named_purposes
from threat_modeling.codebase.observations import Confidence, Weakness
from threat_modeling.codebase.purpose import is_product
from threat_modeling.codebase.ruby.controllers import Controllers, Definition, classes_of
from threat_modeling.codebase.ruby.guards import of_body
from threat_modeling.codebase.syntax import Attribute, Call, Function, Name, Subscript, dotted, text, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

_LOOKUPS: Final = frozenset({"find", "find_by", "find_by!", "find_by_id", "where", "find_or_initialize_by"})
_OPEN: Final = frozenset({Purpose.LOGIN, Purpose.REGISTER, Purpose.RESET, Purpose.LOGOUT, Purpose.ADMIN})


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each action."""
    controllers = Controllers(project)
    owned = _owned(project)
    seen: set[tuple[str, int]] = set()
    for route in routes:
        handler = route.handler
        if route.framework != "rails" or handler is None or not is_product(handler.file) or (handler.file, handler.line) in seen:
            continue
        if not _asks_for_a_login_only(route) or named_purposes(route.path, handler.function) & _OPEN:
            continue
        found = _action(project, route)
        lookup = _lookup(found[1], found[0], controllers, handler.function.rpartition(".")[2], owned) if found is not None else None
        if lookup is not None:
            seen.add((handler.file, handler.line))
            path, call, kind = lookup
            yield Weakness(
                rule="rails-object-authorization",
                title="Record of another user within reach",
                message=f"{route.method} {route.path} looks a {kind} up by an id of the request; nothing asks whether it is the caller's.",
                cwe="CWE-639",
                weakness_class="missing-object-authorization",
                category=ControlCategory.AUTHORIZATION,
                confidence=Confidence.MEDIUM,
                evidence=project.evidence(path, call.line, call.end),
                function=handler.function,
                attacker_reached=True,
                route=f"{route.method} {route.path}",
            )


def _asks_for_a_login_only(route: Route) -> bool:
    categories = {guard.category for guard in route.guards}
    return ControlCategory.AUTHENTICATION in categories and ControlCategory.AUTHORIZATION not in categories


def _owned(project: Project) -> frozenset[str]:
    """Models that belong to somebody, by what they say: `belongs_to :user`."""
    found: set[str] = set()
    for module in project.modules(("ruby",), ("belongs_to",)):
        for _, node in classes_of(module.body):
            for call in walk(node.body):
                if isinstance(call, Call) and dotted(call.callee) == "belongs_to" and call.arguments and has(text(call.arguments[0]) or "", OWNER):
                    found.add(entity(node.name))
    return frozenset(found)


def _action(project: Project, route: Route) -> tuple[Definition, Function] | None:
    """The controller and the method of a route's handler."""
    module = project.module(route.handler.file) if route.handler is not None else None
    for _, node in classes_of(module.body) if module is not None else ():
        for member in node.body:
            if isinstance(member, Function) and route.handler is not None and member.line == route.handler.line and module is not None:
                return Definition(module, node), member
    return None


def _lookup(function: Function, definition: Definition, controllers: Controllers, action: str, owned: frozenset[str]) -> tuple[str, Call, str] | None:
    """The place where a record of somebody is looked up by an id of the request: in the action, or in a callback that sets it."""
    bodies = [(definition.module.path, function)]
    for _, value in controllers.before(definition, action):
        called = controllers.action(definition, text(value) or "")
        if called is not None:
            bodies.append((called[0].module.path, called[1]))
    if any(_compares(body) for _, body in bodies):
        return None
    for path, body in bodies:
        for node in walk(body.body):
            kind = _model(node)
            if isinstance(node, Call) and kind and (is_person(kind) or kind in owned) and any(map(_is_id, walk(node))):
                return path, node, kind
    return None


def _compares(function: Function) -> bool:
    return ControlCategory.AUTHORIZATION in of_body(function.body, lambda _: None)


def _model(node: object) -> str:
    """The entity of `Model.find(...)`; "" for anything else, `current_user.posts.find` included."""
    if not isinstance(node, Call) or not isinstance(node.callee, Attribute) or node.callee.name not in _LOOKUPS:
        return ""
    holder = dotted(node.callee.object)
    return entity(holder) if holder[:1].isupper() and "(" not in holder else ""


def _is_id(node: object) -> bool:
    """Tell `params[:id]`, `params[:user_id]`, `params[:user][:id]`."""
    if not isinstance(node, Subscript):
        return False
    key, root = text(node.index) or "", node.object
    while isinstance(root, Subscript):
        root = root.object
    return (key == "id" or key.endswith("_id")) and isinstance(root, Name) and root.id == "params"
