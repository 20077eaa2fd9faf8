"""Follows calls: of functions and classes of the target, of what registers routes, of what may call a function passed to it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.builtins import call_builtin, call_method
from threat_modeling.codebase.javascript.modules import loaded
from threat_modeling.codebase.javascript.running import MAX_STEPS, Running
from threat_modeling.codebase.javascript.values import (
    Argument,
    ClassValue,
    Closure,
    Constant,
    Foreign,
    Frame,
    Given,
    Instance,
    Record,
    Router,
    Step,
    Value,
    site_of,
)
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Expression, Function, Name, Subscript, dotted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.codebase.javascript.dialect import Dialect

MAX_CALLS: Final = 12
"""Calls inside calls that are followed."""


class Calling(Running):
    """Calls, and the routers they make."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.routers: list[Router] = []
        self.invoked: set[int] = set()
        """Identities of the functions and classes that were followed."""
        self._assumed: dict[int, Router] = {}
        self._given: list[Given] = []
        self._calls: list[int] = []

    @abstractmethod
    def listing(self, folder: str) -> list[str]:
        """The names in a folder of the target, sorted."""

    def call(self, call: Call, frame: Frame) -> Value:
        """What a call stands for; it is followed once for each call of the function around it."""
        if id(call) not in frame.results:
            frame.results[id(call)] = None
            frame.results[id(call)] = self._call(call, frame)
        return frame.results[id(call)]

    def _call(self, call: Call, frame: Frame) -> Value:
        module = loaded(call)
        if module is None and dotted(call.callee) == "require" and len(call.arguments) == 1:
            path = self.value(call.arguments[0], frame)
            module = path.value if isinstance(path, Constant) and isinstance(path.value, str) else None
        if module is not None:
            return self.imported(frame.module.path, module, "")
        method, receiver = self._receiver(call, frame)
        if method:
            handled, result = self._on_receiver(call, method, receiver, frame)
            if handled:
                return result
        callee = self.settled(self.member(receiver, method) if method else self.value(call.callee, frame))
        if isinstance(callee, Closure):
            values = tuple(self.spread(call.arguments, frame))
            return self._made(callee, values) if call.new else self.invoke(callee, values)
        if isinstance(callee, ClassValue):
            return self.instantiate(callee, tuple(self.spread(call.arguments, frame)))
        if isinstance(callee, Foreign):
            return self._foreign(callee, call, frame)
        return self._effects(call, frame)

    def _receiver(self, call: Call, frame: Frame) -> tuple[str, Value]:
        callee = call.callee
        if isinstance(callee, Attribute):
            return callee.name, self.settled_unless_member(self.value(callee.object, frame), callee.name)
        if isinstance(callee, Subscript):
            index = self.value(callee.index, frame)
            if isinstance(index, Constant) and isinstance(index.value, str):
                return index.value, self.settled_unless_member(self.value(callee.object, frame), index.value)
        return "", None

    def _on_receiver(self, call: Call, method: str, receiver: Value, frame: Frame) -> tuple[bool, Value]:
        if isinstance(receiver, Given) and self.dialect.assume(receiver, method, self.arguments(call, frame)):
            receiver = self._assume(receiver, call, frame)
        if isinstance(receiver, Router | Step):
            return True, self.dialect.register(receiver, method, self.arguments(call, frame), call, frame)
        if isinstance(receiver, Closure) and method in {"bind", "call", "apply"}:
            given = tuple(self.spread(call.arguments, frame))
            return True, receiver if method == "bind" else self.invoke(receiver, given[1:])
        return call_method(self, receiver, method, call, frame)

    def arguments(self, call: Call, frame: Frame) -> tuple[Argument, ...]:
        """The arguments of a call with their places, `...` of a known list opened."""
        found = []
        for node in call.arguments:
            values = list(self.spread((node,), frame))
            found += [Argument(value, site_of(frame, node), _written(node)) for value in values]
        return tuple(found)

    def _assume(self, given: Given, call: Call, frame: Frame) -> Router:
        if id(given) not in self._assumed:
            self._given.append(given)
            self._assumed[id(given)] = router = Router(site_of(frame, call), assumed=True)
            self.routers.append(router)
        return self._assumed[id(given)]

    def _foreign(self, foreign: Foreign, call: Call, frame: Frame) -> Value:
        router = self.dialect.create(foreign, call, frame)
        if router is not None:
            self.routers.append(router)
            return router
        builtin = call_builtin(self, foreign, call, frame)
        if builtin is not None:
            return builtin
        arguments = self.arguments(call, frame)
        self.dialect.observe(foreign, arguments, call, frame)
        values = tuple(argument.value for argument in arguments)
        self._passed(values)
        return Foreign(foreign.name, values, called=True)

    def _effects(self, call: Call, frame: Frame) -> Value:
        """A call that can't be followed: functions passed to it are, as it may call them."""
        builtin = call_builtin(self, Foreign(dotted(call.callee)), call, frame)
        if builtin is not None:
            return builtin
        values = tuple(self.spread(call.arguments, frame))
        self._passed(values)
        if isinstance(call.callee, Attribute) and isinstance(call.callee.object, Call):
            self.value(call.callee.object, frame)
        return Foreign(dotted(call.callee), values, called=True)

    def _passed(self, values: Iterable[Value]) -> None:
        """Functions that are handed to what can't be followed: it may call them, with what nobody knows."""
        for value in values:
            if isinstance(value, Closure) and id(value.function) not in self.invoked:
                self.invoke(value, ())

    def _made(self, closure: Closure, values: tuple[Value, ...]) -> Value:
        """`new F()` of a plain function: what it sets on `this`, or the object that it returns instead."""
        this = Record({})
        returned = self.invoke(Closure(closure.function, closure.frame, this), values)
        return returned if isinstance(returned, Record | Instance | Router | Closure) else this

    def invoke(self, closure: Closure, values: tuple[Value, ...]) -> Value:
        """Follow a call of a function: what it returns, where that can be known."""
        function = closure.function
        self.steps += 1
        if id(function) in self._calls:
            return None
        if self.steps > MAX_STEPS or len(self._calls) >= MAX_CALLS:
            self.cut_short = True
            return None
        self.invoked.add(id(function))
        frame = Frame(closure.frame.module, closure.frame, closure.this or closure.frame.this)
        self._parameters(function, values, frame)
        self._calls.append(id(function))
        try:
            self.hoist(function.body, frame)
            self.run(function.body, frame)
        finally:
            self._calls.pop()
        known = [value for value in frame.returned if value is not None]
        result = next((value for value in known if not isinstance(value, Foreign | Constant)), known[0] if known else None)
        if isinstance(result, Closure) and not result.maker:
            result.maker = function.name
        return result

    def _parameters(self, function: Function, values: tuple[Value, ...], frame: Frame) -> None:
        frame.parameters = frozenset(parameter.name for parameter in function.parameters)
        for position, parameter in enumerate(function.parameters):
            value = values[position] if position < len(values) else None
            if value is None and parameter.default is not None:
                value = self.value(parameter.default, frame)
            for name in parameter.binds:
                frame.names[name] = self.member(value, name) if value is not None else Given(name)
            if parameter.name:
                frame.names[parameter.name] = value if value is not None else Given(parameter.name)

    def instantiate(self, of: ClassValue, values: tuple[Value, ...], depth: int = 5) -> Instance | None:
        """An object of a class: fields set, constructor followed."""
        self.invoked.add(id(of.definition))
        instance = Instance(of, {})
        self._construct(of, instance, values, depth)
        return instance

    def _construct(self, of: ClassValue, instance: Instance, values: tuple[Value, ...], depth: int) -> None:
        base = self.base(of)
        if base is not None and depth:
            self._construct(base, instance, values, depth - 1)
        frame = Frame(of.frame.module, of.frame, instance)
        for member in of.definition.body:
            if isinstance(member, Assign) and isinstance(member.targets[0], Name) and member.value is not None:
                instance.fields[member.targets[0].id] = self.value(member.value, frame)
        constructor = next((m for m in of.definition.body if isinstance(m, Function) and m.name == "constructor"), None)
        if constructor is not None:
            for parameter, value in zip(constructor.parameters, values, strict=False):
                if parameter.name:
                    instance.fields.setdefault(parameter.name, value)
            self.invoke(Closure(constructor, frame, instance), values)


def _written(node: Expression) -> str:
    return dotted(node) or (node.name if isinstance(node, Function) else "")
