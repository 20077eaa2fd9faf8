"""Guards and pipes of NestJS: on a method, a class, the whole application, and methods that are left out of the latter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from threat_modeling.codebase.javascript.behavior import Observer
from threat_modeling.codebase.javascript.packages import guard_of
from threat_modeling.codebase.javascript.values import ClassValue, Closure, Constant, Foreign, Frame, Instance, Value
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Mapping, Module, Name, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.javascript.evaluation import Evaluation
    from threat_modeling.codebase.project import Project

Scope = Literal["application", "router", "route"]


def decorators(project: Project, module: Module, node: Class | Function) -> Iterator[tuple[str, Call]]:
    """The decorators of a class or method that are calls, by qualified name."""
    for decorator in node.decorators:
        if isinstance(decorator, Call):
            yield project.qualified(module, decorator.callee), decorator


class NestGuards:
    """Tells which controls stand before a method of a controller."""

    def __init__(self, evaluation: Evaluation, modules: list[Module]) -> None:
        self._evaluation = evaluation
        self._observer = Observer(evaluation)
        self._global = [found for module in modules for found in self._of_application(module)]

    def of(self, frame: Frame, class_: Class, method: Function) -> tuple[Guard, ...]:
        """The guards of a method: the application's, unless it is marked to be left out, then the class's and its own."""
        marks = self._marks(frame, class_) | self._marks(frame, method)
        found = [guard for guard, keys in self._global if not (keys & marks)]
        for node, scope in ((class_, "router"), (method, "route")):
            found += [guard for guard, _ in self._decorated(frame, node, "router" if scope == "router" else "route")]
        return tuple({(guard.category, guard.name, guard.scope): guard for guard in found}.values())

    def _decorated(self, frame: Frame, node: Class | Function, scope: Scope) -> Iterator[tuple[Guard, frozenset[str]]]:
        for name, call in decorators(self._evaluation.project, frame.module, node):
            if name in {"@nestjs/common.UseGuards", "@nestjs/common.UsePipes"}:
                for argument in call.arguments:
                    yield from self._guards(frame, argument, scope)

    def _of_application(self, module: Module) -> Iterator[tuple[Guard, frozenset[str]]]:
        """`app.useGlobalGuards(...)`, `app.useGlobalPipes(...)`, `{provide: APP_GUARD, useClass: ...}`."""
        frame = self._evaluation.frame(module.path)
        for node in walk(module.body) if frame is not None else ():
            if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name in {"useGlobalGuards", "useGlobalPipes"}:
                for argument in node.arguments:
                    yield from self._guards(frame, argument, "application")
            elif isinstance(node, Mapping):
                provided, used = node.get("provide"), node.get("useClass") or node.get("useExisting")
                if isinstance(provided, Name) and provided.id in {"APP_GUARD", "APP_PIPE"} and used is not None:
                    yield from self._guards(frame, used, "application")

    def _guards(self, frame: Frame | None, node: Expression, scope: Scope) -> Iterator[tuple[Guard, frozenset[str]]]:
        if frame is None:
            return
        value = self._evaluation.settled(self._evaluation.value(node, frame))
        name, categories, keys = self._controls(value)
        evidence = self._evaluation.project.evidence(frame.module.path, node.line, node.end)
        for category in categories:
            yield Guard(category=category, name=name, scope=scope, evidence=evidence), keys

    def _controls(self, value: Value) -> tuple[str, tuple[ControlCategory, ...], frozenset[str]]:
        if isinstance(value, Foreign):
            if value.name.endswith("ValidationPipe"):
                return value.name, (ControlCategory.INPUT_VALIDATION,), frozenset()
            category = guard_of(value.name)
            return value.name, (category,) if category is not None else (), frozenset()
        of = value.of if isinstance(value, Instance) else value
        return self._of_class(of) if isinstance(of, ClassValue) else ("", (), frozenset())

    def _of_class(self, of: ClassValue) -> tuple[str, tuple[ControlCategory, ...], frozenset[str]]:
        """What the class of a guard does: `canActivate`, and the guard of a package that it extends."""
        name = of.definition.name
        bases = [self._evaluation.value(base, of.frame) for base in of.definition.bases]
        found = {guard_of(base.name) for base in bases if isinstance(base, Foreign)} - {None}
        activate = self._evaluation.member(of, "canActivate")
        keys: frozenset[str] = frozenset()
        if isinstance(activate, Closure):
            behavior = self._observer.behavior(activate)
            keys = self._keys(activate)
            knows_caller = behavior.verifies or behavior.reads_credential
            if knows_caller and (behavior.verifies or not behavior.checks_role):
                found.add(ControlCategory.AUTHENTICATION)
            if knows_caller and behavior.checks_role:
                found.add(ControlCategory.AUTHORIZATION)
        return name, tuple(sorted(category for category in found if category is not None)), keys

    def _keys(self, closure: Closure) -> frozenset[str]:
        """The metadata that a guard asks for: `reflector.getAllAndOverride(KEY, ...)`."""
        calls = (node for node in walk(closure.function.body) if isinstance(node, Call) and isinstance(node.callee, Attribute))
        asked = [c.arguments[0] for c in calls if getattr(c.callee, "name", "") in {"get", "getAllAndOverride", "getAllAndMerge"} and c.arguments]
        values = (self._evaluation.value(node, closure.frame) for node in asked)
        return frozenset(str(value.value) for value in values if isinstance(value, Constant))

    def _marks(self, frame: Frame, node: Class | Function) -> frozenset[str]:
        """The metadata that a class or method carries: `SetMetadata(KEY, true)`, also inside a decorator of the target."""
        found = set()
        for decorator in node.decorators:
            value = self._evaluation.value(decorator, frame)
            given = value.arguments if isinstance(value, Foreign) and value.name == "@nestjs/common.SetMetadata" else ()
            if given and isinstance(given[0], Constant) and (len(given) == 1 or given[1] == Constant(value=True)):
                found.add(str(given[0].value))
        return frozenset(found)
