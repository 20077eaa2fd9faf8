"""Statements of Java: assignments, branches, loops, imports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.java.expressions import valued
from threat_modeling.codebase.syntax import Assign, Block, Evaluate, Import, Name, Operation, Other, Return, Statement
from threat_modeling.codebase.tree import STATEMENTS, block_of, branched, flat, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_UPDATES: Final = frozenset({"+=", "-=", "*=", "/=", "%=", "<<=", ">>=", ">>>=", "&=", "|=", "^="})
_IMPORT: Final = re.compile(r"import\s+(static\s+)?([\w$.\s]+?)(\.\s*\*)?\s*;?\s*\Z")
_PACKAGE: Final = re.compile(r"package\s+([\w$.\s]+?)\s*;?\s*\Z")


def block(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """`{ ... }`: its statements."""
    return list(statements(values))


def package(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Import | None:
    """`package a.b;`: what stands in the package is seen as if all of it were imported."""
    match = _PACKAGE.search(node.text())
    return None if match is None else Import(*place, re.sub(r"\s", "", match[1]), "*", "")


def import_(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Import | None:
    """`import a.b.C;` -> (a.b, C, C); `import static a.B.f;` -> (a.B, f, f); `import a.b.*;` -> (a.b, *, "")."""
    match = _IMPORT.match(node.text())
    if match is None:
        return None
    dotted = re.sub(r"\s", "", match[2])
    if match[3]:
        return Import(*place, dotted, "*", "")
    module, _, name = dotted.rpartition(".")
    return Import(*place, module, name, name)


def expression(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """An expression as a statement: assignments become Assign, the rest Evaluate."""
    value: Any = values[0] if values else None
    if value is None or isinstance(value, Block):
        return value
    if not isinstance(value, Operation) or len(value.operands) != 2:
        return Evaluate(*place, value)
    if value.operator in _UPDATES:
        return Assign(*place, (value.operands[0],), value.operands[1], value.operator)
    targets = []
    while isinstance(value, Operation) and value.operator == "=" and len(value.operands) == 2:
        targets.append(value.operands[0])
        value = value.operands[1]
    return Assign(*place, tuple(targets), value) if targets else Evaluate(*place, value)


def declaration(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Any]:
    """`int a = 1, b;` and a field: an Assign a name, after the annotations that stand before it."""
    found: list[Any] = []
    declared = None
    for kind, value in zip(kinds, values, strict=True):
        if kind == "variable_declarator":
            name, given = value
            found.append(Assign(name.line if given is None else place[0], place[1], (name,), given, "=", declared))
        elif kind == "modifiers":
            found += [Evaluate(decorator.line, decorator.end, decorator) for decorator in value]
        elif kind != "plain_modifiers":
            declared = value
    return found


def declarator(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> tuple[Any, Any]:
    """The name and its value, or None."""
    found = [value for value in flat([valued(value) for value in values]) if not (isinstance(value, Other) and value.kind == "dimensions")]
    name = found[0] if found and isinstance(found[0], Name) else Name(*place, "")
    return name, found[1] if len(found) > 1 else None


def returned(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Return:
    """`return`, `throw` and `yield`."""
    del kinds
    operator = {"throw_statement": "raise", "yield_statement": "yield"}.get(node.kind(), "return")
    return Return(*place, valued(values[0]) if values else None, operator)


def jump(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Other:
    """`break` and `continue`."""
    return Other(*place, node.kind())


def assertion(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Evaluate:
    """`assert x : message`."""
    return Evaluate(*place, Operation(*place, "assert", tuple(flat(values))))


def conditional(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block | None:
    """`if`: an `else if` adds its head and bodies to the same Block."""
    if len(values) < 2:
        return None
    head, then, *otherwise = values
    return branched(place, (head,), block_of(then), otherwise)


def loop(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`while` and `do`: the condition and the body, in whichever order they are written."""
    bodies = [value for value in values if isinstance(value, (list, *STATEMENTS))]
    heads = tuple(value for value in flat(values) if not isinstance(value, STATEMENTS))
    return Block(*place, "while", heads, tuple(block_of(body) for body in bodies))


def for_each(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block:
    """`for (T x : xs)`: Assign(x, xs) is the first statement of the body."""
    used = [value for kind, value in zip(kinds, values, strict=True) if kind not in {"modifiers", "plain_modifiers", "dimensions"}]
    if len(used) < 4:
        return Block(*place, "for", (), (statements(used),))
    declared, target, iterated, body = used[0], used[1], used[2], used[-1]
    return Block(*place, "for", (iterated,), ((Assign(*place, (target,), iterated, "=", declared), *block_of(body)),))


def for_count(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block:
    """`for (a; b; c)`: the initializer opens the body, the increment ends it."""
    del kinds
    *given, body = values or [None]
    condition = node.field("condition")
    initial = node.field("init")
    before = len(given) if initial is None and condition is None else 0 if initial is None else 1
    heads = tuple(given[before : before + (condition is not None)]) if condition is not None else ()
    rest = given[before + len(heads) :]
    return Block(*place, "for", tuple(flat(heads)), (tuple(flat([_stated(given[:before]), *block_of(body), _stated(rest)])),))


def _stated(values: list[Any]) -> list[Any]:
    return [value if isinstance(value, STATEMENTS) else expression(None, (value.line, value.end), [], [value]) for value in flat(values)]


def label(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`case a, b` -> Operation "case" of its values; `default` has none."""
    return Operation(*place, "case", tuple(flat(values)))


def switch_group(_node: Any, _place: Place, kinds: list[str], values: list[Any]) -> tuple[list[Any], tuple[Statement, ...]]:
    """`case a: statements`, also `case a -> statement`."""
    labels = [value for kind, value in zip(kinds, values, strict=True) if kind == "switch_label"]
    body = statements([value for kind, value in zip(kinds, values, strict=True) if kind != "switch_label"])
    return labels, body


def switch_body(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> list[tuple[Operation, tuple[Statement, ...]]]:
    """One head and one body a case; a case without statements goes with the next, a `break` at the end goes."""
    cases: list[tuple[Operation, tuple[Statement, ...]]] = []
    waiting: list[Any] = []
    for value in values:
        if not isinstance(value, tuple):
            continue
        labels, body = value
        waiting += labels
        if body:
            cases.append((_case(place, waiting), body[:-1] if isinstance(body[-1], Other) and body[-1].kind == "break_statement" else body))
            waiting = []
    if waiting:
        cases.append((_case(place, waiting), ()))
    return cases


def _case(place: Place, labels: list[Any]) -> Operation:
    values = tuple(value for label_ in labels for value in label_.operands)
    first = labels[0] if labels else None
    line, end = (first.line, first.end) if first is not None else place
    is_default = any(not label_.operands for label_ in labels)
    return Operation(line, end, "default" if is_default else "case", values)


def switch(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`switch`: the heads are its value and, for each body, Operation "case" (or "default") of the values that lead there."""
    cases = values[-1] if values and isinstance(values[-1], list) else []
    return Block(*place, "switch", (*flat(values[:1]), *(head for head, _ in cases)), tuple(body for _, body in cases))


def attempt(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block:
    """`try` with its resources, `catch` and `finally`: bodies in order; resources open the first."""
    resources = [value for kind, value in zip(kinds, values, strict=True) if kind == "resource_specification"]
    bodies = [block_of(value) for kind, value in zip(kinds, values, strict=True) if kind != "resource_specification" and value is not None]
    if resources and bodies:
        bodies[0] = (*statements(resources), *bodies[0])
    return Block(*place, "try", (), tuple(bodies))


def resource(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """`T x = open()` of a try; a mere name is evaluated."""
    used = [value for kind, value in zip(kinds, values, strict=True) if kind not in {"modifiers", "plain_modifiers"}]
    if len(used) == 3:
        return Assign(*place, (used[1],), used[2], "=", used[0])
    return used[-1] if used else None


def caught(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Statement]:
    """`catch (E e) { ... }`: binds e first."""
    body = list(block_of(values[-1])) if values else []
    bound = [value for kind, value in zip(kinds, values, strict=True) if kind == "catch_formal_parameter" and value is not None]
    return [*(Assign(*place, (name,), None, "=", declared) for declared, name in bound), *body]


def catch_parameter(_node: Any, _place: Place, kinds: list[str], values: list[Any]) -> tuple[Any, Any] | None:
    """The type and the name of what is caught."""
    used = [value for kind, value in zip(kinds, values, strict=True) if kind not in {"modifiers", "plain_modifiers"}]
    return (used[0], used[-1]) if len(used) > 1 and isinstance(used[-1], Name) else None


def scope(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`static { }` of a class and `synchronized (x) { }`."""
    body = values[-1] if values and isinstance(values[-1], list) else []
    return Block(*place, "with", tuple(flat(values[:-1])), (tuple(body),))
