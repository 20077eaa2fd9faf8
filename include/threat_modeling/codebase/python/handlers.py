"""What frameworks of Python share in describing a route: its handler, its path's parameters, and what the handler reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Handler, Parameter
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Function, Literal, Module, Name, Node, Operation, Subscript, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Class, Expression

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
MAX_DECORATORS: Final = 100

_ANGLED = re.compile(r"<(?:(?P<type>[^<>:]+):)?(?P<name>[^<>:]+)>")
_BRACED = re.compile(r"\{(?P<name>[^{}:]+)(?::(?P<type>[^{}]*))?\}")
_SOURCES: Final = {
    **dict.fromkeys(("args", "GET", "query_params", "rel_url.query", "query"), "query"),
    **dict.fromkeys(("form", "forms", "json", "POST", "data", "values", "params", "media"), "body"),
    **dict.fromkeys(("headers", "META"), "header"),
    **dict.fromkeys(("cookies", "COOKIES"), "cookie"),
    **dict.fromkeys(("files", "FILES"), "file"),
}
_BODY_CALLS: Final = frozenset({"get_json", "json", "form", "get_data", "body", "post", "get_media"})
_GETTERS: Final = frozenset({"get", "getlist", "pop", "get_all", "getall", "getone", "getunicode"})
_ASKED: Final = {
    **dict.fromkeys(("get_argument", "get_arguments", "get_query_argument", "get_query_arguments", "get_param", "get_param_as_int"), "query"),
    **dict.fromkeys(("get_body_argument", "get_body_arguments", "input"), "body"),
    **dict.fromkeys(("get_header", "header"), "header"),
    **dict.fromkeys(("get_cookie", "get_signed_cookie", "get_secure_cookie", "get_cookie_values", "cookie"), "cookie"),
}
"""Methods of a request, or of a handler that stands for it, which are asked for one value by its name."""
_ASKED_OF: Final = frozenset({"request", "req", "self"})


def braced(path: str) -> str:
    """The path with its parameters written {name} and one leading slash."""
    path = _ANGLED.sub(lambda match: "{" + match["name"].strip() + "}", path)
    path = _BRACED.sub(lambda match: "{" + match["name"].strip() + "}", path)
    return "/" + re.sub(r"/{2,}", "/", path).lstrip("/")


def path_parameters(path: str) -> Iterator[Parameter]:
    """The parameters of a path as its framework writes it: `<int:id>`, `<id>`, `{id}`, `{id:int}`."""
    for match in (*_ANGLED.finditer(path), *_BRACED.finditer(path)):
        yield Parameter(name=match["name"].strip(), source="path", type=(match["type"] or "").strip() or None)


def decorators_of(project: Project, module: Module, target: Function | Class) -> tuple[Expression, ...]:
    """The decorators of a handler; each is weighed against all others, so that beyond a number the rest is only told of."""
    if len(target.decorators) > MAX_DECORATORS:
        project.cut_short(module.path, f"only the first {MAX_DECORATORS} decorators of a function are looked at")
    return target.decorators[:MAX_DECORATORS]


def handler(module: Module, function: Function, name: str = "") -> Handler:
    """The code of a handler, decorators included."""
    start = min([function.line, *(decorator.line for decorator in function.decorators)])
    return Handler(file=module.path, line=start, end=function.end, function=name or function.name or "lambda")


def read_parameters(function: Function) -> Iterator[Parameter]:
    """What a handler takes from the request object: `request.args["page"]`, `request.form.get("name")`, keys of a JSON body."""
    bodies: set[str] = set()
    for node in walk(function.body):
        if isinstance(node, Assign) and node.value is not None and _is_body(node.value):
            bodies.update(name for target in node.targets if (name := dotted(target)))
        yield from _asked(node)
        container, key = _lookup(node)
        if container is None or not isinstance(key, Literal) or not isinstance(key.value, str) or not key.value:
            continue
        source = "body" if dotted(container) in bodies or _is_body(container) else _source(container)
        if source:
            yield Parameter.model_validate({"name": key.value[:200], "source": source})


def _asked(node: Node) -> Iterator[Parameter]:
    """`self.get_argument("page")`, `req.get_param("page")`, `request.input("page")`."""
    callee = node.callee if isinstance(node, Call) and node.arguments else None
    if not isinstance(node, Call) or not isinstance(callee, Attribute) or callee.name not in _ASKED:
        return
    key = node.arguments[0]
    if isinstance(key, Literal) and isinstance(key.value, str) and key.value and dotted(callee.object).rpartition(".")[2] in _ASKED_OF:
        yield Parameter.model_validate({"name": key.value[:200], "source": _ASKED[callee.name]})


def _lookup(node: Node) -> tuple[Node | None, Node | None]:
    if isinstance(node, Subscript):
        return node.object, node.index
    if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name in _GETTERS and node.arguments:
        return node.callee.object, node.arguments[0]
    return None, None


def _source(container: Node) -> str | None:
    """Where in the request a container stands; None for what is no part of a request object."""
    if not isinstance(container, Attribute):
        return None
    owner = container.object
    owner_name = owner.name if isinstance(owner, Attribute) else owner.id if isinstance(owner, Name) else ""
    return _SOURCES.get(container.name) if owner_name in {"request", "req", "_request"} else None


def _is_body(value: Node) -> bool:
    while isinstance(value, Operation) and value.operator in {"await", "or"} and value.operands:
        value = value.operands[0]
    if isinstance(value, Call) and dotted(value.callee) in {"json.loads", "loads"} and value.arguments:
        return "request" in dotted(value.arguments[0])
    if isinstance(value, Call) and isinstance(value.callee, Attribute) and value.callee.name in _BODY_CALLS:
        return dotted(value.callee.object).rpartition(".")[2] in {"request", "req"}
    return (
        isinstance(value, Attribute)
        and value.name in {"json", "data", "form", "POST", "media"}
        and dotted(value.object).rpartition(".")[2] in {"request", "req"}
    )


def distinct(parameters: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """Each parameter once, by name and source, in the order found."""
    return tuple({(parameter.name, parameter.source): parameter for parameter in reversed(list(parameters))}.values())[::-1]
