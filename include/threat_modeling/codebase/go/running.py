"""Follows statements of Go in order: every branch of a condition, each turn of a loop over a known list, calls of functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.go.folding import Folding
from threat_modeling.codebase.go.values import (
    Argument,
    Chain,
    Closure,
    Constant,
    Foreign,
    Frame,
    Invocation,
    Listed,
    Record,
    Router,
    Type,
    Value,
    site_of,
)
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Evaluate,
    Expression,
    Function,
    Literal,
    Name,
    Operation,
    Return,
    Sequence,
    Statement,
    Subscript,
    dotted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.codebase.go.dialect import Dialect

MAX_STEPS: Final = 60_000
"""Statements and calls followed from one function that is followed for its own sake."""
MAX_CALLS: Final = 24
MAX_UNROLLED: Final = 300
MAX_NESTING: Final = 90


class Running(Folding):
    """Statements, calls, and what they register."""

    def __init__(self, dialects: Iterable[type[Dialect]]) -> None:
        self.dialects = [dialect(self) for dialect in dialects]  # type: ignore[arg-type]  # Evaluation is the only one that is made
        self.routers: list[Router] = []
        self.registrations = 0
        self.steps = 0
        self.cut_short = False
        self.invoked: set[int] = set()
        self._calls: list[int] = []
        self._depth = 0

    def added(self, router: Router) -> Router:
        """Take note of a router."""
        self.routers.append(router)
        return router

    def run(self, body: Iterable[Statement], frame: Frame) -> None:
        """Follow statements in order."""
        for node in body:
            self.steps += 1
            if self.steps > MAX_STEPS:
                self.cut_short = True
                return
            if isinstance(node, Assign):
                self._assign(node, frame)
            elif isinstance(node, Evaluate):
                self.value(node.value, frame)
            elif isinstance(node, Return):
                frame.returned.append(self.value(node.value, frame))
            elif isinstance(node, Block):
                self._block(node, frame)

    def _assign(self, node: Assign, frame: Frame) -> None:
        if node.value is None:
            for target in node.targets:
                if isinstance(target, Name):
                    frame.names[target.id] = self.unset(node.annotation, frame, frame, target, target.id)
            return
        value = self.value(node.value, frame)
        for target in node.targets:
            if isinstance(target, Sequence):
                items = value.items if isinstance(value, Listed) else [value]
                for position, element in enumerate(target.elements):
                    self._bind(element, items[position] if position < len(items) else None, frame)
            else:
                self._bind(target, value, frame)

    def _bind(self, target: Expression, value: Value, frame: Frame) -> None:
        if isinstance(target, Name):
            holder = frame.holder(target.id) or frame
            if value is not None or target.id not in holder.names:
                holder.names[target.id] = value
        elif isinstance(target, Attribute):
            owner = self.value(target.object, frame)
            if isinstance(owner, Record | Router):
                owner.fields[target.name] = value
        elif isinstance(target, Subscript):
            owner, key = self.value(target.object, frame), self.value(target.index, frame)
            if isinstance(owner, Record) and isinstance(key, Constant):
                owner.fields[str(key.value)] = value

    def _block(self, node: Block, frame: Frame) -> None:
        for head in node.heads:
            if isinstance(head, Call):
                self.value(head, frame)
        iterated = self.value(node.heads[0], frame) if node.kind == "for" and node.heads else None
        body = node.bodies[0] if node.bodies else ()
        items = iterated.items if isinstance(iterated, Listed) else list(iterated.fields.values()) if isinstance(iterated, Record) else []
        if items and body and isinstance(body[0], Assign) and body[0].value == node.heads[0]:
            for item in items[:MAX_UNROLLED]:
                frame.results.clear()  # each turn makes its calls anew
                self._bind(body[0].targets[0], item, frame)
                self.run(body[1:], frame)
            return
        for branch in node.bodies:
            self.run(branch, frame)

    # calls

    def call(self, call: Call, frame: Frame) -> Value:
        """What a call stands for; it is followed once for each call of the function around it."""
        if id(call) not in frame.results:
            frame.results[id(call)] = None
            if self._depth > MAX_NESTING:
                self.cut_short = True
                return None
            self._depth += 1
            try:
                frame.results[id(call)] = self._call(call, frame)
            finally:
                self._depth -= 1
        return frame.results[id(call)]

    def _call(self, call: Call, frame: Frame) -> Value:
        if call.new:
            return self._constructed(call, frame)
        callee = call.callee
        if isinstance(callee, Attribute):
            receiver = self.value(callee.object, frame)
            target = self._router(receiver, callee.name)
            if isinstance(target, Router):
                return target.dialect.register(target, callee.name, self.invocation(call, frame))
            if isinstance(target, Chain):
                return target.router.dialect.chain(target, callee.name, self.invocation(call, frame))
            function = self.member(receiver, callee.name, frame, callee)
        else:
            function = self.value(callee, frame)
        return self._called(function, call, frame)

    def _router(self, receiver: Value, name: str) -> Router | Chain | None:
        if isinstance(receiver, Router | Chain):
            return receiver
        if isinstance(receiver, Record) and receiver.type is not None and name not in receiver.type.methods:
            return self.embedded_router(receiver)
        return None

    def _called(self, function: Value, call: Call, frame: Frame) -> Value:
        if isinstance(function, Closure):
            before = self.registrations
            result = self.invoke(function, tuple(self.value(argument, frame) for argument in call.arguments))
            if self.registrations == before:
                self._assume(call, frame)
            return result
        if isinstance(function, Foreign):
            return self._foreign(function, call, frame)
        if isinstance(function, Type) and len(call.arguments) == 1:
            return self.value(call.arguments[0], frame)
        invocation = self.invocation(call, frame)
        if isinstance(call.callee, Name) and call.callee.id == "append" and invocation.arguments:
            return self._appended(call, invocation)
        if not self._assume(call, frame):
            self._passed(argument.value for argument in invocation.arguments)
        return None

    @staticmethod
    def _appended(call: Call, invocation: Invocation) -> Listed:
        first = invocation.value(0)
        items = list(first.items) if isinstance(first, Listed) else []
        for node, argument in zip(call.arguments[1:], invocation.arguments[1:], strict=False):
            spread = isinstance(node, Operation) and node.operator == "..." and isinstance(argument.value, Listed)
            items += argument.value.items if spread and isinstance(argument.value, Listed) else [argument.value]
        return Listed(items)

    def _foreign(self, function: Foreign, call: Call, frame: Frame) -> Value:
        invocation = self.invocation(call, frame)
        values = [argument.value for argument in invocation.arguments]
        for dialect in self.dialects:
            router = dialect.create(function.name, invocation)
            if router is not None:
                return self.added(router)
            found = dialect.call(function.name, invocation)
            if found is not None:
                return found
        built = self.builtin(function.name, values)
        if built is not None:
            return built
        if self._assume(call, frame):
            return None
        self._passed(values)
        return Foreign(function.name, tuple(values), called=True)

    def _passed(self, values: Iterable[Value]) -> None:
        """Functions that take a router and are handed to what can't be followed: it will call them with one."""
        for value in values:
            if isinstance(value, Closure) and id(value.function) not in self.invoked and self.takes_router(value):
                self.invoke(value, ())

    def takes_router(self, closure: Closure) -> bool:
        """Whether a parameter of a function is a router by its type."""
        return any(self.dialect_of(self.type_name(p.annotation, closure.frame)) for p in closure.function.parameters if p.annotation is not None)

    def dialect_of(self, of: str) -> Dialect | None:
        """The framework whose router a type is."""
        return next((dialect for dialect in self.dialects if of and dialect.is_router(of)), None)

    def _assume(self, call: Call, frame: Frame) -> bool:
        """`r.GET("/path", handler)` on something unknown: the type that the handler takes tells the framework."""
        if not isinstance(call.callee, Attribute) or len(call.arguments) < 2:
            return False
        path = call.arguments[0]
        if not isinstance(path, Literal) or not isinstance(path.value, str) or not path.value.startswith("/"):
            return False
        handler = self.value(call.arguments[-1], frame)
        dialect = self._context(handler)
        if dialect is None or call.callee.name.upper() not in dialect.verbs | dialect.anything:
            return False
        owner = self.value(call.callee.object, frame)
        key = f"{dialect.framework} router"
        router = owner.fields.get(key) if isinstance(owner, Record) else None
        if not isinstance(router, Router):
            router = self.added(Router(dialect, site_of(frame, call)))
            if isinstance(owner, Record):
                owner.fields[key] = router
        dialect.register(router, call.callee.name, self.invocation(call, frame))
        return True

    def _context(self, handler: Value) -> Dialect | None:
        if not isinstance(handler, Closure):
            return None
        types = [self.type_name(p.annotation, handler.frame) for p in handler.function.parameters]
        return next((dialect for of in types for dialect in self.dialects if of and dialect.known(of, dialect.contexts)), None)

    def _constructed(self, call: Call, frame: Frame) -> Value:
        """`T{...}` and `new(T)`."""
        of = self.type_name(call.callee, frame)
        invocation = self.invocation(call, frame)
        for dialect in self.dialects:
            router = dialect.create(of, invocation)
            if router is not None:
                return self.added(router)
        fields = {keyword.name: self.value(keyword.value, frame) for keyword in call.keywords if keyword.name}
        found = self.value(call.callee, frame) if isinstance(call.callee, Name | Attribute) else None
        if isinstance(found, Type):
            fields |= dict(zip(found.fields, (argument.value for argument in invocation.arguments), strict=False)) if not fields else {}
            return Record(fields, of, found)
        fields |= {str(position): argument.value for position, argument in enumerate(invocation.arguments)}
        return Record(fields, of)

    def invocation(self, call: Call, frame: Frame) -> Invocation:
        """A call with the values of its arguments."""
        return Invocation(call, tuple(self.argument(node, frame) for node in call.arguments), frame)

    def argument(self, node: Expression, frame: Frame) -> Argument:
        """The value of an expression, with its place."""
        return Argument(self.value(node, frame), site_of(frame, node), _written(node))

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
        frame = Frame(closure.frame.module, closure.frame, {"this": closure.this}, package=closure.frame.package)
        self._parameters(function, values, frame, closure.frame)
        self._calls.append(id(function))
        try:
            self.run(function.body, frame)
        finally:
            self._calls.pop()
        return self._result(function, frame)

    def _parameters(self, function: Function, values: tuple[Value, ...], frame: Frame, home: Frame) -> None:
        frame.parameters = frozenset(parameter.name for parameter in function.parameters)
        for position, parameter in enumerate(function.parameters):
            value = values[position] if position < len(values) else None
            if parameter.name:
                frame.names[parameter.name] = value if value is not None else self.unset(parameter.annotation, home, frame, function, parameter.name)

    def _result(self, function: Function, frame: Frame) -> Value:
        known = [value for value in frame.returned if value is not None]
        useful = [v for v in known if not isinstance(v, Foreign | Constant) and not (isinstance(v, Listed) and all(i is None for i in v.items))]
        result = next(iter(useful), known[0] if known else None)
        if result is None and function.returns is not None:
            result = (
                self.unset(function.returns, frame, frame, function, function.name)
                if self.dialect_of(self.type_name(function.returns, frame))
                else None
            )
        for made in (result, *(result.arguments if isinstance(result, Foreign) else ())):
            if isinstance(made, Closure) and not made.maker and not made.function.name:
                made.maker = function.name
        return result

    @staticmethod
    def method(value: Value, name: str) -> Closure | None:
        """A method of an object of the target."""
        if isinstance(value, Record) and value.type is not None and name in value.type.methods:
            function, frame = value.type.methods[name]
            return Closure(function, frame, value)
        return None


def _written(node: Expression) -> str:
    return dotted(node) or (node.name if isinstance(node, Function) else "")
