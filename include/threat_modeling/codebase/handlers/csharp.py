"""Handlers of ASP.NET: what model binding fills, who `User` is, and what Entity Framework, Dapper and repositories read and change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers import lookups
from threat_modeling.codebase.handlers.facts import Access, Read, Site
from threat_modeling.codebase.handlers.lookups import Lookup
from threat_modeling.codebase.handlers.origins import NONE, REQUEST, Origin, Origins, identity, narrow
from threat_modeling.codebase.handlers.vocabulary import entity, words
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Evaluate,
    Function,
    Literal,
    Name,
    Operation,
    Return,
    Subscript,
    dotted,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from threat_modeling.codebase.handlers.flow import Flow
    from threat_modeling.codebase.handlers.models import DataModel
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Module, Parameter

_MARKS: Final = {"FromBody": "body", "FromForm": "body", "FromQuery": "query", "FromRoute": "path", "FromUri": "query"}
_FILES: Final = frozenset({"IFormFile", "IFormFileCollection", "HttpPostedFileBase", "HttpPostedFile"})
_PARTS: Final = {
    **dict.fromkeys(("Form", "Body", "InputStream"), "body"),
    **dict.fromkeys(("Query", "QueryString", "Params"), "query"),
    "Headers": "header",
    "Cookies": "cookie",
    "Files": "file",
    "RouteValues": "path",
}
_KNOWN: Final = {
    **dict.fromkeys(("User", "this.User", "HttpContext.User", "this.HttpContext.User"), frozenset({identity("session")})),
    **dict.fromkeys(("HttpContext.Session", "this.HttpContext.Session", "Session"), frozenset({identity("session")})),
    **dict.fromkeys(("Request", "this.Request", "HttpContext", "this.HttpContext"), frozenset({REQUEST})),
}
_TYPES: Final = {"ClaimsPrincipal": _KNOWN["User"], **dict.fromkeys(("HttpContext", "HttpRequest"), _KNOWN["Request"])}
_METHODS: Final = {
    "read": "Find First FirstOrDefault Single SingleOrDefault Last LastOrDefault Where GetById FindById Get Any Count",
    "list": "ToList ToArray GetAll ToDictionary AsEnumerable ListAll",
    "create": "Add AddRange InsertOne InsertMany Insert",
    "write": "Update UpdateRange ExecuteUpdate ReplaceOne UpdateOne UpdateMany FindOneAndUpdate FindOneAndReplace SetValues Attach",
    "delete": "Remove RemoveRange ExecuteDelete DeleteOne DeleteMany FindOneAndDelete Delete DeleteById",
}
_OPERATIONS: Final = {method: operation for operation, methods in _METHODS.items() for method in methods.split()}
_BY_KEY: Final = frozenset({"Find", "GetById", "FindById", "DeleteById", "Get", "Delete"})
_SQL: Final = ("Query", "Execute", "FromSql", "ExecuteSql")
_STORES: Final = frozenset({"context", "db", "ctx", "database", "repository", "repo", "work", "uow", "entities", "collection", "store", "set"})
_ANSWERS: Final = """
    Ok Json View PartialView Created CreatedAtAction CreatedAtRoute Accepted Content JsonResult OkObjectResult ObjectResult Map ToList Select Entry
"""
_SHOWING: Final = frozenset(_ANSWERS.split())
_UPDATING: Final = frozenset({"TryUpdateModel", "UpdateModel"})


def bound(project: Project, module: Module, function: Function, route: Route, flow: Flow) -> dict[str, Origins]:
    """What model binding puts into each parameter; a stored record as a parameter takes every field that is sent."""
    declared = {parameter.name: parameter.source for parameter in route.parameters}
    names: dict[str, Origins] = {}
    for parameter in function.parameters:
        origins = _parameter(project, module, parameter, declared, flow.callees.models)
        names[parameter.name] = origins
        site = Site(module.path, parameter.line, parameter.line, 0, function.name)
        flow.facts.identities += [(origin.source, site) for origin in sorted(origins) if origin.kind == "identity"]
    site = Site(module.path, function.line, function.line, 0, function.name)
    flow.facts.reads += [Read(found.source, found.name, site) for found in route.parameters]
    return names


def _parameter(project: Project, module: Module, parameter: Parameter, declared: Mapping[str, str], models: dict[str, DataModel]) -> Origins:
    kind = _type(parameter.annotation)
    marks = {dotted(mark).removesuffix("()") for mark in parameter.decorators}
    if kind in _TYPES:
        return _TYPES[kind]
    if "FromHeader" in marks:
        return narrow(frozenset({Origin("request", "header")}), parameter.name)
    if kind in _FILES or parameter.name in declared:
        return frozenset({Origin("request", "file" if kind in _FILES else declared[parameter.name], parameter.name)})
    found = project.definition(module.path, kind) if kind[:1].isupper() else None
    source = next((_MARKS[mark] for mark in marks if mark in _MARKS), "body")
    fields = found is not None and isinstance(found[1], Class) and any(isinstance(part, Assign) for part in found[1].body)
    if not fields or "FromServices" in marks or kind.endswith(("Context", "Service", "Repository")):
        return NONE
    whole = entity(kind) in models and "Bind" not in marks and source == "body"
    return frozenset({Origin("request", source, "" if whole else "*")})


def _type(annotation: Expression | None) -> str:
    while isinstance(annotation, Subscript):
        annotation = annotation.index if dotted(annotation.object).rpartition(".")[2] in {"List", "IEnumerable", "Nullable"} else annotation.object
    return dotted(annotation).rpartition(".")[2].rstrip("?")


def known(name: str) -> Origins | None:
    """`User`, `Request`, `HttpContext.Session`."""
    return _KNOWN.get(name)


def part(base: Origins, name: str) -> Origins | None:
    """`Request.Form`, `context.User`; `CurrentValues` of an entry are those of its record."""
    if name == "CurrentValues":
        return base
    if REQUEST not in base:
        return None
    if name in {"User", "Session"}:
        return _KNOWN["User"] if name == "User" else _KNOWN["Session"]
    return frozenset({Origin("request", _PARTS[name])}) if name in _PARTS else base if name in {"Request", "HttpContext"} else None


def given(flow: Flow, node: Call, receiver: Origins) -> Origins | None:
    """`Session.GetString("x")`; a lockout is noted, and a record that is updated with all that was sent."""
    name = _method(node)
    key = text(node.arguments[0]) if node.arguments else None
    if key and name.startswith(("Get", "Find")) and any(origin.kind == "identity" for origin in receiver):
        return flow.noted(narrow(receiver, key), node)
    if name in _UPDATING and len(node.arguments) == 1 and not flow.quiet:
        held = [origin for origin in flow.value(node.arguments[0]) if origin.kind == "record"]
        whole = frozenset({Origin("request", "body")})
        flow.facts.accesses += [Access("write", origin.source, flow.site(node), (), NONE, (), whole) for origin in held[:1]]
    locks = node.keyword("lockoutOnFailure") or (node.arguments[-1] if node.arguments else None)
    if name in {"PasswordSignIn", "CheckPasswordSignIn"} and isinstance(locks, Literal) and locks.value is True:
        flow.facts.names.add("lockout")
    return None


def _method(node: Call) -> str:
    name = node.callee.name if isinstance(node.callee, Attribute) else dotted(node.callee)
    return name.removesuffix("Async")


def lookup(node: Call, receiver: Origins, sql: str, models: dict[str, DataModel]) -> Lookup | None:
    """`context.Orders.FirstOrDefaultAsync(o => o.Id == id)`, `context.Remove(order)`, `connection.QueryAsync(sql, values)`."""
    del models
    name = _method(node)
    if sql and name.startswith(_SQL):
        return lookups.statement(node, sql)
    operation = _OPERATIONS.get(name)
    if operation is None or not isinstance(node.callee, Attribute):
        return None
    kind = _kind(node.callee.object, receiver, node)
    if not kind:
        return None
    arguments = tuple(_unwrapped(argument) for argument in node.arguments)
    if operation in {"create", "write"}:
        return _written(operation, kind, arguments)
    keys = tuple(dict.fromkeys(key for argument in arguments for key in _keys(argument)))
    if name in _BY_KEY and arguments and not keys:
        keys = ("id",)
    return Lookup(operation, kind, keys, arguments, (), (), limited=False)


def _written(operation: str, kind: str, arguments: tuple[Expression, ...]) -> Lookup:
    made = next((argument for argument in arguments if isinstance(argument, Call) and argument.new), None)
    values = tuple((keyword.name, keyword.value) for keyword in made.keywords if keyword.name) if made is not None else ()
    selectors = tuple(argument for argument in arguments if isinstance(argument, Operation))
    whole = tuple(argument for argument in arguments if argument is not made and argument not in selectors)
    return Lookup(operation, kind, (), selectors, values, whole, limited=False)


def _kind(holder: Expression, receiver: Origins, node: Call) -> str:
    """The kind of record: what the chain before holds, the set of a context, the name of a repository; "" for anything else."""
    held = sorted(origin.source for origin in receiver if origin.kind == "record" and not origin.field)
    if held:
        return held[0]
    path = dotted(holder).removeprefix("this.").split(".")
    if _STORES.isdisjoint(words(path[0])):
        return ""
    if len(path) > 1 and path[1][:1].isupper() and not path[1].startswith(("Set()", "Entry()")):
        return entity(path[1].removesuffix("()"))
    typed = node.callee.object if isinstance(node.callee, Attribute) else None
    made = next((argument for argument in node.arguments if isinstance(argument, Call) and argument.new), None)
    if made is not None:
        return entity(dotted(made.callee))
    own = [word for word in words(path[0]) if word not in _STORES]
    return entity("_".join(own)) if own and typed is not None else ""


def _unwrapped(argument: Expression) -> Expression:
    """What a lambda says: `o => o.Id == id`."""
    only = argument.body[0] if isinstance(argument, Function) and len(argument.body) == 1 else None
    return only.value if isinstance(only, Return | Evaluate) and only.value is not None else argument


def _keys(selector: Expression) -> Iterator[str]:
    if not isinstance(selector, Operation):
        return
    for operand in selector.operands:
        if isinstance(operand, Operation):
            yield from _keys(operand)
        elif isinstance(operand, Attribute) and isinstance(operand.object, Name) and len(operand.object.id) <= 8:
            yield operand.name


def shows(name: str) -> bool:
    """`Ok(order)`, `View(order)`."""
    return name.rpartition(".")[2] in _SHOWING


def stored(node: Class) -> dict[str, frozenset[str]]:
    """The sets of a context: `DbSet<Order> Orders`."""
    sets = [part.annotation for part in node.body if isinstance(part, Assign) and isinstance(part.annotation, Subscript)]
    return {dotted(kind.index).rpartition(".")[2]: frozenset() for kind in sets if dotted(kind.object).rpartition(".")[2] in {"DbSet", "IDbSet"}}
