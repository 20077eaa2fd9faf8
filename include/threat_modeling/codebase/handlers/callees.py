"""Which function or class of the project a call runs, by the imports of the file it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from threat_modeling.codebase.handlers import typed
from threat_modeling.codebase.handlers.vocabulary import entity
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Function, Mapping, Module, Name, Return, dotted, text

if TYPE_CHECKING:
    from threat_modeling.codebase.handlers.models import DataModel
    from threat_modeling.codebase.handlers.origins import Origins
    from threat_modeling.codebase.project import Project

Found = tuple[Module, object]


@dataclass(frozen=True, slots=True)
class Callee:
    """A function of the project; `record` names the entity where the call makes a record of a data model instead."""

    module: Module
    function: Function
    explicit_self: bool = False
    """Called on its class, so that the first argument is `self` (or the method has none)."""
    record: str = ""
    locals: dict[str, Function] = field(default_factory=dict)


class Callees:
    """Resolves calls, and remembers what it resolved."""

    def __init__(self, project: Project, models: dict[str, DataModel]) -> None:
        self.project = project
        self.models = models
        self._targets = typed.Targets(project)
        self._definitions: dict[tuple[str, str], Found | None] = {}

    def qualified(self, module: Module, node: Call) -> str:
        """The call's dotted name with import aliases resolved."""
        return self.project.qualified(module, node.callee)

    def find(
        self, module: Module, node: Call, receiver: Origins, inner: dict[str, Function], instances: dict[str, str] | None = None
    ) -> Callee | None:
        """What a call runs, or None where that is not the project's own code."""
        if module.language in typed.LANGUAGES:
            found = self._targets.find(module, node)
            return Callee(found[0], found[1]) if found is not None else None
        if isinstance(node.callee, Name) and node.callee.id in inner:
            return Callee(module, inner[node.callee.id], locals=inner)
        if isinstance(node.callee, Attribute) and (method := self._method(node.callee.name, receiver)) is not None:
            return method
        name = dotted(node.callee)
        if not name or "(" in name or "[" in name:
            return None
        return self._callee(self.definition(module.path, name), name, new=node.new) or self.member(module, name, instances or {})

    def _method(self, name: str, receiver: Origins) -> Callee | None:
        """A method of the data model that the receiver is a record of."""
        for origin in sorted(receiver):
            model = self.models.get(origin.source) if origin.kind == "record" and not origin.field else None
            method = model.method(name) if model is not None else None
            if method is not None and model is not None and model.module is not None:
                return Callee(model.module, method)
        return None

    def _callee(self, found: Found | None, name: str, *, new: bool) -> Callee | None:
        kind = entity(name)
        capital = name.rpartition(".")[2][:1].isupper()
        if found is not None and isinstance(found[1], Function):
            return Callee(found[0], found[1], explicit_self=name.rpartition(".")[0].rpartition(".")[2][:1].isupper())
        if found is not None and capital and kind in self.models and (new or isinstance(found[1], Class)):
            return Callee(found[0], Function(1, 1, name), record=kind)
        return None

    def made(self, module: Module, value: object) -> str:
        """The class (or constructing function) of the project that `new Service()` or `Service()` makes an object of, or ""."""
        name = dotted(value.callee) if isinstance(value, Call) else ""
        if not name or "(" in name or "[" in name or not name.rpartition(".")[2][:1].isupper() or entity(name) in self.models:
            return ""
        found = self.definition(module.path, name)
        return name if found is not None and isinstance(found[1], (Class, Function)) else ""

    def member(self, module: Module, name: str, instances: dict[str, str]) -> Callee | None:
        """A method of an object that the code has made before: `service.find` after `service = Service()`."""
        holder, _, method = name.rpartition(".")
        kind = instances.get(holder, "")
        if not kind and holder and "." not in holder:
            found = self.definition(module.path, holder)
            kind, module = (self.made(found[0], found[1]), found[0]) if found is not None else ("", module)
        found = self.definition(module.path, kind) if kind else None
        if found is None or not isinstance(found[1], (Class, Function)):
            return None
        function = method_of(found[1], method)
        return Callee(found[0], function) if function is not None else None

    def definition(self, path: str, name: str) -> Found | None:
        """What a dotted name in a file is bound to, members of plain objects included; remembered."""
        key = (path, name)
        if key not in self._definitions:
            found: Found | None = self.project.definition(path, name)
            if found is None and "." in name:
                head, _, last = name.rpartition(".")
                holder = self.definition(path, head)
                member = _member(holder[1], last) if holder is not None else None
                found = (holder[0], member) if holder is not None and member is not None else None
            self._definitions[key] = found
        return self._definitions[key]


def _member(node: object, name: str) -> object | None:
    if isinstance(node, Mapping):
        return next((value for key, value in node.entries if text(key) == name), None)
    return None


def method_of(holder: Class | Function, name: str) -> Function | None:
    """A method of a class, or what a constructing function sets as `this.name`."""
    for node in holder.body:
        if isinstance(node, Function) and node.name == name and isinstance(holder, Class):
            return node
        if isinstance(node, Assign) and isinstance(node.value, Function):
            targets = {dotted(target) for target in node.targets}
            if f"this.{name}" in targets or (isinstance(holder, Class) and name in targets):
                return node.value
    return None


def inner_function(function: Function) -> Function:
    """The function that a factory returns (`getUser()` giving `(req, res) => ...`), or the function itself."""
    for _ in range(2):
        returned = next((s.value for s in function.body if isinstance(s, Return) and isinstance(s.value, Function)), None)
        if returned is None:
            break
        function = returned
    return function
