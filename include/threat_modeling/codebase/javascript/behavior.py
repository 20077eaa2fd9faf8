"""What a function among the handlers of a route does: proves who calls, checks a role, refuses, answers, lets pass.

Told by what its body does and by what it calls, two calls deep and across files; names chosen by the application count for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.credentials import destructures, is_credential, is_role
from threat_modeling.codebase.javascript.packages import VALIDATORS, VERIFIERS, VERIFYING_METHODS, guard_of
from threat_modeling.codebase.javascript.patterns import bound_names
from threat_modeling.codebase.javascript.refusals import ANSWERS, refusals, statuses, turns_away
from threat_modeling.codebase.javascript.values import Closure, Frame, Given
from threat_modeling.codebase.syntax import Assign, Attribute, Block, Call, Function, Name, Node, Return, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from threat_modeling.codebase.javascript.evaluation import Evaluation

DEPTH: Final = 2
_OF_THE_CALL: Final = frozenset({"passes", "forwards", "answers", "guards", "not_found", "turns_away"})


@dataclass(slots=True)
class Behavior:
    """What was seen of a function and of what it calls."""

    reads_credential: bool = False
    verifies: bool = False
    checks_role: bool = False
    refuses: bool = False
    """It answers 401 or 403, or sends to the login."""
    demands_login: bool = False
    """What it answers says that it is not known who calls, not that the caller may not."""
    turns_away: bool = False
    """It ends the request, by an error too, on a condition about who calls."""
    throttles: bool = False
    validates: bool = False
    rejects_input: bool = False
    not_found: bool = False
    answers: bool = False
    passes: bool = False
    forwards: bool = False
    """It hands the continuation to something that can't be followed."""
    guards: tuple[ControlCategory, ...] = ()

    def add(self, other: Behavior) -> None:
        """Take over what a called function does; that it lets pass or answers says nothing about its caller."""
        for slot in fields(self):
            if slot.name not in _OF_THE_CALL:
                setattr(self, slot.name, getattr(self, slot.name) or getattr(other, slot.name))
        self.guards += other.guards

    @property
    def controls(self) -> tuple[ControlCategory, ...]:
        """The controls that a function of this behavior is."""
        found = set(self.guards)
        knows_caller = self.verifies or self.reads_credential
        refuses = self.turns_away or (self.refuses and knows_caller and (self.passes or self.forwards))
        if refuses and (self.demands_login or self.verifies or not self.checks_role):
            found.add(ControlCategory.AUTHENTICATION)
        if self.refuses and self.checks_role and knows_caller:
            found.add(ControlCategory.AUTHORIZATION)
        if self.throttles:
            found.add(ControlCategory.RATE_LIMITING)
        if self.validates and self.rejects_input:
            found.add(ControlCategory.INPUT_VALIDATION)
        return tuple(sorted(found))


class Observer:
    """Observes the functions of one target, each once."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._seen: dict[int, Behavior] = {}

    def behavior(self, closure: Closure, depth: int = DEPTH) -> Behavior:
        """What a function does."""
        key = id(closure.function)
        if key not in self._seen:
            self._seen[key] = Behavior()
            self._seen[key] = _Observation(self, self._evaluation, closure, depth).result
        return self._seen[key]


class _Observation:
    """One pass over one function's body."""

    def __init__(self, observer: Observer, evaluation: Evaluation, closure: Closure, depth: int) -> None:
        self.result = Behavior()
        self._observer, self._evaluation, self._depth = observer, evaluation, depth
        function = closure.function
        self._frame = Frame(closure.frame.module, closure.frame, closure.this or closure.frame.this)
        for parameter in function.parameters:
            for name in (parameter.name, *parameter.binds):
                self._frame.names[name] = Given(name)
        self._onward = _parameter(function, 2) or "next"
        self._response = _parameter(function, 1)
        self._caller: set[str] = {name for parameter in function.parameters[:1] for name in parameter.binds if name == "user"}
        self._credentials: set[int] = set()
        nodes = list(walk(function.body))
        for node in nodes:
            self._read(node)
        for node in nodes:
            if isinstance(node, Assign):
                self._remember(node)
            elif isinstance(node, Block) and node.kind == "if" and self._is_about_caller(node.heads):
                self.result.turns_away = self.result.turns_away or turns_away(node, self._onward)

    def _read(self, node: Node) -> None:
        found = self.result
        if is_credential(node) or (isinstance(node, Assign) and destructures(node)):
            found.reads_credential = True
            self._credentials.add(id(node))
        if is_role(node):
            found.checks_role = True
        if isinstance(node, Call):
            self._call(node)
        elif isinstance(node, Return) and node.operator == "raise":
            self._refuse(refusals(node))

    def _call(self, call: Call) -> None:
        found = self.result
        name = self._evaluation.project.qualified(self._frame.module, call.callee)
        last = call.callee.name if isinstance(call.callee, Attribute) else name.rpartition(".")[2]
        if name == self._onward:
            found.passes = found.passes or not call.arguments
            self._refuse(refusals(call) if call.arguments else set())
        codes = statuses(call)
        self._refuse(codes)
        found.throttles = found.throttles or 429 in codes
        found.rejects_input = found.rejects_input or bool(codes & {400, 422})
        found.not_found = found.not_found or 404 in codes
        found.answers = found.answers or last in ANSWERS
        found.validates = found.validates or last in VALIDATORS
        if name in VERIFIERS or last in VERIFYING_METHODS:
            found.verifies = True
            self._credentials.add(id(call))
            found.turns_away = found.turns_away or last == "jwtVerify"  # throws by itself where the token does not hold
        guard = guard_of(name)
        if guard is not None and guard not in {ControlCategory.AUTHENTICATION, ControlCategory.INPUT_VALIDATION}:
            found.guards += (guard,)
        self._follow(call, last)

    def _refuse(self, codes: set[int] | set[int | str]) -> None:
        self.result.refuses = self.result.refuses or bool(codes & {401, 403, 407, "login"})
        self.result.demands_login = self.result.demands_login or bool(codes & {401, 407, "login"})

    def _follow(self, call: Call, last: str) -> None:
        given = {argument.id for argument in call.arguments if isinstance(argument, Name)}
        called = None
        if self._depth and isinstance(call.callee, Name | Attribute):
            called = self._evaluation.settled(self._evaluation.value(call.callee, self._frame))
        if isinstance(called, Closure):
            behavior = self._observer.behavior(called, self._depth - 1)
            self.result.add(behavior)
            if behavior.reads_credential or behavior.verifies:
                self._credentials.add(id(call))
            self.result.passes = self.result.passes or (self._onward in given and behavior.passes)
            self.result.answers = self.result.answers or (self._response in given and behavior.answers)
        elif self._onward in given and last not in {"catch", "then"}:
            self.result.forwards = True

    def _remember(self, node: Assign) -> None:
        """Names that hold something about the caller."""
        if node.value is not None and (id(node) in self._credentials or self._is_about_caller((node.value,))):
            self._caller.update(name for target in node.targets for name in bound_names(target))

    def _is_about_caller(self, nodes: tuple[object, ...]) -> bool:
        return any(id(inner) in self._credentials or (isinstance(inner, Name) and inner.id in self._caller) for inner in walk(nodes))


def _parameter(function: Function, position: int) -> str:
    return function.parameters[position].name if len(function.parameters) > position else ""
