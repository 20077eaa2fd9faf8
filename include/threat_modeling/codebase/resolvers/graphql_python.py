"""GraphQL servers of Python: Graphene's and Strawberry's root types, Ariadne's resolvers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.views import Served, lineage
from threat_modeling.codebase.python.wiring import places_of
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Expression, Function, Name, Sequence, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope

_PACKAGES: Final = ("graphene", "graphene_django", "graphene_sqlalchemy", "strawberry", "strawberry_django", "ariadne")
LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("graphene", "strawberry", "ariadne")
_ROOTS: Final = re.compile(r"^(?:\w*?)(Query|Mutation|Subscription)s?$")
_ARIADNE: Final = {"QueryType": "Query", "MutationType": "Mutation", "SubscriptionType": "Subscription"}
_FIELDS: Final = frozenset({"field", "mutation", "subscription", "input_mutation"})
_OWN: Final = frozenset({"self", "cls", "root", "info", "_", "__", "parent", "obj"})


def routes(project: Project) -> Iterator[Route]:
    """The fields of the root types of all schemas of a project."""
    endpoints = Endpoints(project, "graphql")
    for scope, statement in places_of(project, KEYWORDS, _PACKAGES):
        if isinstance(statement, Class):
            yield from _typed(endpoints, scope, statement)
        elif isinstance(statement, Function):
            yield from _bound(endpoints, scope, statement)


def _typed(endpoints: Endpoints, scope: Scope, class_: Class) -> Iterator[Route]:
    root = _ROOTS.match(class_.name)
    if root is None:
        return
    strawberry = any(scope.qualified(d).removesuffix("()") in {"strawberry.type", "strawberry_django.type"} for d in class_.decorators)
    graphene = any(dotted(base).rpartition(".")[2] in {"ObjectType", "Mutation"} for _, o in lineage(scope, class_) for base in o.bases)
    inner = scope.within(class_)
    functions = {node.name: node for node in class_.body if isinstance(node, Function)}
    for function in functions.values() if strawberry else ():
        decorator = next((d for d in function.decorators if scope.qualified(d).removesuffix("()").rpartition(".")[2] in _FIELDS), None)
        if decorator is not None:
            guards = tuple(_permissions(endpoints, scope, decorator))
            yield from _field(endpoints, (inner, decorator, guards), root[1], _camel(function.name), function)
    for node in class_.body if graphene else ():
        if isinstance(node, Assign) and isinstance(node.value, Call):
            for name in (target.id for target in node.targets if isinstance(target, Name) and not target.id.startswith("_")):
                served = functions.get(f"resolve_{name}") or _mutate(scope, node.value)
                yield from _field(endpoints, (inner, node.value, ()), root[1], _camel(name), served)


def _mutate(scope: Scope, value: Expression | None) -> Function | None:
    """The `mutate` of the class that `CreateNote.Field()` names, where it stands in the same file."""
    owner = value.callee.object if isinstance(value, Call) and isinstance(value.callee, Attribute) and value.callee.name == "Field" else None
    found = scope.bound(owner) if owner is not None else None
    if found is None or not isinstance(found[1], Class) or found[0].module.path != scope.module.path:
        return None
    return next((f for f in found[1].body if isinstance(f, Function) and f.name in {"mutate", "mutate_and_get_payload"}), None)


def _bound(endpoints: Endpoints, scope: Scope, function: Function) -> Iterator[Route]:
    """`@query.field("notes")` of Ariadne."""
    for decorator in function.decorators:
        callee = decorator.callee if isinstance(decorator, Call) else None
        if not isinstance(decorator, Call) or not isinstance(callee, Attribute) or callee.name not in {"field", "source"} or not decorator.arguments:
            continue
        name = scope.constant(decorator.arguments[0])
        for inner, made in scope.origins(callee.object):
            root = _ARIADNE.get(inner.qualified(made.callee).rpartition(".")[2])
            if root is not None and name is not None:
                yield from _field(endpoints, (scope, decorator, ()), root, name, function)


def _field(
    endpoints: Endpoints, place: tuple[Scope, Expression, tuple[Guard, ...]], root: str, name: str, function: Function | None
) -> Iterator[Route]:
    scope, node, guards = place
    registration = Registration(scope, node, f"/graphql#{root}.{name}", (), "graphql", guards)
    served = Served("POST", scope, function, function.name) if function is not None else None
    parameters = function.parameters if function is not None else ()
    taken = tuple(Parameter(name=p.name[:200], source="body") for p in parameters if p.name.isidentifier() and p.name not in _OWN)
    decorators = tuple(d for d in function.decorators if d is not node) if function is not None else ()
    yield from endpoints.served(registration, "POST", served, own=tuple(endpoints.guards.of(scope, decorators, "route")), parameters=taken)


def _permissions(endpoints: Endpoints, scope: Scope, decorator: Expression) -> Iterator[Guard]:
    """`@strawberry.field(permission_classes=[IsAuthenticated])`."""
    given = decorator.keyword("permission_classes") if isinstance(decorator, Call) else None
    yield from endpoints.guards.of(scope, given.elements if isinstance(given, Sequence) else (), "route")


def _camel(name: str) -> str:
    """Both packages show `all_notes` as allNotes."""
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)
