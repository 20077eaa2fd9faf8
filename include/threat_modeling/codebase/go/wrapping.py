"""What stands inside of what: the handler inside its middleware, the router inside a handler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.go.running import Running
from threat_modeling.codebase.go.values import Argument, Closure, Constant, Foreign, Record, Router, Value
from threat_modeling.codebase.syntax import Attribute, Call, Name, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_WRAPPERS: Final = 8
SERVING: Final = ("ServeHTTP", "Handle", "Handler", "ServeRequest")
_CONVERSIONS: Final = frozenset({"HandlerFunc", "WrapF", "WrapH", "WrapHandler", "HTTPHandler", "HTTPHandlerFunc", "FromStd", "HandlerFuncAdapter"})


def unwrapped(argument: Argument) -> tuple[Closure | None, tuple[Argument, ...]]:
    """The function that does the work, and what is wrapped around it, outermost first."""
    value: Value = argument.value
    before: list[Argument] = []
    for _ in range(MAX_WRAPPERS):
        if isinstance(value, Record):
            value = next((found for name in SERVING if (found := Running.method(value, name))), None)
        elif isinstance(value, Foreign) and value.arguments:
            if value.name.rpartition(".")[2] not in _CONVERSIONS:
                before.append(Argument(value, argument.site, value.name))
            value = next((v for v in reversed(value.arguments) if isinstance(v, Closure | Record) or (isinstance(v, Foreign) and v.arguments)), None)
        elif isinstance(value, Closure):
            inner = next((v for v in _passed_on(value) if isinstance(v, Closure | Foreign)), None)
            if inner is None:
                return value, tuple(before)
            before.append(Argument(value, argument.site, value.maker or value.function.name))
            value = inner
        else:
            break
    return None, tuple(before)


def mounted(argument: Argument) -> tuple[Router | None, str | None, tuple[Argument, ...]]:
    """The router inside a handler, the path that is stripped before it, and the middleware around it."""
    value, stripped, before = argument.value, None, list[Argument]()
    for _ in range(MAX_WRAPPERS):
        if isinstance(value, Router):
            return value, stripped, tuple(before)
        if isinstance(value, Closure):
            before.append(Argument(value, argument.site, value.maker or argument.written))
            value = next(_passed_on(value), None) or _bound(value)
        elif isinstance(value, Foreign) and value.arguments:
            if value.name == "net/http.StripPrefix" and isinstance(value.arguments[0], Constant):
                stripped = str(value.arguments[0].value)
            elif value.name.rpartition(".")[2] not in _CONVERSIONS:
                before.append(Argument(value, argument.site, value.name))
            value = next((v for v in reversed(value.arguments) if isinstance(v, Router | Closure | Foreign)), None)
        else:
            break
    return None, None, ()


def below(router: Router, inner: Router) -> bool:
    """Whether a router stands below another one, or is it."""
    at: Router | None = router
    for _ in range(MAX_WRAPPERS * 4):
        if at is None or at is inner:
            break
        at = at.parent
    return at is inner


def _passed_on(closure: Closure) -> Iterator[Closure | Foreign | Router]:
    """What was given to the function that made this one, where this one calls it."""
    called: set[str] = set()
    for node in walk(closure.function.body):
        if isinstance(node, Call):
            if isinstance(node.callee, Name):
                called.add(node.callee.id)
            elif isinstance(node.callee, Attribute) and isinstance(node.callee.object, Name) and node.callee.name in SERVING:
                called.add(node.callee.object.id)
    for name in sorted(called):
        holder = closure.frame.holder(name)
        value = holder.names.get(name) if holder is not None and name in holder.parameters else None
        if isinstance(value, Closure | Foreign | Router) and not (isinstance(value, Closure) and value.function is closure.function):
            yield value


def _bound(closure: Closure) -> Router | None:
    """The router that an object hands its requests to."""
    serves = closure.function.name in SERVING and isinstance(closure.this, Record)
    return next((v for v in closure.this.fields.values() if isinstance(v, Router)), None) if serves and isinstance(closure.this, Record) else None
