"""Django and REST framework: URL tables across files, routers and viewsets, permissions, mixins, decorators, middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.bindings import bindings
from threat_modeling.codebase.observations import Guard, Handler, Parameter, Route
from threat_modeling.codebase.python.django_settings import Settings, is_csrf, module_named, settings_of
from threat_modeling.codebase.python.django_urls import Entry, Registered, Tables
from threat_modeling.codebase.python.django_views import Action, class_actions, external_methods, function_methods, lookup_name, viewset_actions
from threat_modeling.codebase.python.guards import Guards
from threat_modeling.codebase.python.handlers import braced, distinct, handler, path_parameters, read_parameters
from threat_modeling.codebase.python.views import View, class_methods, lineage, view
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Node, Sequence, dotted
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope
    from threat_modeling.codebase.syntax import Module
    from threat_modeling.model import Evidence

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("urlpatterns",)
_EXEMPT: Final = ("csrf_exempt", "csrf_exempt()")


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Django projects in a target."""
    tables = Tables(project)
    if tables.modules:
        yield from _Django(project, tables).routes()


class _Django:
    def __init__(self, project: Project, tables: Tables) -> None:
        self._project = project
        self._tables = tables
        self._guards = Guards(project)
        self._settings = settings_of(project, self._guards)

    def routes(self) -> Iterator[Route]:
        for root, settings in self._roots():
            for entry in self._tables.entries(root):
                if isinstance(entry, Entry):
                    yield from self._entry(entry, settings)
                else:
                    yield from self._registered(entry, settings)

    def _roots(self) -> list[tuple[Module, Settings | None]]:
        """The tables that settings name; without settings those that no other table includes."""
        found: dict[str, tuple[Module, Settings | None]] = {}
        for settings in self._settings:
            path = module_named(self._project, settings.module.path, settings.root)
            module = self._project.module(path) if path else None
            if module is not None:
                found.setdefault(module.path, (module, settings))
        if found:
            return list(found.values())
        for module in self._tables.modules:
            for _ in self._tables.entries(module):
                pass
        return [(module, None) for module in self._tables.modules if module.path not in self._tables.included]

    def _entry(self, entry: Entry, settings: Settings | None) -> Iterator[Route]:
        target, path = view(entry.scope, entry.target), entry.path
        if target is None and isinstance(entry.target, Attribute) and entry.target.name == "urls":
            yield from self._site(entry, settings)
        elif target is None:
            for method in external_methods(dotted(entry.target)) if not _is_static(entry.target) else ():
                yield self._route(entry.path, method, entry, None, self._everywhere(settings, ()))
        elif isinstance(target.target, Function):
            for method in function_methods(target.scope, target.target):
                action = Action(method, target.scope, target.target, target.target.name)
                yield self._route(entry.path, method, entry, action, self._for(path, settings, target, action))
        else:
            arguments = entry.target.arguments if isinstance(entry.target, Call) else ()
            for action in class_actions(target.scope, target.target, arguments):
                yield self._route(entry.path, action.method, entry, action, self._for(path, settings, target, action), target)

    def _site(self, entry: Entry, settings: Settings | None) -> Iterator[Route]:
        """The administration, which asks for a member of staff itself; the tables of other packages are theirs to read."""
        if not entry.scope.qualified(entry.target).startswith("django.contrib.admin.site"):
            return
        asked = (ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION)
        own = tuple(self._guards.guard(entry.scope, entry.row, category, "router", "django.contrib.admin") for category in asked)
        yield self._route(entry.path, "ANY", entry, None, (*self._everywhere(settings, ()), *own))

    def _registered(self, entry: Registered, settings: Settings | None) -> Iterator[Route]:
        target = view(entry.scope, entry.viewset)
        if target is None or not isinstance(target.target, Class):
            return
        lookup = lookup_name(target.scope, target.target)
        for action in viewset_actions(target.scope, target.target):
            parts = [entry.prefix.rstrip("/"), *([f"{{{lookup}}}"] if action.detail else []), *([action.suffix.strip("/")] if action.suffix else [])]
            path = "/".join(parts) + entry.slash
            yield self._route(path, action.method, entry, action, self._for(path, settings, target, action), target)

    def _everywhere(self, settings: Settings | None, exempting: tuple[Expression, ...]) -> tuple[Guard, ...]:
        middleware = settings.middleware if settings is not None else ()
        exempt = any(_names_exemption(expression) for expression in exempting)
        return tuple(guard for guard in middleware if not (exempt and is_csrf(guard)))

    def _for(self, path: str, settings: Settings | None, target: View, action: Action) -> tuple[Guard, ...]:
        class_ = target.target if isinstance(target.target, Class) else None
        decorators = (
            *target.wrappers,
            *target.target.decorators,
            *(action.function.decorators if class_ is not None and action.function is not None else ()),
        )
        found = [*self._everywhere(settings, decorators)]
        found += self._guards.of(target.scope, decorators, "route")
        if class_ is not None:
            found += self._class_guards(target.scope, class_)
        found += self._permissions(settings, target, action)
        if action.function is not None:
            found += self._guards.in_handler(action.scope, action.function)
        return self._guards.covering(found, braced(path), action.function.name if action.function is not None else "")

    def _class_guards(self, scope: Scope, class_: Class) -> Iterator[Guard]:
        """Mixins of a class view, those of its bases too."""
        for inner, owner in lineage(scope, class_):
            for base in owner.bases:
                if dotted(base).rpartition(".")[2].endswith("Mixin"):
                    yield from self._guards.of(inner, (base,), "route")

    def _permissions(self, settings: Settings | None, target: View, action: Action) -> Iterator[Guard]:
        """REST framework's permissions: of the action, else of the view, else the default."""
        given = _permission_list(target, action)
        if given is not None:
            asked = tuple(one for one in given[1] if action.detail or not _asks_of_objects_only(given[0], one))
            yield from self._guards.of(given[0], asked, "route")
        elif settings is not None and _is_rest(target):
            yield from settings.permissions

    def _route(
        self, path: str, method: str, entry: Entry | Registered, action: Action | None, guards: tuple[Guard, ...], target: View | None = None
    ) -> Route:
        served: Handler | None = None
        parameters: tuple[Parameter, ...] = tuple(path_parameters(path))
        if action is not None and action.function is not None:
            served = handler(action.scope.module, action.function, action.name)
            parameters = (*parameters, *read_parameters(action.function))
        elif target is not None and isinstance(target.target, Class):
            class_ = target.target
            start = min([class_.line, *(decorator.line for decorator in class_.decorators)])
            served = Handler(file=target.scope.module.path, line=start, end=class_.end, function=class_.name)
        return Route(
            type="graphql" if "graphql" in dotted(_served(entry)).lower() else "http",
            method=method,
            path=braced(path),
            framework="django",
            handler=served,
            registration=self._evidence(entry.scope, entry.row),
            parameters=distinct(parameters),
            guards=guards,
        )

    def _evidence(self, scope: Scope, node: Node) -> Evidence:
        return self._project.evidence(scope.module.path, node.line, node.end)


def _served(entry: Entry | Registered) -> Expression:
    return entry.target if isinstance(entry, Entry) else entry.viewset


def _is_static(target: Expression) -> bool:
    return dotted(target).endswith("serve")


def _names_exemption(expression: Expression) -> bool:
    """Tell `csrf_exempt` and `method_decorator(csrf_exempt, name="dispatch")`."""
    names = [dotted(expression), *(dotted(argument) for argument in (expression.arguments if isinstance(expression, Call) else ()))]
    return any(name.endswith(_EXEMPT) for name in names)


def _permission_list(target: View, action: Action) -> tuple[Scope, tuple[Expression, ...]] | None:
    """The permission classes that a view states, or None where it leaves them to the default."""
    own = action.arguments.keyword("permission_classes") if action.arguments is not None else None
    if isinstance(own, Sequence):
        return action.scope, own.elements
    for decorator in target.target.decorators:
        if isinstance(decorator, Call) and dotted(decorator.callee).rpartition(".")[2] == "permission_classes" and decorator.arguments:
            given = decorator.arguments[0]
            return target.scope, given.elements if isinstance(given, Sequence) else ()
    if isinstance(target.target, Class):
        for inner, owner in lineage(target.scope, target.target):
            stated = bindings(owner.body).get("permission_classes")
            if isinstance(stated, Sequence):
                return inner, stated.elements
    return None


def _asks_of_objects_only(scope: Scope, expression: Expression) -> bool:
    """Tell a permission that only has_object_permission decides, which lists and creations never ask."""
    found = scope.bound(expression)
    if found is None or not isinstance(found[1], Class):
        return False
    names = {function.name for _, _, function in class_methods(found[0], found[1])}
    return "has_object_permission" in names and "has_permission" not in names


def _is_rest(target: View) -> bool:
    """Tell a view of REST framework, which alone applies its default permissions."""
    if isinstance(target.target, Function):
        return any(dotted(decorator).removesuffix("()").endswith("api_view") for decorator in target.target.decorators)
    names = {dotted(base).rpartition(".")[2] for _, owner in lineage(target.scope, target.target) for base in owner.bases}
    return any(name.endswith(("APIView", "ViewSet", "ViewSetMixin")) for name in names)
