"""Reads code that registers routes by calling: prefixes of nested blocks, functions that register for others, what runs before.

A framework says with `visit` what its calls mean; everything else is followed: chains, lambdas, and functions of the target that
a block calls, with what they are given. A function that another one calls is read there only, under that one's prefix.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.calls import method_of
from threat_modeling.codebase.jvm.classes import Key, Place, key_of, modules_of, places, written
from threat_modeling.codebase.jvm.methods import Methods
from threat_modeling.codebase.jvm.paths import joined, template
from threat_modeling.codebase.jvm.routes import Reading, handler_of, reading, route
from threat_modeling.codebase.jvm.servlet_requests import reads
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Function, Name, Node, Operation, children, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.observations import EntryPointType, Guard, Handler, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression

MAX_INLINE: Final = 8
MAX_STEPS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Context:
    """Where a call is read: names and classes around it, the prefix, and the guards of the blocks around it."""

    place: Place
    prefix: str = ""
    guards: tuple[Guard, ...] = ()
    depth: int = 0

    def under(self, path: str) -> Context:
        """The same, one prefix deeper."""
        return replace(self, prefix=joined(self.prefix, path) if path else self.prefix)

    def guarded(self, *guards: Guard) -> Context:
        """The same behind more guards."""
        return replace(self, guards=(*self.guards, *guards))


class Dsl:
    """One framework's reader; a subclass says what differs."""

    framework: ClassVar[str] = ""
    keywords: ClassVar[tuple[str, ...]] = ()
    words: ClassVar[frozenset[str]] = frozenset()
    """Names of calls that register something: a function of the target that has none is not followed."""

    def __init__(self, project: Project) -> None:
        self.read: Reading = reading(project)
        self.methods = Methods(self.read.types)
        self.found: list[Route] = []
        self._inlined: set[Key] = set()
        self._speaks: dict[Key, bool] = {}
        self._active: set[Key] = set()
        self._steps = 0

    def routes(self) -> Iterator[Route]:
        """Every route that code registers; what a function registers for its callers is found there."""
        starts = [start for module in modules_of(self.read.project, self.keywords) for start in self.starts(module)]
        for _ in range(2 if self.words else 1):
            self.found = []
            known = set(self._inlined)
            for place, body, owner in starts:
                if owner not in known:
                    self._begin(place, body, owner)
        yield from self.found

    def _begin(self, place: Place, body: tuple[Node, ...], owner: Key) -> None:
        """Read one function that no other one calls."""
        self._steps = 0
        self._active = {owner}
        try:
            self.walk(body, self.start(place))
        except RecursionError:
            self.read.project.cut_short(place.module.path, "routes are registered by code that is nested too deeply")

    def starts(self, module: object) -> Iterator[tuple[Place, tuple[Node, ...], Key]]:
        """What is read: functions, and values of the file and of its classes."""
        around = [Place(module), *places(module)]  # type: ignore[arg-type]
        for place in around:
            body = place.node.body if place.classes else place.module.body
            for member in body:
                if isinstance(member, Function):
                    yield place, member.body, key_of(place.module.path, member)
                elif not isinstance(member, Class):
                    value = member.value if isinstance(member, Assign) and member.value is not None else member
                    yield place, (member,), key_of(place.module.path, value)

    def start(self, place: Place) -> Context:
        """The context that a function is read in."""
        return Context(place)

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """Read a call; True where it is read to the end, arguments included."""
        raise NotImplementedError

    def walk(self, nodes: Iterable[object], context: Context) -> Context:
        """Read statements and expressions in order; the context after them knows the names that they bound."""
        for node in nodes:
            self._steps += 1
            if self._steps > MAX_STEPS or not isinstance(node, Node):
                continue
            if isinstance(node, Call):
                self.call(node, context)
            elif isinstance(node, Assign):
                self.assigned(node, context)
                self.walk((node.value,), context)
                bound: dict[str, Expression] = {t.id: node.value for t in node.targets if isinstance(t, Name) and node.value is not None}
                context = replace(context, place=context.place.inside(bound)) if bound else context
            elif isinstance(node, Class):
                for member in node.body:
                    self.walk(member.body if isinstance(member, Function) else (member,), context)
            elif isinstance(node, Function):
                self.walk(node.body, context)
            else:
                self.walk(children(node), context)
        return context

    def assigned(self, node: Assign, context: Context) -> None:
        """Read an assignment; most frameworks register nothing by one."""

    def call(self, call: Call, context: Context) -> None:
        """Read a call: the framework's meaning, or its parts and the function that it runs."""
        if self.visit(call, method_of(call), context):
            return
        if isinstance(call.callee, Attribute):
            self.walk((call.callee.object,), context)
        elif not isinstance(call.callee, Name):
            self.walk((call.callee,), context)
        if not self._inline(call, context):
            self.walk((*call.arguments, *(keyword.value for keyword in call.keywords)), context)

    def _inline(self, call: Call, context: Context) -> bool:
        found = self.function(call.callee, context.place) if context.depth < MAX_INLINE else None
        if found is None or key_of(found[0].module.path, found[1]) in self._active or not self._registers(*found):
            return False
        place, function = found
        given = dict(zip((p.name for p in function.parameters), call.arguments, strict=False))
        resolved = {name: self._known(context.place, value) for name, value in given.items() if name}
        key = key_of(place.module.path, function)
        self._inlined.add(key)
        self._active.add(key)
        self.walk(function.body, replace(context, place=place.inside(resolved), depth=context.depth + 1))
        self._active.discard(key)
        return True

    def _known(self, place: Place, value: Expression) -> Expression:
        """An argument with its constant text worked out where it is given."""
        from threat_modeling.codebase.syntax import Literal  # noqa: PLC0415

        text = self.read.constants.text(place, value)
        return value if text is None else Literal(value.line, value.end, text)

    def _registers(self, place: Place, function: Function) -> bool:
        key = key_of(place.module.path, function)
        if key not in self._speaks:
            self._speaks[key] = any(isinstance(node, Call) and method_of(node) in self.words for node in walk(function.body))
        return self._speaks[key]

    def function(self, callee: object, place: Place) -> tuple[Place, Function] | None:
        """The function of the target that a name or a reference stands for, with the class around it."""
        return self.methods.find(callee, place)

    def text(self, context: Context, node: object) -> str | None:
        """The constant text of an expression."""
        return self.read.constants.text(context.place, node)

    def handler(self, node: object, context: Context) -> tuple[Place, Function] | None:
        """The code that an argument stands for: a lambda, a method reference, an object with one method for requests."""
        if isinstance(node, Function):
            return context.place, node
        if isinstance(node, Operation) and node.operands:
            return self.handler(node.operands[-1], context)
        if isinstance(node, Name | Attribute):
            value = context.place.names.get(dotted(node))
            return self.function(node, context.place) or (self.handler(value, context) if isinstance(value, Function | Call) else None)
        return self._made(node, context) if isinstance(node, Call) else None

    def _made(self, node: Call, context: Context) -> tuple[Place, Function] | None:
        """The method of a new object that serves requests."""
        if isinstance(node.callee, Class):
            inside = Place(context.place.module, (*context.place.classes, node.callee))
            return next(((inside, method) for method in inside.methods() if method.name != "constructor"), None)
        made = self.read.types.find(context.place, written(node.callee))
        return self._serving(made) if made is not None else None

    def _serving(self, place: Place) -> tuple[Place, Function] | None:
        names = ("handle", "serve", "invoke", "apply", "call", "accept")
        return next(((place, method) for name in names for method in place.methods() if method.name == name), None)

    def add(
        self,
        verb: str,
        path: str,
        call: Node,
        context: Context,
        handler: object = None,
        *,
        guards: Iterable[Guard] = (),
        kind: EntryPointType = "http",
    ) -> None:
        """Take note of a route at a path below the context's prefix."""
        found = self.handler(handler, context)
        served: Handler | None = None
        if found is not None:
            place, function = found
            name = function.name or (handler.name if isinstance(handler, Attribute) else "")
            label = f"{place.label}.{name}" if name and place.label else name or place.label
            served = handler_of(place, function, label)
        made = route(
            self.read.project,
            self.framework,
            verb,
            template(joined(context.prefix, path)),
            (context.place.module.path, call),
            handler=served,
            parameters=reads(self.read, *found) if found is not None else (),
            guards=(*context.guards, *guards),
            kind=kind,
        )
        self.found.append(made)
