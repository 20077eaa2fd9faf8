"""Controllers and their actions: routes by attributes of the class and its bases, and what each action answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.csharp.endpoints import METHODS
from threat_modeling.codebase.csharp.scope import Code, Declared, attributes, is_interface, short
from threat_modeling.codebase.syntax import Call, Function, Sequence, dotted, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.syntax import Expression, Module

KEYWORDS: Final = ("Controller", "ApiController", "HttpGet", "HttpPost")
_BASES: Final = frozenset({"Controller", "ControllerBase", "ApiController", "AsyncController", "ODataController", "AbpController"})
_HTTP: Final = {f"Http{verb.title()}": verb for verb in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")}
_HIDDEN: Final = frozenset({"NonAction", "private", "static", "ChildActionOnly"})
_INHERITED: Final = frozenset(
    {"ToString", "Equals", "GetHashCode", "Dispose", "DisposeAsync", "OnActionExecuting", "OnActionExecuted", "constructor", "Initialize"}
)
_PREFIXES: Final = ("Get", "Post", "Put", "Patch", "Delete", "Head", "Options")


@dataclass(frozen=True)
class Action:
    """A method that serves requests: methods empty where every one is answered, templates where attributes give them."""

    module: Module
    function: Function
    methods: tuple[str, ...]
    templates: tuple[tuple[str, tuple[str, ...]], ...]
    """(template, methods) of each attribute that has a template."""


@dataclass(frozen=True)
class Controller:
    """A controller with what its class and its bases say."""

    declared: Declared
    lineage: tuple[Declared, ...]
    prefixes: tuple[str, ...]
    """Templates of the class; none where its actions are found by convention."""
    area: str
    api: bool
    """Whether it is one of Web API 2, whose actions are chosen by their names."""

    @property
    def name(self) -> str:
        """What {controller} stands for."""
        return self.declared.node.name.removesuffix("Controller") or self.declared.node.name

    @property
    def decorators(self) -> tuple[Expression, ...]:
        """The attributes of the class and its bases."""
        return tuple(decorator for each in self.lineage for decorator in each.node.decorators)


def controllers(code: Code) -> Iterator[Controller]:
    """Every class of a target that is a controller."""
    for declared in code.classes(KEYWORDS):
        node = declared.node
        marks = {keyword.name for keyword in node.keywords} | {name for name, _ in attributes(node.decorators)}
        if is_interface(node) or marks & {"abstract", "static", "NonController", "struct", "record"} or not node.body:
            continue
        lineage = code.lineage(declared)
        bases = {short(base) for each in lineage for base in each.node.bases}
        own = {name for each in lineage for name, _ in attributes(each.node.decorators)}
        named = node.name.endswith("Controller") and node.name != "Controller"
        if named or bases & _BASES or own & {"ApiController", "Controller"}:
            yield _controller(code, declared, lineage, bases, own)


def _controller(code: Code, declared: Declared, lineage: list[Declared], bases: set[str], own: set[str]) -> Controller:
    prefixes: list[str] = []
    area = ""
    for each in lineage:
        here = list(_templates(code, each, each.node.decorators, {"Route", "RoutePrefix"}))
        prefixes = prefixes or here
        area = area or next(iter(_templates(code, each, each.node.decorators, {"Area", "RouteArea"})), "")
    core = "ApiController" in own or "ControllerBase" in bases
    return Controller(declared, tuple(lineage), tuple(prefixes), area, "ApiController" in bases and not core)


def _templates(code: Code, declared: Declared, decorators: tuple[Expression, ...], wanted: set[str]) -> Iterator[str]:
    for name, node in attributes(decorators):
        if name in wanted and isinstance(node, Call):
            given = node.arguments[0] if node.arguments else node.keyword("Template") or node.keyword("template")
            written = code.text(declared.module, given, declared.node)
            if written is not None:
                yield written


def actions(code: Code, controller: Controller) -> Iterator[Action]:
    """The actions of a controller, inherited ones too."""
    seen: set[tuple[str, int]] = set()
    for each in controller.lineage:
        for member in each.node.body:
            if isinstance(member, Function) and member.name and member.name not in _INHERITED:
                marks = {name for name, _ in attributes(member.decorators)}
                key = (member.name, len(member.parameters))
                if not marks & _HIDDEN and key not in seen:
                    seen.add(key)
                    yield _action(code, each, member, api=controller.api)


def _action(code: Code, declared: Declared, member: Function, *, api: bool) -> Action:
    methods: list[str] = []
    templates: list[tuple[str, tuple[str, ...]]] = []
    bare: list[str] = []
    for name, node in attributes(member.decorators):
        said = (_HTTP[name],) if name in _HTTP else _accepted(node) if name == "AcceptVerbs" and isinstance(node, Call) else ()
        methods += said
        given = _template(code, declared, name, node)
        if given is not None and (said or name == "Route"):
            (templates.append((given, said)) if said else bare.append(given))
    templates += [(given, tuple(methods)) for given in bare]
    if api and not methods:
        prefix = next((prefix for prefix in _PREFIXES if member.name.startswith(prefix)), "Post")
        methods = [prefix.upper()]
    return Action(declared.module, member, tuple(dict.fromkeys(methods)), tuple((given, said or tuple(methods)) for given, said in templates))


def _template(code: Code, declared: Declared, name: str, node: Expression) -> str | None:
    if not isinstance(node, Call):
        return None
    given = node.keyword("Route") if name == "AcceptVerbs" else node.arguments[0] if node.arguments else node.keyword("Template")
    return code.text(declared.module, given, declared.node)


def _accepted(node: Call) -> tuple[str, ...]:
    listed = [part for argument in node.arguments for part in (argument.elements if isinstance(argument, Sequence) else (argument,))]
    said = [(text(part) or dotted(part).rpartition(".")[2]).upper() for part in listed]
    return tuple(method for method in said if method in METHODS)


def filled(template: str, controller: str, action: str, area: str) -> str:
    """A template with its tokens replaced: `api/[controller]/[action]`."""
    for token, value in (("controller", controller), ("action", action), ("area", area)):
        template = template.replace(f"[{token}]", value)
    return template
