"""Which parameters of a function an attacker sets, because a framework calls it with what was sent."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from threat_modeling.codebase.rulebook import Index
from threat_modeling.codebase.syntax import Attribute, Call, Literal, Name, Subscript, children, dotted, walk
from threat_modeling.codebase.taint.expressions import SELF

if TYPE_CHECKING:
    from threat_modeling.codebase.pack import Pack
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rule import EntryFunction
    from threat_modeling.codebase.syntax import Function, Module, Parameter
    from threat_modeling.codebase.taint.values import FunctionRef


def set_from_outside(project: Project, ref: FunctionRef, rules: Pack, decorators: list[str], *, serves: bool) -> set[int]:
    """Positions of the parameters of a function that an attacker sets. `serves`: it is the handler of an entry point."""
    parameters = ref.node.parameters
    own = 1 if parameters and ref.klass is not None and parameters[0].name in SELF else 0
    functions = [function for _, function in rules.functions]
    found = {position for position in range(own, len(parameters)) if serves and _served(project, ref, functions, position)}
    for function in functions:
        entered = (serves and bool(function.types)) or _is_entry(function, ref, decorators, own)
        for position in range(own, len(parameters)):
            parameter = parameters[position]
            if function.types and not _matches(function.types, *_types(project, ref.module, parameter)):
                continue
            marked = _matches(function.parameter_decorators, *(dotted(d).removesuffix("()") for d in parameter.decorators))
            if (marked or (entered and not _converted(ref.node, parameter))) and not _skipped(function, ref.module, project, parameter):
                found.add(position)
    return found


def _served(project: Project, ref: FunctionRef, functions: list[EntryFunction], position: int) -> bool:
    """Tell whether the framework hands what was sent to this parameter of a handler."""
    module, parameter = ref.module, ref.node.parameters[position]
    if module.language == "python":
        return not _converted(ref.node, parameter) and not _injected(project, module, parameter)
    if module.language == "php":
        return _from_path(parameter)
    if module.language in {"java", "kotlin"}:  # without an annotation: the body of JAX-RS, a form or a query of Spring
        return parameter.annotation is not None and not parameter.decorators and not any(_skipped(f, module, project, parameter) for f in functions)
    return module.language == "csharp" and not any(_skipped(function, module, project, parameter) for function in functions)


@cache
def _index(patterns: tuple[str, ...]) -> Index[str]:
    return Index.of({pattern: pattern for pattern in patterns})


def _matches(patterns: tuple[str, ...], *names: str) -> bool:
    return bool(patterns) and any(map(_index(patterns).get, names))


def _is_entry(function: EntryFunction, ref: FunctionRef, decorators: list[str], own: int) -> bool:
    """Tell whether a framework calls this function with what an attacker sends."""
    parameters = ref.node.parameters
    first = parameters[own].name if len(parameters) > own else ""
    return _matches(function.decorators, *decorators) or _matches(function.first_parameter, first)


def _skipped(function: EntryFunction, module: Module, project: Project, parameter: Parameter) -> bool:
    """Tell whether the framework, not the attacker, sets a parameter, or its type makes it harmless."""
    default = parameter.default.callee if isinstance(parameter.default, Call) else None
    names = [parameter.name, project.qualified(module, default), *_types(project, module, parameter)]
    return _injected(project, module, parameter) or _matches(function.skip, *(name.removesuffix("[]") for name in names))


def _types(project: Project, module: Module, parameter: Parameter) -> list[str]:
    """The names in the declared type of a parameter: `Option<web::Json<Order>>` has four."""
    if parameter.annotation is None:
        return []
    parts = (project.qualified(module, part) for part in walk(parameter.annotation) if isinstance(part, Name))
    return [project.qualified(module, parameter.annotation), *parts]


def _injected(project: Project, module: Module, parameter: Parameter) -> bool:
    """Tell a parameter that a function of the project fills: `Depends(f)`, also in `Annotated[...]` under a name of its own."""
    annotation: object = parameter.annotation
    if isinstance(annotation, Name | Attribute) and module.language == "python":
        found = project.definition(module.path, dotted(annotation))
        annotation = found[1] if found is not None else annotation
    asked = [parameter.default, *(children(annotation.index) if isinstance(annotation, Subscript) else ())]
    calls = [node for node in asked if isinstance(node, Call) and node.arguments]
    return any(dotted(call.callee).rpartition(".")[2] in {"Depends", "Security"} for call in calls)


def _from_path(parameter: Parameter) -> bool:
    """Tell a parameter of a PHP handler that is a part of the path: objects are injected, numbers carry no text."""
    return (parameter.annotation is None or dotted(parameter.annotation) == "string") and "request" not in parameter.name.lower()


def _converted(node: Function, parameter: Parameter) -> bool:
    """Tell a path parameter that the route converts to a number or a UUID: `<int:id>`, `{id:int}`."""
    converter = re.compile(rf"<(?:int|float|uuid):{re.escape(parameter.name)}>|\{{{re.escape(parameter.name)}:(?:int|float|uuid)\}}")
    return any(
        isinstance(part, Literal) and isinstance(part.value, str) and bool(converter.search(part.value))
        for decorator in node.decorators
        for part in walk(decorator)
    )
