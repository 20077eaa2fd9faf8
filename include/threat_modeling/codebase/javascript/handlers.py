"""Which function serves a route: through wrappers, factories and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.javascript.values import Argument, Closure, Foreign, Given, Listed, Site
from threat_modeling.codebase.observations import Handler
from threat_modeling.codebase.syntax import Call, Name, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.javascript.evaluation import Evaluation

_MAX_WRAPPERS = 5


def flattened(evaluation: Evaluation, arguments: Iterable[Argument]) -> Iterator[Argument]:
    """Arguments with arrays opened and modules replaced by what they export."""
    for argument in arguments:
        value = evaluation.settled(argument.value)
        if isinstance(value, Listed):
            yield from flattened(evaluation, (Argument(item, argument.site, "") for item in value.items))
        else:
            yield Argument(value, argument.site, argument.written)


def unwrapped(evaluation: Evaluation, value: object) -> Closure | None:
    """The function that does the work: inside the wrappers around it, of the target or of a package."""
    for _ in range(_MAX_WRAPPERS):
        if isinstance(value, Foreign):
            inner = [evaluation.settled(v) for v in value.arguments]
            value = next((v for v in reversed(inner) if isinstance(v, Closure | Foreign) and not (isinstance(v, Foreign) and not v.arguments)), None)
        elif isinstance(value, Closure):
            inside = _wrapped(evaluation, value)
            if inside is None:
                return value
            value = inside
        else:
            return None
    return value if isinstance(value, Closure) else None


def _wrapped(evaluation: Evaluation, closure: Closure) -> Closure | None:
    """The function passed to the factory that made this one, where this one calls it."""
    own = {name for parameter in closure.function.parameters for name in (parameter.name, *parameter.binds)}
    for node in walk(closure.function.body):
        if isinstance(node, Call):
            for name in (node.callee, *node.arguments):
                if isinstance(name, Name) and name.id not in own:
                    holder = closure.frame.holder(name.id)
                    if holder is not None and holder.parent is not None and name.id in holder.parameters:
                        value = evaluation.settled(evaluation.lookup(name.id, closure.frame))
                        if isinstance(value, Closure) and value.function is not closure.function:
                            return value
    return None


def handler(evaluation: Evaluation, argument: Argument | None, site: Site) -> tuple[Handler, Closure | None]:
    """Where the code of a route is; the registration itself where a package serves it."""
    closure = unwrapped(evaluation, argument.value) if argument is not None else None
    if closure is None:
        written = argument.written if argument is not None else ""
        if argument is not None and isinstance(argument.value, Foreign | Given):
            written = argument.value.name
        return Handler(file=site.path, line=site.line, end=site.end, function=written), None
    function = closure.function
    first = min([function.line, *(decorator.line for decorator in function.decorators)])
    name = function.name or closure.maker or (argument.written if argument is not None else "").rstrip("()").rpartition(".")[2]
    return Handler(file=closure.frame.module.path, line=first, end=function.end, function=name), closure
