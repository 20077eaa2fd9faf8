"""Reads files with the rules: one summary per function, files of the project joined by their imports, all work bounded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from threat_modeling.codebase.pack import Pack, pack
from threat_modeling.codebase.prefilter import Relevance
from threat_modeling.codebase.syntax import Assign, Call, Class, Function, Module, Name, Node, dotted
from threat_modeling.codebase.taint import filled
from threat_modeling.codebase.taint.entry import set_from_outside
from threat_modeling.codebase.taint.expressions import SELF
from threat_modeling.codebase.taint.filled import LANGUAGES as FILLED
from threat_modeling.codebase.taint.frame import Frame, ParameterHit, Summary, function_label
from threat_modeling.codebase.taint.statements import Statements
from threat_modeling.codebase.taint.typed import LANGUAGES as TYPED
from threat_modeling.codebase.taint.typed import declared
from threat_modeling.codebase.taint.values import ClassRef, FunctionRef, Hop, Scope, Taint, Value, either, merge_taints

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from threat_modeling.codebase.pack import Entry
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Parameter
    from threat_modeling.codebase.taint.site import Site

MAX_DEPTH = 170
"""Levels of expressions, statements and calls in calls; Python's own stack holds about five frames for each."""
MAX_NESTED_CALL = 110
MAX_STEPS = 400_000
"""Expressions and statements read while one file is analyzed, those of the functions it calls in other files included."""
MAX_HITS = 60
CONSTRUCTORS = frozenset({"__init__", "constructor"})
MAX_BASES = 5


@dataclass(frozen=True, slots=True)
class Sighting:
    """A match without taint: where a rule's name and conditions hold."""

    entry: Entry
    site: Site
    path: str
    function: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """A sink that is reached: by a source, or (`taint.source` None) by text built from a parameter."""

    entry: Entry
    taint: Taint
    sink: Hop
    function: str


@dataclass(slots=True)
class Engine:
    """The analysis of one project."""

    project: Project
    handlers: Mapping[tuple[str, int], Collection[str]] = field(default_factory=dict)
    """(path, first line) of a function that serves an entry point -> its parameters that a path fills and that can be no text."""
    sightings: list[Sighting] = field(default_factory=list)
    reaches: dict[tuple[str, str, int], Reach] = field(default_factory=dict)
    packs: Callable[[str], Pack] = pack
    """The rules of a language."""
    modules: frozenset[str] | None = None
    """The modules of rules that the target says, see `mentioned`; None where every function is to be read."""
    exhausted: set[str] = field(default_factory=set)
    """Files whose analysis was cut short by the budget."""
    bodies: dict[tuple[int, str, str], Scope] = field(default_factory=dict)
    """The names that the body of a class of Java or Kotlin binds: its methods see them."""
    _settings: dict[str, dict[str, str]] = field(default_factory=dict)
    _summaries: dict[str, Summary] = field(default_factory=dict)
    _active: set[str] = field(default_factory=set)
    _hits: dict[str, list[ParameterHit]] = field(default_factory=dict)
    _scopes: dict[str, Statements] = field(default_factory=dict)
    _classes: dict[str, ClassRef] = field(default_factory=dict)
    _methods: dict[ClassRef, dict[str, Function | tuple[Function]]] = field(default_factory=dict)
    _definitions: dict[tuple[str, str], Value | None] = field(default_factory=dict)
    _seen: set[tuple[int, str, int, int]] = field(default_factory=set)
    _depth: int = 0
    _steps: int = 0

    def analyze(self, module: Module) -> None:
        """Read a whole file: its body, every function, every method."""
        self._steps = 0
        frame = self._frame_of(module)
        for ref in self._telling(module, frame.pending):
            self.summary(ref)
        frame.pending = []
        if self._steps > MAX_STEPS:
            self.exhausted.add(module.path)

    def _telling(self, module: Module, pending: list[FunctionRef]) -> list[FunctionRef]:
        """The functions to read for their own sake: those that say something, are called from outside, decorated, or make an object."""
        text = self.project.text(module.path)
        if self.modules is None or text is None:
            return pending
        places = [(ref.node.name, ref.node.line, ref.node.end) for ref in pending]
        told = Relevance(module.language, self.modules).functions(text, places, self.project.words(module.path))
        return [
            ref
            for index, ref in enumerate(pending)
            if index in told or ref.node.decorators or ref.node.name in CONSTRUCTORS or (module.path, ref.node.line) in self.handlers
        ]

    def enter(self) -> bool:
        """Go one level deeper; False where the budget of depth or steps is spent."""
        self._steps += 1
        if self._depth >= MAX_DEPTH or self._steps > MAX_STEPS:
            return False
        self._depth += 1
        return True

    def leave(self) -> None:
        """Go one level up."""
        self._depth -= 1

    def summary(self, ref: FunctionRef) -> Summary | None:
        """Return the summary of a function, made on first use; None while it is being made (recursion) or beyond the budget."""
        key = ref.key
        if key in self._summaries:
            return self._summaries[key]
        if key in self._active or self._depth > MAX_NESTED_CALL or self._steps > MAX_STEPS:
            return None
        self._active.add(key)
        self._depth += 4
        frame = self._frame(ref)
        frame.execute(ref.node.body)
        summary = Summary(ref, either(frame.returned), self._hits.setdefault(key, []))
        self._depth -= 4
        self._active.discard(key)
        self._summaries[key] = summary
        for inner in frame.pending:
            self.summary(inner)
        return summary

    def _frame_of(self, module: Module) -> Statements:
        """A file's body, read once; a file that imports itself in a circle sees what is there so far."""
        if module.path not in self._scopes:
            frame = Statements(self, module, self.packs(module.language), Scope())
            self._scopes[module.path] = frame
            frame.execute(module.body)
        return self._scopes[module.path]

    def _frame(self, ref: FunctionRef) -> Statements:
        """A function's frame with its parameters bound."""
        node, module = ref.node, ref.module
        rules = self.packs(module.language)
        frame = Statements(self, module, rules, Scope(parent=ref.scope), ref, function_label(node, ref.klass))
        decorators = [(decorator, _decorator_name(frame, decorator)) for decorator in node.decorators]
        frame.returns = [entry for _, name in decorators for entry in rules.returns.get(name)]
        lines = {node.line, *(d.line for d in node.decorators if module.language in TYPED)}  # routes of the JVM begin with their annotations
        served = [self.handlers[module.path, line] for line in lines if (module.path, line) in self.handlers]
        entry_positions = set_from_outside(self.project, ref, rules, [name for _, name in decorators], serves=bool(served))
        entry_positions -= {index for index, parameter in enumerate(node.parameters) if any(parameter.name in plain for plain in served)}
        for index, parameter in enumerate(node.parameters):
            frame.scope.names.update(self._parameter(frame, ref, index, parameter, outside=index in entry_positions))
        return frame

    def _parameter(self, frame: Frame, ref: FunctionRef, index: int, parameter: Parameter, *, outside: bool) -> Iterable[tuple[str, Value]]:
        """The names that a parameter binds, with what they hold."""
        if index == 0 and parameter.name in SELF and ref.klass is not None:
            base = next((frame_name for base in ref.klass.node.bases if (frame_name := self.project.qualified(ref.module, base))), "")
            yield parameter.name, Value(name=base or parameter.name, instance=ref.klass)
            return
        taint = Taint(owner=ref.key, parameter=index)
        if ref.module.language in TYPED:
            yield parameter.name, self._typed_parameter(frame, ref, taint, parameter, outside=outside)
            return
        if ref.module.language in FILLED:
            given = (Taint(source=frame.hop("source", f"parameter {parameter.name}", parameter)), taint) if outside else (taint,)
            plain = Value(taints=given, name=parameter.name, node=Name(parameter.line, parameter.end, parameter.name))
            known = filled.declared(ref.module, parameter.annotation, plain)
            known = frame.sourced(known, parameter) if isinstance(frame, Statements) else known
            yield from ((name, known) for name in (parameter.name, *parameter.binds) if name)
            return
        taints: tuple[Taint, ...] = (taint,)
        if outside:
            source = frame.hop("source", f"parameter {parameter.name or ', '.join(parameter.binds)}", parameter)
            taints = merge_taints([(Taint(source=source),), taints])
        for name in (parameter.name, *parameter.binds):
            if name:
                written = name if name == parameter.name else f"req.{name}" if index == 0 else name
                value = Value(taints=taints, name=written, node=Name(parameter.line, parameter.end, name))
                yield name, frame.sourced(value, parameter) if isinstance(frame, Statements) else value

    def _typed_parameter(self, frame: Frame, ref: FunctionRef, taint: Taint, parameter: Parameter, *, outside: bool) -> Value:
        """What a parameter of Java or Kotlin holds, known by its type."""
        source = frame.hop("source", f"parameter {parameter.name}", parameter) if outside else None
        taints = (Taint(source=source), taint) if source is not None else (taint,)
        value = Value(taints=taints, name=parameter.name, node=Name(parameter.line, parameter.end, parameter.name))
        return declared(ref.module, parameter.annotation, value)

    def definition(self, frame: Frame, name: str) -> Value | None:
        """Return what a dotted name of a file is in another file of the project."""
        key = (frame.module.path, name)
        if key not in self._definitions:
            self._definitions[key] = None
            self._definitions[key] = self._define(frame.module, name)
        return self._definitions[key]

    def _define(self, module: Module, name: str) -> Value | None:
        found = self.project.definition(module.path, name) if self._depth <= MAX_NESTED_CALL else None
        if found is None or isinstance(found[1], Module) or found[0].path == module.path:
            return None
        home, bound = found
        self._depth += 4
        frame = self._frame_of(home)
        self._depth -= 4
        if isinstance(bound, Function):
            known = frame.scope.get(bound.name) if bound.name else None
            if known is not None and known.function is not None and known.function.node.line == bound.line:
                return known
            return Value(function=FunctionRef(bound, home, frame.scope), name=bound.name, node=bound)
        if isinstance(bound, Class):
            return Value(klass=self.class_ref(bound, home, frame.scope), name=bound.name, node=bound)
        tail = name.rpartition(".")[2]
        value = frame.scope.get(tail) or frame.scope.get("exports.default")
        return value if value is not None else frame.evaluate(bound if isinstance(bound, Node) else None)

    def type(self, frame: Frame, name: str) -> Value | None:
        """Return the class of the project that a full name of Java or Kotlin stands for."""
        key = (frame.module.path, name)
        if key not in self._definitions:
            self._definitions[key] = None
            package, _, last = name.rpartition(".")
            found = self.project.imported(frame.module.path, package, last)
            if found is not None and isinstance(found[1], Class) and self._depth <= MAX_NESTED_CALL:
                self._depth += 4
                scope = self._frame_of(found[0]).scope
                self._depth -= 4
                self._definitions[key] = Value(klass=self.class_ref(found[1], found[0], scope), name=name, node=found[1])
        return self._definitions[key]

    def settings(self, name: str) -> dict[str, str]:
        """Return the settings of a `.properties` file of the project."""
        if name not in self._settings:
            wanted = "/" + name.lstrip("/")
            path = next((path for path in sorted(self.project.paths) if f"/{path}".endswith(wanted) and path.endswith(".properties")), None)
            lines = (self.project.text(path) or "").split("\n") if path is not None else []
            pairs = (line.partition("=") for line in lines if not line.lstrip().startswith(("#", "!")))
            self._settings[name] = {key.strip(): value.strip() for key, separator, value in pairs if separator}
        return self._settings[name]

    def class_ref(self, node: Class, module: Module, scope: Scope) -> ClassRef:
        """Return the one reference to a class."""
        key = f"{module.path}:{node.line}:{node.name}"
        if key not in self._classes:
            self._classes[key] = ClassRef(node, module, Scope(parent=None))
        del scope
        return self._classes[key]

    def method(self, klass: ClassRef, name: str) -> FunctionRef | None:
        """Return a method of a class or of its bases in the project."""
        current: ClassRef | None = klass
        for _ in range(MAX_BASES):
            if current is None:
                return None
            found = self._members(current).get(name)
            if found is not None:
                scope = self._frame_of(current.module).scope
                if isinstance(found, Function):
                    inside = self.bodies.get((current.node.line, current.module.path, current.node.name), scope)
                    return FunctionRef(found, current.module, inside, current)
                return FunctionRef(found[0], current.module, scope, current)
            if current.module.language in FILLED and (part := self._part(current, name)) is not None:
                return part
            current = self._base(current)
        return None

    def _members(self, klass: ClassRef) -> dict[str, Function | tuple[Function]]:
        """The methods that a class itself writes, by name; a function that it assigns to the name stands in a tuple."""
        if klass not in self._methods:
            methods = self._methods[klass] = {}
            for member in klass.node.body:
                if isinstance(member, Function):
                    methods.setdefault(member.name, member)
                elif isinstance(member, Assign) and isinstance(member.value, Function):
                    methods.setdefault(dotted(member.targets[0]), (member.value,))
        return self._methods[klass]

    def _part(self, klass: ClassRef, name: str) -> FunctionRef | None:
        """A method that another file declares: of Go any, of C# those of a partial class."""
        found = self.project.definition(klass.module.path, f"{klass.node.name}.{name}")
        if found is None or not isinstance(found[1], Function) or found[0].path == klass.module.path:
            return None
        home = self.project.definition(found[0].path, klass.node.name)
        part = self.class_ref(home[1], home[0], Scope()) if home is not None and isinstance(home[1], Class) else klass
        return FunctionRef(found[1], found[0], self._frame_of(found[0]).scope, part)

    def _base(self, klass: ClassRef) -> ClassRef | None:
        """The first base class that the project defines."""
        frame = self._frame_of(klass.module)
        for base in klass.node.bases:
            value = frame.evaluate(base)
            if value.klass is not None and value.klass is not klass:
                return value.klass
        return None

    def observe(self, entry: Entry, site: Site, frame: Frame) -> None:
        """Take note of a match without taint, once per place."""
        key = (id(entry), frame.module.path, site.node.line, site.node.end)
        if key not in self._seen:
            self._seen.add(key)
            self.sightings.append(Sighting(entry, site, frame.module.path, frame.label, frame.context()))

    def reached(self, entry: Entry, taint: Taint, sink: Hop, function: str) -> None:
        """Take note of a sink that a source reaches; of a parameter, for the callers."""
        if taint.source is not None:
            self._keep(Reach(entry, taint, sink, function))
            return
        hits = self._hits.setdefault(taint.owner, [])
        known = (entry.id, entry.match.joined, sink, taint.parameter)
        if len(hits) < MAX_HITS and all((h.entry.id, h.entry.match.joined, h.sink, h.taint.parameter) != known for h in hits):
            hits.append(ParameterHit(entry, taint, sink, function))

    def built(self, entry: Entry, taint: Taint, sink: Hop, function: str) -> None:
        """Take note of a parameter that reaches a sink from callers that are not seen."""
        self._keep(Reach(entry, taint, sink, function))

    def _keep(self, reach: Reach) -> None:
        """Keep one reach per rule and line: an attacker's before a mere parameter's, a short way before a long one."""
        key = (reach.entry.id, reach.sink.path, reach.sink.line)
        known = self.reaches.get(key)
        if known is None or _rank(reach) < _rank(known):
            self.reaches[key] = reach


def _rank(reach: Reach) -> tuple[bool, int]:
    return reach.taint.source is None, len(reach.taint.hops)


def _decorator_name(frame: Statements, decorator: Expression) -> str:
    """The dotted name of a decorator, without its arguments."""
    target = decorator.callee if isinstance(decorator, Call) else decorator
    return frame.evaluate(target).name or dotted(target)
