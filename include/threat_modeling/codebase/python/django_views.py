"""Which methods a Django view serves: functions, generic class views, REST framework's views and viewsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.bindings import bindings
from threat_modeling.codebase.python.handlers import METHODS
from threat_modeling.codebase.python.views import class_methods, lineage, options
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Literal, Mapping, Operation, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.python.scopes import Scope

ACTIONS: Final = {
    "list": ("GET", False),
    "create": ("POST", False),
    "retrieve": ("GET", True),
    "update": ("PUT", True),
    "partial_update": ("PATCH", True),
    "destroy": ("DELETE", True),
}
"""REST framework's actions: method, and whether the path names one record."""
_MIXED: Final = {
    "ModelViewSet": tuple(ACTIONS),
    "ReadOnlyModelViewSet": ("list", "retrieve"),
    "ListModelMixin": ("list",),
    "CreateModelMixin": ("create",),
    "RetrieveModelMixin": ("retrieve",),
    "UpdateModelMixin": ("update", "partial_update"),
    "DestroyModelMixin": ("destroy",),
}
_GENERIC: Final = {
    **dict.fromkeys(("ListAPIView", "RetrieveAPIView"), ("GET",)),
    "CreateAPIView": ("POST",),
    "DestroyAPIView": ("DELETE",),
    "UpdateAPIView": ("PUT", "PATCH"),
    "ListCreateAPIView": ("GET", "POST"),
    "RetrieveUpdateAPIView": ("GET", "PUT", "PATCH"),
    "RetrieveDestroyAPIView": ("GET", "DELETE"),
    "RetrieveUpdateDestroyAPIView": ("GET", "PUT", "PATCH", "DELETE"),
    **dict.fromkeys(("TemplateView", "ListView", "DetailView", "RedirectView", "ArchiveIndexView", "YearArchiveView", "MonthArchiveView"), ("GET",)),
    **dict.fromkeys(("CreateView", "UpdateView", "DeleteView", "FormView", "LoginView", "PasswordChangeView", "PasswordResetView"), ("GET", "POST")),
    **dict.fromkeys(("PasswordResetConfirmView",), ("GET", "POST")),
    **dict.fromkeys(("PasswordChangeDoneView", "PasswordResetDoneView", "PasswordResetCompleteView"), ("GET",)),
    "LogoutView": ("POST",),
    **dict.fromkeys(
        ("TokenObtainPairView", "TokenRefreshView", "TokenVerifyView", "TokenBlacklistView", "TokenObtainSlidingView", "ObtainAuthToken"), ("POST",)
    ),
    **dict.fromkeys(("SpectacularAPIView", "SpectacularSwaggerView", "SpectacularRedocView", "JavaScriptCatalog"), ("GET",)),
}
_REQUIRED: Final = {"require_GET": ("GET",), "require_POST": ("POST",), "require_safe": ("GET", "HEAD")}


@dataclass(frozen=True)
class Action:
    """One method of one path of a view: the code that serves it (None where a base class of a package does)."""

    method: str
    scope: Scope
    function: Function | None
    name: str
    suffix: str = ""
    """What the action adds to the path of its viewset, without slashes."""
    detail: bool = True
    """Whether it serves one record, as far as is known."""
    arguments: Call | None = None
    """The `@action(...)` that makes it."""


def function_methods(scope: Scope, function: Function) -> tuple[str, ...]:
    """The methods a view function serves: those its decorators allow, else those it tells apart, else ANY."""
    for decorator in function.decorators:
        name = dotted(decorator).removesuffix("()").rpartition(".")[2]
        if name in _REQUIRED:
            return _REQUIRED[name]
        if name in {"require_http_methods", "api_view"}:
            given = decorator.arguments[0] if isinstance(decorator, Call) and decorator.arguments else None
            return options(scope, given) or ("GET",)
    told: dict[str, None] = {}
    for node in walk(function.body):
        if isinstance(node, Operation) and node.operator in {"==", "!=", "in"} and dotted(node.operands[0]).endswith("request.method"):
            told.update(dict.fromkeys(value for part in walk(node.operands[-1]) if (value := text(part)) in METHODS))
        elif isinstance(node, Attribute) and node.name in {"POST", "FILES"} and dotted(node.object).endswith("request"):
            told["POST"] = None
    return tuple(dict.fromkeys(("GET", *told))) if told else ("ANY",)


def class_actions(scope: Scope, class_: Class, arguments: tuple[Expression, ...]) -> Iterator[Action]:
    """What a class serves at one path; `as_view({"get": "list"})` maps methods to actions itself."""
    methods = {function.name: (inner.within(owner), function) for inner, owner, function in class_methods(scope, class_)}
    mapping = arguments[0] if arguments and isinstance(arguments[0], Mapping) else None
    if mapping is not None:
        for key, value in mapping.entries:
            method, name = text(key), text(value)
            if method and name:
                yield _action(scope, class_, method.upper(), name, methods)
        return
    allowed = options(scope, _attribute(scope, class_, "http_method_names"))
    served = [method for method in METHODS if method.lower() in methods]
    served += [method for method in generic_methods(scope, class_) if method not in served]
    for method in [method for method in served if not allowed or method in allowed] or ("ANY",):
        yield _action(scope, class_, method, method.lower(), methods)


def generic_methods(scope: Scope, class_: Class) -> tuple[str, ...]:
    """The methods that the packages' generic bases of a class serve."""
    names = [dotted(base).rpartition(".")[2] for _, owner in lineage(scope, class_) for base in owner.bases]
    return tuple(dict.fromkeys(method for name in names for method in _GENERIC.get(name, ())))


def external_methods(name: str) -> tuple[str, ...]:
    """The methods of a view that stands in a package."""
    last = name.removesuffix("()").removesuffix(".as_view").rpartition(".")[2]
    return _GENERIC.get(last, ("ANY",))


def viewset_actions(scope: Scope, class_: Class) -> Iterator[Action]:
    """What a router makes of a viewset: its standard actions, and those marked with @action."""
    methods = {function.name: (inner.within(owner), function) for inner, owner, function in class_methods(scope, class_)}
    bases = [dotted(base).rpartition(".")[2] for _, owner in lineage(scope, class_) for base in owner.bases]
    mixed = {action for name in bases for action in _MIXED.get(name, ())}
    allowed = options(scope, _attribute(scope, class_, "http_method_names"))
    for name, (method, detail) in ACTIONS.items():
        if (name in mixed or name in methods) and (not allowed or method in allowed):
            action = _action(scope, class_, method, name, methods)
            yield Action(method, action.scope, action.function, action.name, detail=detail)
    for name, (inner, function) in methods.items():
        for decorator in function.decorators:
            if isinstance(decorator, Call) and dotted(decorator.callee).rpartition(".")[2] in {"action", "detail_route", "list_route"}:
                yield from _extra(inner, class_, function, name, decorator)


def _extra(scope: Scope, class_: Class, function: Function, name: str, marker: Call) -> Iterator[Action]:
    detail_given = marker.keyword("detail")
    detail = dotted(marker.callee).endswith("detail_route") or (isinstance(detail_given, Literal) and detail_given.value is True)
    suffix = scope.constant(marker.keyword("url_path")) or name
    for method in options(scope, marker.keyword("methods")) or ("GET",):
        yield Action(method, scope, function, f"{class_.name}.{name}", suffix, detail, marker)


def lookup_name(scope: Scope, class_: Class) -> str:
    """The name of the parameter that picks one record."""
    for attribute in ("lookup_url_kwarg", "lookup_field"):
        name = scope.constant(_attribute(scope, class_, attribute))
        if name:
            return name
    return "pk"


def _attribute(scope: Scope, class_: Class, name: str) -> Expression | None:
    for _, owner in lineage(scope, class_):
        found = bindings(owner.body).get(name)
        if found is not None:
            return found  # type: ignore[return-value]
    return None


def _action(scope: Scope, class_: Class, method: str, name: str, methods: dict[str, tuple[Scope, Function]]) -> Action:
    found = methods.get(name)
    if found is None:
        return Action(method, scope, None, class_.name, detail=True)
    return Action(method, found[0], found[1], f"{class_.name}.{name}", detail=True)
