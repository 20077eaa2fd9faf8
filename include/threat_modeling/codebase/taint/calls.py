"""Reads calls: sinks, what makes values safe, functions of the project, and what a call gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from threat_modeling.codebase.syntax import Attribute, Call, Function, Literal, Mapping, Name, Operation, Other, Sequence, dotted
from threat_modeling.codebase.taint import filled, typed
from threat_modeling.codebase.taint.expressions import SELF, Expressions
from threat_modeling.codebase.taint.filled import LANGUAGES as FILLED
from threat_modeling.codebase.taint.site import Site
from threat_modeling.codebase.taint.typed import LANGUAGES as TYPED
from threat_modeling.codebase.taint.values import UNKNOWN, FunctionRef, Scope, Value, merge_taints, tainted

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Expression, Node
    from threat_modeling.codebase.taint.frame import Summary
    from threat_modeling.codebase.taint.site import Argument
    from threat_modeling.codebase.taint.values import Taint

CHANGING = frozenset(
    {"append", "add", "push", "extend", "insert", "update", "unshift", "set", "setdefault", "write", "put", "assign", "merge", "writelines"}
)
"""Methods that store what they are given in their object."""

ITERATING = frozenset({"map", "forEach", "filter", "then", "reduce", "some", "every", "find", "flatMap", "tap", "each"})
"""Methods that hand what their object holds to the function they are given."""

FORMATTING = frozenset({"format", "format_map", "concat", "join"})
OBJECTS_FROM = frozenset({"Object.assign", "dict"})


class Calls(Expressions):
    """The part of a frame that reads calls."""

    __slots__ = ()

    def call(self, node: Call) -> Value:
        """Read a call."""
        callee, owner = self.callee(node)
        site = self.site(node, callee, owner)
        entries = list(self.pack.calls.get(site.name))
        if entries:
            self.match(entries, site)
        if self.module.language in FILLED:
            filled.fill(self, node, site, callee, owner)
        known = self.typed_result(node, site, callee, owner) if self.module.language in TYPED else filled.converted(node, owner)
        if known is not None:
            return known
        if owner is not None and isinstance(node.callee, Attribute):
            self.changed(node.callee, site)
        return self.cleaned(site, self.result(node, site, callee, owner))

    def typed_result(self, node: Call, site: Site, callee: Value, owner: Value | None) -> Value | None:
        """What Java and Kotlin tell of collections, builders and constant texts."""
        if callee.klass is None and (made := typed.made(node, site.name)) is not None:
            return made
        if isinstance(node.callee, Attribute) and node.callee.name in {"append", "insert"}:
            typed.appended(self, node, site)
        return typed.called(self, node, site, owner)

    def callee(self, node: Call) -> tuple[Value, Value | None]:
        """What is called, and the object it is a method of."""
        if not isinstance(node.callee, Attribute):
            return self.evaluate(node.callee), None
        if isinstance(node.callee.object, Name):
            known = self.stored(node.callee.object.id, node.callee.name)
            if known is not None:
                return known, self.evaluate(node.callee.object)
        owner = self.evaluate(node.callee.object)
        return self.member(owner, node.callee), owner

    def site(self, node: Call, callee: Value, owner: Value | None) -> Site:
        """The call with its arguments read."""
        name = callee.name or (f"?.{node.callee.name}" if isinstance(node.callee, Attribute) else "?")
        if isinstance(node.callee, Call):
            name = f"{name}.()"  # what a call gave back is called: not the same function again
        arguments: list[Argument] = []
        for argument in node.arguments:
            if isinstance(argument, Function) and owner is not None and owner.taints and isinstance(node.callee, Attribute):
                arguments.append((argument, self.handed(argument, owner, node.callee.name)))
            else:
                arguments.append((argument, self.evaluate(argument)))
        outer = self.assigning
        keywords: dict[str, Argument] = {}
        for keyword in node.keywords:
            self.assigning = keyword.name or outer
            value = self.evaluate(keyword.value)
            keywords[keyword.name or "**"] = (keyword.value, value)
            if isinstance(node.callee, Other) and keyword.name:
                self.keyed(keyword.name, keyword.value, value)
        self.assigning = outer
        receiver = None if owner is None else (node.callee.object if isinstance(node.callee, Attribute) else None, owner)
        return Site(node, name, tuple(arguments), keywords, receiver, context=self.context())

    def handed(self, function: Function, owner: Value, method: str) -> Value:
        """A function given to a method of a tainted object: read in place, where the method hands it what the object holds."""
        if method not in ITERATING or not function.parameters:
            return self.evaluate(function)
        first = function.parameters[0]
        names = {name: Value(taints=owner.taints, name=name) for name in (first.name, *first.binds) if name}
        ref = FunctionRef(function, self.module, self.scope, self.klass)
        inner = type(self)(self.engine, self.module, self.pack, Scope(names, self.scope), ref, self.label)
        inner.assigning = self.assigning
        inner.execute(function.body)
        self.pending.extend(inner.pending)
        return Value(taints=tainted(inner.returned), node=function)

    def changed(self, callee: Attribute, site: Site) -> None:
        """Keep in an object what a method stores in it."""
        if callee.name not in CHANGING or not isinstance(callee.object, Name):
            return
        known = self.scope.get(callee.object.id)
        added = tainted([value for _, value in (*site.arguments, *site.keywords.values())])
        if known is not None and added:
            self.scope.names[callee.object.id] = replace(known, taints=merge_taints([known.taints, added]), constant=UNKNOWN, elements=None)

    def result(self, node: Call, site: Site, callee: Value, owner: Value | None) -> Value:
        """What a call gives back."""
        if callee.klass is not None:
            return self.constructed(site, callee)
        target = self.target(node, callee, owner)
        if target is not None:
            summary = self.engine.summary(target)
            if summary is not None:
                bound = owner is not None and owner.klass is None
                return self.applied(summary, site, bound=bound)
        method = node.callee.name if isinstance(node.callee, Attribute) else ""
        if method in FORMATTING and owner is not None and owner.text is not None:
            return self.formatted(node, site, owner)
        values = [value for _, value in (*site.arguments, *site.keywords.values())]
        if site.name in OBJECTS_FROM and any(value.fields for value in values):
            fields = {key: value for source in values for key, value in (source.fields or {}).items()}
            return Value(taints=tainted(values), fields=fields, node=node)
        taints = merge_taints([callee.taints, owner.taints if owner else (), *(value.taints for value in values)])
        # A wrapper of a text (`text(sql)`, `sql.strip()`) still shows what the text says.
        text = next((value.text for value in [*values[:1], *([owner] if owner else [])] if value.text is not None), None) if taints else None
        return Value(taints=taints, text=text, name=callee.name, node=node)

    def formatted(self, node: Call, site: Site, owner: Value) -> Value:
        """`"...".format(a)`, `",".join(parts)`: text made of the template and the arguments."""
        values = [value for _, value in (*site.arguments, *site.keywords.values())]
        made = self.text_of([owner, *values] if node.keywords or len(values) != 1 else [owner, values[0]], node)
        beginning = (owner.text or "").partition("{")[0]
        constant = Value(constant=beginning, text=beginning)
        taints = self.prefixed(tainted(values, joined=True), [constant])
        return replace(made, taints=merge_taints([taints, owner.taints]), text=owner.text)

    def constructed(self, site: Site, callee: Value) -> Value:
        """A new object of a class of the project."""
        klass = callee.klass
        if klass is None:
            return Value()
        values = [value for _, value in (*site.arguments, *site.keywords.values())]
        for name in ("__init__", "constructor"):
            method = self.engine.method(klass, name)
            summary = self.engine.summary(method) if method else None
            if summary is not None:
                self.applied(summary, site, bound=True)
        return Value(taints=tainted(values), instance=klass, name=callee.name, node=site.node)

    def target(self, node: Call, callee: Value, owner: Value | None) -> FunctionRef | None:
        """The function of the project that a call runs, where it is known."""
        if callee.function is not None:
            return callee.function
        if isinstance(node.callee, Name) and self.module.language in TYPED and self.klass is not None:
            return self.engine.method(self.klass, node.callee.id)
        if owner is None or not isinstance(node.callee, Attribute):
            return None
        klass = owner.instance or owner.klass
        if klass is None and isinstance(node.callee.object, Name) and node.callee.object.id in SELF:
            klass = self.klass
        return self.engine.method(klass, node.callee.name) if klass is not None else None

    def applied(self, summary: Summary, site: Site, *, bound: bool) -> Value:
        """Put the arguments of a call in the place of a function's parameters."""
        actual = arguments_of(summary.ref, site, bound=bound)
        hop = self.hop("process", f"{summary.ref.node.name or site.name}()", site.node)
        for hit in tuple(summary.hits):
            weakness_class = getattr(hit.entry.rule, "weakness_class", "")
            for taint in actual.get(hit.taint.parameter, Value()).taints:
                if self.scope.is_clean(taint, weakness_class):
                    continue
                if hit.entry.match.joined and taint.joined and not hit.taint.joined:
                    self.ends(hit.entry, taint, self.hop("sink", site.name, site.node))  # the text is joined here: here is what to mend
                elif taint.source is None or hit.taint.joined or not hit.entry.match.joined:
                    self.engine.reached(hit.entry, taint.via(hop).into(hit.taint), hit.sink, hit.function)
        taints: list[tuple[Taint, ...]] = []
        for taint in summary.returned.taints:
            if taint.source is None and taint.owner == summary.ref.key:
                taints.append(tuple(given.via(hop).into(taint) for given in actual.get(taint.parameter, Value()).taints))
            else:
                taints.append((taint.via(hop),))
        return replace(summary.returned, taints=merge_taints(taints), fields=None, elements=None, node=site.node)

    def cleaned(self, site: Site, value: Value) -> Value:
        """The result of a call without what the call makes safe."""
        if not value.taints:
            return value
        labels = frozenset(label for cleaner in self.pack.results.get(site.name) for label in cleaner.cleans)
        if not labels:
            return value
        if "*" in labels:
            return replace(value, taints=())
        return replace(value, taints=tuple(replace(taint, clean=taint.clean | labels) for taint in value.taints))

    def guarded(self, node: Expression, *, holds: bool) -> list[tuple[tuple[Taint, ...], tuple[str, ...]]]:
        """What a condition rules out where it `holds` (or does not): taints, and the classes they are safe for then."""
        if isinstance(node, Operation):
            return self._guarding_operation(node, holds=holds)
        if isinstance(node, Name) and not holds:
            return [(self.evaluate(node).taints, ("*",))]  # empty or nothing: it can do no harm
        if isinstance(node, Call) and holds:
            name = self.callee(node)[0].name or dotted(node.callee)
            labels = tuple(label for cleaner in self.pack.guards.get(name) for label in cleaner.cleans)
            if isinstance(node.callee, Attribute) and node.callee.name in {"includes", "has", "contains", "__contains__"}:
                labels = ("*",) if self.is_list_of_constants(node.callee.object) else labels
            if self.module.language in TYPED and (compared := typed.compared(node)) is not None:
                return [(self.evaluate(compared).taints, ("*",))]
            if labels:
                parts = [*node.arguments, *([node.callee.object] if isinstance(node.callee, Attribute) else [])]
                return [(tainted([self.evaluate(part) for part in parts]), labels)]
        return []

    def _guarding_operation(self, node: Operation, *, holds: bool) -> list[tuple[tuple[Taint, ...], tuple[str, ...]]]:
        sign = node.operator
        if sign in {"not", "!"}:
            return self.guarded(node.operands[0], holds=not holds)
        if (sign in {"and", "&&"} and holds) or (sign in {"or", "||"} and not holds):
            return [fact for operand in node.operands for fact in self.guarded(operand, holds=holds)]
        if len(node.operands) != 2:
            return []
        left, right = node.operands
        if (sign == "in" and holds) or (sign == "not in" and not holds):
            return [(self.evaluate(left).taints, ("*",))] if self.is_list_of_constants(right) or self.is_chosen_set(right) else []
        if (sign in {"==", "==="} and holds) or (sign in {"!=", "!=="} and not holds):
            sides = ((left, right), (right, left))
            return [
                (self.evaluate(one).taints, ("*",))
                for one, other in sides
                if isinstance(other, Literal) and other.value not in {None, "", True, False}
            ]
        return []

    def is_chosen_set(self, node: Node) -> bool:
        """Tell a collection that no source is seen to fill: columns of a table, names of a registry. A text is none."""
        value = self.evaluate(node)
        return isinstance(node, Name) and bool(value.name) and value.text is None and all(taint.source is None for taint in value.taints)

    def is_list_of_constants(self, node: Node) -> bool:
        """Tell an allow list: a literal list or mapping of constants, or a name written as a constant."""
        if self.module.language in TYPED and typed.is_list(node):
            return True
        value = self.evaluate(node)
        written = value.node
        if isinstance(written, Sequence) and written.elements:
            return all(isinstance(element, Literal) for element in written.elements)
        if isinstance(written, Mapping):
            return not value.taints
        name = (dotted(node) or value.name).rpartition(".")[2].removesuffix("()")
        return not value.taints and (name.isupper() or name.lower().startswith(("allowed", "valid", "permitted", "whitelist", "safe_")))


def arguments_of(ref: FunctionRef, site: Site, *, bound: bool) -> dict[int, Value]:
    """Position of a parameter -> the value that a call gives it. Splats reach every parameter that is not given otherwise."""
    parameters = ref.node.parameters
    first = parameters[0].name if parameters and ref.klass is not None else ""
    own = 1 if first == "cls" or (bound and first in SELF) else 0
    actual: dict[int, Value] = {}
    spread: list[Value] = []
    for position, (node, value) in enumerate(site.arguments):
        if isinstance(node, Operation) and node.operator == "...":
            spread.append(value)
        elif position + own < len(parameters):
            actual[position + own] = value
        elif parameters:
            spread.append(value)
    names = {parameter.name: index for index, parameter in enumerate(parameters)}
    for name, (_, value) in site.keywords.items():
        if name in names:
            actual[names[name]] = value
        else:
            spread.append(value)
    if spread:
        rest = Value(taints=tainted(spread))
        for index in range(own, len(parameters)):
            actual.setdefault(index, rest)
    return actual
