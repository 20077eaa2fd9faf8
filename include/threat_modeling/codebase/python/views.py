"""Functions and classes that serve routes: which methods a class serves, and with which guards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.bindings import bindings
from threat_modeling.codebase.python.handlers import METHODS
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Mapping, Name, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard
    from threat_modeling.codebase.python.guards import Guards
    from threat_modeling.codebase.python.scopes import Scope

MAX_BASES: Final = 4
_GUARD_LISTS: Final = ("decorators", "method_decorators")


@dataclass(frozen=True)
class View:
    """What serves a route, in the scope that defines it; `wrappers` are functions around it (`login_required(view)`)."""

    scope: Scope
    target: Function | Class
    wrappers: tuple[Expression, ...] = ()


@dataclass(frozen=True)
class Served:
    """One method that a view serves, with the function that does it; `decorators` are those of a method of a class."""

    method: str
    scope: Scope
    function: Function
    name: str
    decorators: tuple[Expression, ...] = ()

    def guards(self, guards: Guards) -> Iterator[Guard]:
        """What the function does by itself."""
        return guards.in_handler(self.scope, self.function)


def view(scope: Scope, expression: Expression | None, wrappers: tuple[Expression, ...] = ()) -> View | None:
    """The function or class behind `view`, `Users.as_view()`, `login_required(view)`, a lambda."""
    if isinstance(expression, Function):
        return View(scope, expression, wrappers)
    if isinstance(expression, Call):
        return _wrapped(scope, expression, wrappers)
    own = _method(scope, expression)
    if own is not None:
        return View(*own, wrappers)
    found = scope.bound(expression) if isinstance(expression, Name | Attribute) else None
    if found is None:
        return None
    inner, bound = found
    if isinstance(bound, Function | Class):
        return View(inner, bound, wrappers)
    return _wrapped(inner, bound, wrappers) if isinstance(bound, Call) else None


def _method(scope: Scope, expression: Expression | None) -> tuple[Scope, Function] | None:
    """The method that `self.show` names in a class that registers its own."""
    if not isinstance(expression, Attribute) or expression.object != Name(expression.object.line, expression.object.end, "self"):
        return None
    for class_ in scope.classes[-1:]:
        for inner, owner, function in class_methods(scope, class_):
            if function.name == expression.name:
                return inner.within(owner), function
    return None


def _wrapped(scope: Scope, call: Call, wrappers: tuple[Expression, ...]) -> View | None:
    if len(wrappers) >= MAX_BASES:
        return None
    if isinstance(call.callee, Attribute) and call.callee.name in {"as_view", "as_asgi", "as_method"}:
        return view(scope, call.callee.object, wrappers)
    given = next((argument for argument in call.arguments if isinstance(argument, Name | Attribute | Call | Function)), None)
    return None if given is None else view(scope, given, (*wrappers, call.callee))


def options(scope: Scope, expression: Expression | None) -> tuple[str, ...]:
    """The texts of a list such as `methods=["GET", "POST"]`, in upper case, also where a constant holds it."""
    if isinstance(expression, Name | Attribute):
        found = scope.bound(expression)
        expression = found[1] if found is not None and isinstance(found[1], Sequence | Call) else None
    if isinstance(expression, Call) and expression.arguments:
        expression = expression.arguments[0]
    elements = expression.elements if isinstance(expression, Sequence) else ()
    texts = (scope.constant(element) or (element.name if isinstance(element, Attribute) else "") for element in elements)
    return tuple(dict.fromkeys(text.upper() for text in texts if text))


def view_methods(target: View, methods: tuple[str, ...], default: str) -> Iterator[Served]:
    """What a view serves: a function the given methods (or the default), a class those it defines, narrowed to the given."""
    if isinstance(target.target, Function):
        for method in methods or (default,):
            yield Served(method, target.scope, target.target, target.target.name)
        return
    class_ = target.target
    for scope, owner, function in class_methods(target.scope, class_):
        method = function.name.upper()
        if function.name == "dispatch_request":
            for allowed in methods or options(target.scope, _attribute(class_, "methods")) or (default,):
                yield Served(
                    allowed, scope.within(owner), function, f"{class_.name}.{function.name}", (*_listed(class_, allowed), *function.decorators)
                )
        elif method in METHODS and (not methods or method in methods):
            listed = tuple(_listed(class_, method))
            yield Served(method, scope.within(owner), function, f"{class_.name}.{function.name}", (*listed, *function.decorators))


def _attribute(class_: Class, name: str) -> Expression | None:
    value = bindings(class_.body).get(name)
    return value if isinstance(value, Sequence | Name | Attribute) else None


def class_methods(scope: Scope, class_: Class, bases: int = MAX_BASES) -> Iterator[tuple[Scope, Class, Function]]:
    """The methods of a class and of its bases in the project, each name once, the nearest first."""
    seen: set[str] = set()
    for inner, owner in lineage(scope, class_, bases):
        for node in owner.body:
            if isinstance(node, Function) and node.name not in seen:
                seen.add(node.name)
                yield inner, owner, node


def lineage(scope: Scope, class_: Class, bases: int = MAX_BASES) -> Iterator[tuple[Scope, Class]]:
    """A class and its bases in the project, depth first."""
    yield scope, class_
    for base in class_.bases if bases > 0 else ():
        found = scope.bound(base) if isinstance(base, Name | Attribute) else None
        if found is not None and isinstance(found[1], Class) and found[1] is not class_:
            yield from lineage(found[0], found[1], bases - 1)


def _listed(class_: Class, method: str) -> Iterator[Expression]:
    """`decorators = [...]` and `method_decorators = [...]` or `{"get": [...]}`."""
    names = bindings(class_.body)
    for name in _GUARD_LISTS:
        value = names.get(name)
        if isinstance(value, Mapping):
            value = value.get(method.lower())
        if isinstance(value, Sequence):
            yield from value.elements
