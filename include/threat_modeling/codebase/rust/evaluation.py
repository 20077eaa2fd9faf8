"""Follows how the applications of a target set themselves up: chains of calls, functions across files, constants.

Nothing is run: expressions are folded to values.py as far as they can be known. Depth and number of steps are bounded, so that no
code can keep it busy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.rust import modules
from threat_modeling.codebase.rust.values import Argument, Branch, Foreign, Frame, Func, Invocation, Items, Site, Text, Value
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Class,
    Evaluate,
    Expression,
    Function,
    Import,
    Join,
    Literal,
    Module,
    Name,
    Operation,
    Other,
    Return,
    Sequence,
    Statement,
    Subscript,
    dotted,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.dialect import Dialect

MAX_STEPS: Final = 60_000
MAX_CALLS: Final = 24
MAX_NESTING: Final = 60
MAX_TEXT: Final = 2_000
_SAME: Final = frozenset(
    {"to_string", "to_owned", "as_str", "into", "clone", "unwrap", "expect", "into_make_service", "boxed", "with_state", "iter", "as_ref"}
)
_ENTRY: Final = frozenset({"main", "rocket", "run", "app"})


class Evaluation:
    """One target seen through the dialects of all frameworks."""

    def __init__(self, project: Project, dialects: Iterable[type[Dialect]]) -> None:
        self.project = project
        self.dialects = [dialect(self) for dialect in dialects]
        self.branches: list[Branch] = []
        self.served: set[int] = set()
        """Functions with attributes that are registered somewhere."""
        self.functions: list[tuple[Module, Function, str]] = []
        """Every function of the files that were followed, with the type that has it."""
        self._invoked: set[int] = set()
        self._calls: list[int] = []
        self._steps = self._depth = 0
        self._cut = False

    def follow(self, keywords: tuple[str, ...]) -> None:
        """Follow functions of files with a keyword: first where programs begin, then what nobody mentions, then what nobody called."""
        found = [module for module in self.project.modules(("rust",), keywords) if not _is_test(module.path)]
        for module in found:
            self.functions += [(module, function, owner) for function, owner in _functions(module.body, "")]
        mentioned = {
            dotted(part).rpartition(".")[2] for module in found for node in walk(module.body) if isinstance(node, Call) for part in _parts(node)
        }
        unmentioned = {function.name for _, function, _ in self.functions} - mentioned
        for wanted in (_ENTRY, unmentioned, mentioned):
            for module, function, owner in self.functions:
                if id(function) not in self._invoked and function.name in wanted:
                    self._start(module, function, owner)

    def _start(self, module: Module, function: Function, owner: str) -> None:
        self._steps, self._cut = 0, False
        try:
            self.invoke(Func(function, module, Frame(module, owner=owner)), ())
        except RecursionError:
            self._cut = True
        if self._cut:
            self.project.cut_short(module.path, "its routes were not followed to the end: too many or too deeply nested calls")

    # statements

    def run(self, body: Iterable[Statement], frame: Frame) -> None:
        """Follow statements in order, every branch of a condition too."""
        for node in body:
            self._steps += 1
            if self._steps > MAX_STEPS:
                self._cut = True
                return
            if isinstance(node, Assign) and node.value is not None:
                self._assign(node, frame)
            elif isinstance(node, Evaluate):
                self.value(node.value, frame)
            elif isinstance(node, Return):
                frame.returned.append(self.value(node.value, frame))
            elif isinstance(node, Block):
                for branch in node.bodies:
                    self.run(branch, frame)
            elif isinstance(node, Function):
                frame.names[node.name] = Func(node, frame.module, frame, node.name)

    def _assign(self, node: Assign, frame: Frame) -> None:
        value = self.value(node.value, frame)
        target = node.targets[0]
        if isinstance(target, Name):
            holder = frame.holder(target.id) if node.annotation is None else None
            (holder or frame).names[target.id] = value
        elif isinstance(target, Sequence):
            items = value.values if isinstance(value, Items) else []
            for position, element in enumerate(target.elements):
                if isinstance(element, Name):
                    frame.names[element.id] = items[position] if position < len(items) else None

    # expressions

    def value(self, node: Expression | None, frame: Frame) -> Value:
        """What an expression stands for."""
        if node is None or self._depth > MAX_NESTING:
            return None
        self._depth += 1
        try:
            return self._value(node, frame)
        finally:
            self._depth -= 1

    def _value(self, node: Expression, frame: Frame) -> Value:
        if isinstance(node, Call):
            return self._call(node, frame)
        if isinstance(node, Name | Attribute):
            return self._path(node, frame)
        if isinstance(node, Function):
            return Func(node, frame.module, frame, node.name)
        if isinstance(node, Literal):
            return Text(node.value) if isinstance(node.value, str) else None
        if isinstance(node, Sequence):
            return Items([self.value(element, frame) for element in node.elements])
        return self._composed(node, frame)

    def _composed(self, node: Expression, frame: Frame) -> Value:
        if isinstance(node, Join):
            return _joined([self.value(part, frame) for part in node.parts])
        if isinstance(node, Operation) and node.operands:
            values = [self.value(operand, frame) for operand in node.operands]
            return values[0] if node.operator in {"await", "?"} else None
        if isinstance(node, Other) and node.kind == "block":
            self.run([child for child in node.children if isinstance(child, Statement)], frame)
            return frame.returned.pop() if frame.returned and isinstance(node.children[-1] if node.children else None, Return) else None
        return None

    def _path(self, node: Name | Attribute, frame: Frame) -> Value:
        """A variable, or something that a path names: of the target, or of another crate."""
        path = dotted(node)
        head, _, rest = path.partition(".")
        holder = frame.holder(head)
        if holder is not None:
            return holder.names[head] if not rest else None
        if head == "Self" and frame.owner:
            path, head = f"{frame.owner}.{rest}" if rest else frame.owner, frame.owner
        found = self._definition(frame.module, path) if path and "(" not in path and "[" not in path else None
        if found is None:
            return Foreign(self._foreign(frame.module, path)) if path else None
        home, bound = found
        if isinstance(bound, Function):
            return Func(bound, home, Frame(home, owner=path.rpartition(".")[0].rpartition(".")[2]), path.rpartition(".")[2])
        if isinstance(bound, Class | Module):
            return Foreign((f"self::{path.replace('.', '::')}",))
        return self.value(bound, Frame(home)) if isinstance(bound, Literal | Join | Call | Sequence) else None

    def _definition(self, module: Module, path: str) -> tuple[Module, object] | None:
        head = path.partition(".")[0]
        if head in {"crate", "self", "super"}:
            found = modules.find(self.project.paths, module.path, path.replace(".", "::"))
            if found is None:
                return None
            home = self.project.module(found[0])
            if home is None or not found[1]:
                return (home, home) if home is not None else None
            return self.project.definition(found[0], ".".join(found[1]))
        return self.project.definition(module.path, path)

    def _foreign(self, module: Module, path: str) -> tuple[str, ...]:
        """The paths that a name may have in other crates."""
        written = path.replace(".", "::")
        head, sep, rest = written.partition("::")
        if head in module.imports:
            source, name = module.imports[head]
            return (f"{source}::{name}{sep}{rest}" if name else f"{source}{sep}{rest}",)
        stars = [node.module for node in module.body if isinstance(node, Import) and node.name == "*"]
        return (written, *(f"{star}::{written}" for star in stars))

    # calls

    def _call(self, call: Call, frame: Frame) -> Value:
        self._steps += 1
        callee = call.callee
        if isinstance(callee, Attribute):
            receiver = self.value(callee.object, frame)
            if isinstance(receiver, Branch):
                return receiver.dialect.method(receiver, callee.name, self.invocation(call, frame))
            if isinstance(receiver, Text | Items):
                return self._of_text(receiver, callee.name, call, frame)
            if dotted(callee.object) == "self" and frame.owner:
                found = self._definition(frame.module, f"{frame.owner}.{callee.name}")
                if found is not None and isinstance(found[1], Function):
                    return self.invoke(Func(found[1], found[0], Frame(found[0], owner=frame.owner)), self._values(call, frame), bound=True)
        function = self.value(callee, frame)
        if isinstance(function, Func):
            return self.invoke(function, self._values(call, frame))
        return self._made(function, call, frame)

    def _values(self, call: Call, frame: Frame) -> tuple[Value, ...]:
        return tuple(self.value(argument, frame) for argument in call.arguments)

    def _of_text(self, receiver: Text | Items, name: str, call: Call, frame: Frame) -> Value:
        values = list(self._values(call, frame))
        if isinstance(receiver, Items):
            if name in {"concat", "join"}:
                return _joined(receiver.values)
            if name in {"append", "extend", "push"} and values:
                receiver.values += values[0].values if isinstance(values[0], Items) else values
                return None
        return receiver if name in _SAME or isinstance(receiver, Items) else None

    def _made(self, function: Value, call: Call, frame: Frame) -> Value:
        """A call of another crate's function: what a framework makes of it, or what it hands on."""
        invocation = self.invocation(call, frame)
        foreign = function if isinstance(function, Foreign) else Foreign((dotted(call.callee).replace(".", "::"),))
        for dialect in self.dialects:
            name = dialect.own(foreign)
            made = dialect.create(name, invocation) if name else None
            if made is not None:
                return made
        for argument in invocation.arguments:
            if isinstance(argument.value, Func) and id(argument.value.function) not in self._invoked and not argument.value.name:
                self.invoke(argument.value, ())
        handed = [argument.value for argument in invocation.arguments if isinstance(argument.value, Branch | Text)]
        last = foreign.name.rpartition("::")[2]
        if len(invocation.arguments) == 1 and handed and (last in {"Ok", "Some", "new", "from", "Box"} or last in _SAME):
            return handed[0]
        return Foreign(foreign.names, tuple(argument.value for argument in invocation.arguments))

    def invocation(self, call: Call, frame: Frame) -> Invocation:
        """A call with the values of its arguments."""
        arguments = tuple(
            Argument(self.value(node, frame), Site(frame.module.path, node.line, node.end), _written(node), node) for node in call.arguments
        )
        return Invocation(call, arguments, frame)

    def invoke(self, func: Func, values: tuple[Value, ...], *, bound: bool = False) -> Value:
        """Follow a call of a function: what it returns."""
        function = func.function
        if id(function) in self._calls:
            return None
        if self._steps > MAX_STEPS or len(self._calls) >= MAX_CALLS:
            self._cut = True
            return None
        self._invoked.add(id(function))
        frame = Frame(func.module, func.frame, owner=func.frame.owner if func.frame is not None else "")
        parameters = function.parameters[1:] if bound and function.parameters and function.parameters[0].name == "self" else function.parameters
        for position, parameter in enumerate(parameters):
            value = values[position] if position < len(values) else None
            frame.names[parameter.name] = value if value is not None else self._assumed(parameter.annotation, func, function)
        self._calls.append(id(function))
        try:
            self.run(function.body, frame)
        finally:
            self._calls.pop()
        return next((value for value in frame.returned if isinstance(value, Branch | Items | Text)), frame.returned[-1] if frame.returned else None)

    def _assumed(self, annotation: Expression | None, func: Func, function: Function) -> Value:
        """A router for a parameter of that type, whose caller is not known."""
        name = type_name(annotation)
        for dialect in self.dialects:
            if name in dialect.types and any(f"{crate}::" in (self.project.text(func.module.path) or "") for crate in dialect.crates):
                made = Branch(dialect, Site(func.module.path, function.line, function.end))
                self.branches.append(made)
                return made
        return None


def type_name(annotation: object) -> str:
    """The last part of a type's name without the types it is made of."""
    while isinstance(annotation, Subscript):
        annotation = annotation.object
    return dotted(annotation).rpartition(".")[2]


def _joined(values: list[Value]) -> Value:
    """Text put together; what is not known is a parameter, at its beginning nothing."""
    text = ""
    for value in values:
        text += value.value if isinstance(value, Text) else "{value}" if text else ""
    return Text(text[:MAX_TEXT])


def _functions(body: Iterable[object], owner: str) -> Iterator[tuple[Function, str]]:
    for node in body:
        if isinstance(node, Function):
            yield node, owner
        elif isinstance(node, Class):
            inner = "" if any(keyword.name == "module" for keyword in node.keywords) else node.name
            yield from _functions(node.body, inner)


def _parts(call: Call) -> tuple[Expression, ...]:
    return (call.callee, *call.arguments)


def _written(node: Expression) -> str:
    return dotted(node).replace(".", "::")


def _is_test(path: str) -> bool:
    return (
        is_test(path) or path.startswith(("tests/", "benches/", "examples/")) or any(f"/{part}/" in path for part in ("tests", "benches", "examples"))
    )
