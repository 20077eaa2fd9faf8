"""Handlers of PHP: what Laravel, Symfony, Slim and plain PHP take from a request, who calls, and what their object mappers change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers import lookups
from threat_modeling.codebase.handlers.facts import Access, Site
from threat_modeling.codebase.handlers.lookups import Lookup
from threat_modeling.codebase.handlers.origins import NONE, REQUEST, Origin, Origins, identity, narrow
from threat_modeling.codebase.handlers.vocabulary import entity, is_person, is_privileged, words
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Literal, Mapping, Name, Sequence, dotted, text, walk

if TYPE_CHECKING:
    from threat_modeling.codebase.handlers.flow import Flow
    from threat_modeling.codebase.handlers.models import DataModel
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Function, Module, Parameter

_GLOBALS: Final = {
    "$_POST": frozenset({Origin("request", "body")}),
    "$_REQUEST": frozenset({Origin("request", "body")}),
    "$_GET": frozenset({Origin("request", "query")}),
    "$_COOKIE": frozenset({Origin("request", "cookie")}),
    "$_FILES": frozenset({Origin("request", "file")}),
    "$_SESSION": frozenset({identity("session")}),
}
_PARTS: Final = {"request": "body", "query": "query", "attributes": "path", "headers": "header", "cookies": "cookie", "files": "file"}
_KEYED: Final = {
    **dict.fromkeys(("input", "post", "json", "string", "integer", "boolean", "date", "getPost", "getVar", "getParsedBodyParam", "getData"), "body"),
    **dict.fromkeys(("query", "getQuery", "getQueryParam", "getGet"), "query"),
    **dict.fromkeys(("header", "getHeaderLine", "getHeader"), "header"),
    **dict.fromkeys(("route", "getAttribute", "getParam"), "path"),
    **dict.fromkeys(("file", "getUploadedFile"), "file"),
    **dict.fromkeys(("get",), "body"),
    "cookie": "cookie",
}
_WHOLE: Final = {
    **dict.fromkeys(("all", "input", "post", "getParsedBody", "toArray", "getContent", "getPayload", "getJSON", "getPost"), "body"),
    **dict.fromkeys(("getQueryParams", "query"), "query"),
    **dict.fromkeys(("getUploadedFiles", "allFiles"), "file"),
}
_NARROWED: Final = frozenset({"only", "except", "validate", "validated", "safe", "validateWithBag"})
_PEOPLE: Final = frozenset({"user", "userid", "uid", "account", "identity", "token", "jwt", "claims"})
_READ: Final = frozenset(
    {"find", "findOrFail", "firstOrFail", "first", "where", "whereKey", "findOneBy", "findBy", "firstWhere", "sole", "findOne", "value", "exists"}
    | {"firstOrNew", "findMany", "whereIn", "orWhere", "createQueryBuilder", "andWhere"}
)
_LIST: Final = frozenset({"all", "get", "paginate", "findAll", "cursor", "simplePaginate"})
_CREATE: Final = frozenset({"create", "insert", "forceCreate", "insertGetId", "persist", "firstOrCreate"})
_WRITE: Final = frozenset({"update", "fill", "forceFill", "save", "updateOrCreate", "updateOrInsert", "upsert", "increment", "decrement", "push"})
_DELETE: Final = frozenset({"delete", "destroy", "forceDelete", "remove", "truncate"})
_OPERATIONS: Final = {
    **dict.fromkeys(_READ, "read"),
    **dict.fromkeys(_LIST, "list"),
    **dict.fromkeys(_CREATE, "create"),
    **dict.fromkeys(_WRITE, "write"),
    **dict.fromkeys(_DELETE, "delete"),
}
_BY_KEY: Final = frozenset({"find", "findOrFail", "destroy", "findMany", "whereKey"})
_SQL: Final = frozenset({"prepare", "query", "exec", "execute", "select", "insert", "update", "delete", "statement", "fetchAssociative", "fetchOne"})
_SQL_FUNCTIONS: Final = frozenset({"mysqli_query", "mysqli_prepare", "pg_query", "pg_query_params", "executeQuery", "executeStatement", "selectOne"})
_FACADES: Final = """
    Auth Hash Gate Cache Session Route Log Mail Http Storage Validator Str Arr Carbon DB Request Response Redirect View Queue Event Notification
    Crypt Cookie Config File URL Password RateLimiter Socialite Redis Schema Artisan Bus Lang
"""
_NOT_STORED: Final = frozenset(_FACADES.split())
_NAMING: Final = frozenset({"table", "getRepository"})
_REPOSITORIES: Final = ("repository", "repo", "table", "mapper")
_ANSWERS: Final = "json response view render withJson jsonSerialize JsonResponse Response write collection make compact with"
_CALLERS: Final = frozenset({"Auth.user", "Auth.id", "auth.user", "auth.id", "$this.getUser", "this.getUser", "$this.security.getUser"})
_HELPERS: Final = {"session": frozenset({identity("session")}), "request": frozenset({Origin("request", "body")})}
_SHOWING: Final = frozenset(_ANSWERS.split())


def bound(project: Project, module: Module, function: Function, route: Route, flow: Flow) -> dict[str, Origins]:
    """The request by its type, parts of the path by their names, and the records that a framework fetches by them."""
    del project
    in_path = {parameter.name for parameter in route.parameters if parameter.source == "path"}
    names: dict[str, Origins] = {}
    for parameter in function.parameters:
        kind = dotted(parameter.annotation).rpartition(".")[2]
        plain = parameter.name.lstrip("$")
        site = Site(module.path, parameter.line, parameter.line, 0, function.name)
        names[parameter.name] = _parameter(parameter, kind, plain, in_path)
        if plain in in_path and kind[:1].isupper():
            by_path = frozenset({Origin("request", "path", f"{plain} id")})
            flow.facts.accesses.append(Access("read", entity(kind), site, ("id",), by_path))
            names[parameter.name] = frozenset({Origin("record", entity(kind))})
        if any(dotted(mark).removesuffix("()").endswith("CurrentUser") for mark in parameter.decorators):
            names[parameter.name] = frozenset({identity("session")})
            flow.facts.identities.append(("session", site))
    return names


def _parameter(parameter: Parameter, kind: str, plain: str, in_path: set[str]) -> Origins:
    if kind.endswith(("Request", "RequestInterface")) or (plain in {"request", "req"} and not kind):
        return frozenset({REQUEST})
    if plain in in_path:
        return frozenset({Origin("request", "path", plain)})
    return frozenset({Origin("request", "path")}) if plain in {"args", "arguments"} and parameter.annotation is not None else NONE


def known(name: str) -> Origins | None:
    """`$_POST` and its like."""
    return _GLOBALS.get(name)


def part(base: Origins, name: str) -> Origins | None:
    """`$request->query` of Symfony, `$request->email` of Laravel."""
    if REQUEST not in base:
        return None
    return frozenset({Origin("request", _PARTS[name])}) if name in _PARTS else frozenset({Origin("request", "body", name)})


def given(flow: Flow, node: Call, receiver: Origins) -> Origins | None:
    """What a request, a helper or the login of a framework gives; statements that are run later take their values."""
    path, name = dotted(node.callee).replace("()", ""), _method(node)
    key = text(node.arguments[0]) if node.arguments else None
    if path in _CALLERS or (name in {"user", "getUser"} and REQUEST in receiver):
        return flow.noted(frozenset({identity("session" if name == "getUser" else "token")}), node)
    if path in _HELPERS and (key or path == "request"):
        return flow.noted(narrow(_HELPERS[path], key), node) if key else frozenset({REQUEST})
    if REQUEST in receiver:
        return _taken(flow, node, name, key)
    if name in {"execute", "bindValue", "bindParam", "bind_param"} and any(origin.kind == "record" for origin in receiver):
        return _executed(flow, node, receiver)
    held = any(origin.kind == "request" and not origin.field for origin in receiver)
    if held and name in {"get", "getString", "getInt"} and key:
        return flow.noted(narrow(receiver, key), node, receiver)
    return receiver if held and name in {"all", "toArray"} else None


def _taken(flow: Flow, node: Call, name: str, key: str | None) -> Origins | None:
    if name in _NARROWED:
        for argument in node.arguments:
            flow.value(argument)
        return flow.noted(frozenset({Origin("request", "body", "*")}), node)
    if key and name in _KEYED:
        flow.facts.names.add(key)
        if name == "getAttribute" and not _PEOPLE.isdisjoint({*words(key), key.lower()}):
            return flow.noted(frozenset({identity("token")}), node)
        return flow.noted(narrow(frozenset({Origin("request", _KEYED[name])}), key), node)
    return flow.noted(frozenset({Origin("request", _WHOLE[name])}), node) if name in _WHOLE else None


def _executed(flow: Flow, node: Call, receiver: Origins) -> Origins:
    """`$statement->execute([$id])`: the values belong to the statement that was prepared."""
    values = frozenset().union(*(flow.value(argument) for argument in node.arguments))
    kinds = {origin.source for origin in receiver if origin.kind == "record"}
    prepared = next((access for access in reversed(flow.facts.accesses) if access.entity in kinds), None)
    if prepared is not None and not flow.quiet:
        written = tuple((field, values) for field, _ in prepared.values)
        flow.facts.accesses.append(replace(prepared, site=flow.site(node), selected_by=prepared.selected_by | values, values=written))
    return receiver


def _method(node: Call) -> str:
    return node.callee.name if isinstance(node.callee, Attribute) else dotted(node.callee).rpartition(".")[2]


def lookup(node: Call, receiver: Origins, sql: str, models: dict[str, DataModel]) -> Lookup | None:
    """`Order::where("id", $id)->delete()`, `$repository->find($id)`, `$pdo->prepare(sql)`."""
    name = _method(node)
    if name in _SQL_FUNCTIONS or (sql and name in _SQL):
        found = lookups.statement(node, sql) if sql else None
        if found is not None:
            return found
    operation = _OPERATIONS.get(name)
    if operation is None or not isinstance(node.callee, Attribute):
        return None
    kind = _kind(node.callee.object, receiver, node, operation)
    if not kind:
        return None
    if operation in {"create", "write"}:
        own = (model for name, model in sorted(models.items()) if kind == "user" and is_person(name))  # `$request->user()`, whatever its class
        return _written(operation, kind, node, models.get(kind) or next(own, None))
    keys = tuple(key for argument in node.arguments[:1] if (key := text(argument)) and name not in _BY_KEY)
    keys += tuple(key for argument in node.arguments if isinstance(argument, Mapping) for key in map(text, (k for k, _ in argument.entries)) if key)
    if name in _BY_KEY and node.arguments:
        keys = ("id",)
    return Lookup(operation, kind, keys, node.arguments, (), (), limited=name.endswith("aginate"))


def _written(operation: str, kind: str, node: Call, model: DataModel | None) -> Lookup:
    """Fields by name; a whole body counts where the model lets a caller set what decides on privileges."""
    mapping = next((argument for argument in reversed(node.arguments) if isinstance(argument, Mapping)), None)
    values = tuple((name, value) for key, value in mapping.entries if (name := text(key))) if mapping is not None else ()
    opened = model is not None and (not model.fields or any(is_privileged(field) for field in model.fields))
    whole = tuple(argument for argument in node.arguments if not isinstance(argument, Mapping | Literal)) if opened else ()
    return Lookup(operation, kind, (), (), values, whole, limited=False)


def _kind(holder: Expression, receiver: Origins, node: Call, operation: str) -> str:
    """The kind of record: that of the chain before, the model, table or repository; of the caller's own records the relation."""
    held = sorted(origin.source for origin in receiver if origin.kind == "record" and not origin.field)
    if held:
        return held[0]
    path = dotted(holder).replace("()", "").lstrip("$").split(".")
    if len(path) > 1 and any(origin.kind == "identity" for origin in receiver):
        return entity(path[-1])
    said = [part_.arguments[0] for part_ in walk(holder) if isinstance(part_, Call) and part_.arguments and _method(part_) in _NAMING]
    if not said and words(path[-1])[-1:] in {("em",), ("manager",)} and operation != "list":
        said = list(node.arguments[:1])
    if said:
        return entity(text(said[0]) or dotted(said[0]).lstrip("$").removesuffix(".class"))
    model = path[0][:1].isupper() and path[0] not in _NOT_STORED
    return entity(path[0]) if model else entity(path[-1]) if path[-1].lower().endswith(_REPOSITORIES) else ""


def shows(name: str) -> bool:
    """`response()->json($order)`, `view("order", [...])`."""
    return name.rpartition(".")[2] in _SHOWING


def stored(node: Class) -> dict[str, frozenset[str]]:
    """A model of Eloquent with the fields that callers may fill and see, an entity of Doctrine with its properties."""
    bases = {dotted(base).rpartition(".")[2] for base in node.bases}
    marks = {dotted(mark).removesuffix("()").rpartition(".")[2] for mark in node.decorators}
    lists = {
        target.id.lstrip("$"): {said for element in part_.value.elements if (said := text(element))}
        for part_ in node.body
        if isinstance(part_, Assign) and isinstance(part_.value, Sequence)
        for target in part_.targets
        if isinstance(target, Name)
    }
    if bases & {"Model", "Authenticatable", "Pivot"}:
        return {node.name: frozenset(lists.get("fillable", set()) - lists.get("hidden", set()))}
    if "Entity" in marks:
        return {node.name: frozenset(t.id.lstrip("$") for p in node.body if isinstance(p, Assign) for t in p.targets if isinstance(t, Name))}
    return {}
