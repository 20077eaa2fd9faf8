"""Statements of Kotlin: properties, assignments, branches, loops, imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.java.expressions import valued
from threat_modeling.codebase.syntax import Assign, Block, Evaluate, Function, Import, Name, Node, Operation, Other, Return, Sequence, Statement
from threat_modeling.codebase.tree import block_of, branched, flat, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_DECLARED: Final = frozenset({"variable_declaration", "multi_variable_declaration"})
_NO_VALUE: Final = frozenset({"modifiers", "plain_modifiers", "binding_pattern_kind", "type_parameters", "receiver_type", "type_constraints"})


def block(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """Statements in order."""
    return list(statements(values))


def control_body(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """The body of a branch or a loop, in braces or not."""
    return list(statements(values))


def package(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Import | None:
    """`package a.b`: what stands in the package is seen as if all of it were imported."""
    name = node.text().removeprefix("package").strip().rstrip(";").strip()
    return Import(*place, name, "*", "") if name else None


def import_(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Import | None:
    """`import a.b.C as D` -> (a.b, C, D); `import a.b.*` -> (a.b, *, "")."""
    text = node.text().removeprefix("import").strip().rstrip(";").replace("`", "")
    dotted, _, alias = (part.strip() for part in text.partition(" as "))
    module, _, name = dotted.rpartition(".")
    if name == "*":
        return Import(*place, module, "*", "")
    return Import(*place, module, name, alias or name) if name else None


def variable(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> tuple[Any, Any]:
    """`name: Type` -> (name, type)."""
    found = [value for value in values if isinstance(value, Node)]
    name = found[0] if found and isinstance(found[0], Name) else Name(*place, "")
    return name, found[1] if len(found) > 1 else None


def variables(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Sequence:
    """`(a, b)` of a declaration."""
    return Sequence(*place, tuple(value[0] for value in values if isinstance(value, tuple)))


def property_(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Any]:
    """`val a: T = x`, `val a by lazy { x }`, `val a get() = x`: an Assign after its annotations; a getter is its value."""
    found: list[Any] = []
    target: Any = None
    annotation = value = None
    for kind, below in zip(kinds, values, strict=True):
        if kind == "modifiers":
            found += [Evaluate(decorator.line, decorator.end, decorator) for decorator in below]
        elif kind == "variable_declaration":
            target, annotation = below
        elif kind == "multi_variable_declaration":
            target = below
        elif kind == "getter":
            value = value if value is not None else below
        elif kind not in _NO_VALUE and isinstance(below, Node) and kind != "setter":
            value = valued(below)
    if target is not None:
        first = place[1] if found and place[0] != place[1] and value is None else place[0]
        found.append(Assign(first, place[1], (target,), value, "=", annotation))
    return found


def delegate(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`by lazy { x }` has the value x."""
    value = values[0] if values else None
    arguments = getattr(value, "arguments", ())
    if arguments and isinstance(arguments[-1], Function) and arguments[-1].body and isinstance(arguments[-1].body[-1], Return):
        return arguments[-1].body[-1].value
    return value


def getter(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`get() = x` has the value x."""
    body = next((value for value in values if isinstance(value, list)), [])
    return body[-1].value if body and isinstance(body[-1], Return) else None


def assignment(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`a = b`, `a += b`."""
    if len(values) < 2:
        return None
    operator = next((child.text() for child in node.children() if not child.is_named()), "=")
    return Assign(*place, (values[0],), valued(values[-1]), operator)


def jump(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """`return`, `throw`, `break`, `continue`."""
    word = node.text()[:8]
    if word.startswith(("break", "continue")):
        return Other(*place, f"{'break' if word.startswith('break') else 'continue'}_statement")
    given = [valued(value) for kind, value in zip(kinds, values, strict=True) if kind != "label" and isinstance(value, Node)]
    return Return(*place, given[0] if given else None, "raise" if word.startswith("throw") else "return")


def conditional(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block | None:
    """`if`: an `else if` adds its head and bodies to the same Block."""
    heads = [value for kind, value in zip(kinds, values, strict=True) if kind != "control_structure_body" and isinstance(value, Node)]
    branches = [tuple(value) for kind, value in zip(kinds, values, strict=True) if kind == "control_structure_body"]
    if not heads:
        return None
    if len(branches) == 1 and _empty_then(node):
        branches.insert(0, ())
    then, *otherwise = branches or [()]
    return branched(place, (valued(heads[0]),), then, [list(branch) for branch in otherwise])


def _empty_then(node: Any) -> bool:
    """Tell `if (a) else b` and `if (a) {} else b`, whose first branch the grammar leaves out."""
    seen = [child.kind() for child in node.children()]
    return "else" in seen and "control_structure_body" not in seen[: seen.index("else")]


def when(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block:
    """`when (x) { ... }` is a switch, with a head for each body; without a value it is an if."""
    subject = [value for kind, value in zip(kinds, values, strict=True) if kind == "when_subject"]
    entries = [value for kind, value in zip(kinds, values, strict=True) if kind == "when_entry"]
    if subject:
        heads = tuple(Operation(place[0], place[1], "case" if found else "default", tuple(found)) for found, _ in entries)
        return Block(*place, "switch", (*flat(subject), *heads), tuple(body for _, body in entries))
    tests = [_either(place, found) for found, _ in entries if found]
    return Block(*place, "if", tuple(tests), tuple(body for _, body in entries))


def _either(place: Place, found: list[Any]) -> Any:
    return found[0] if len(found) == 1 else Operation(*place, "||", tuple(found))


def entry(_node: Any, _place: Place, kinds: list[str], values: list[Any]) -> tuple[list[Any], tuple[Statement, ...]]:
    """`a, is T -> body`; `else` has no condition."""
    conditions = [value for kind, value in zip(kinds, values, strict=True) if kind == "when_condition" and isinstance(value, Node)]
    body = next((tuple(value) for kind, value in zip(kinds, values, strict=True) if kind == "control_structure_body"), ())
    return conditions, body


def subject(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """The value that is asked about; a name that it is given is left out."""
    found = [value for value in values if isinstance(value, Node)]
    return valued(found[-1]) if found else Other(*place, "empty")


def test(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`is T`, `in xs` of a `when`."""
    word = node.text()
    operator = "is" if word.startswith(("is", "!is")) else "in"
    return Operation(*place, operator, tuple(flat(values)))


def loop(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block:
    """`while` and `do`."""
    bodies = [tuple(value) for kind, value in zip(kinds, values, strict=True) if kind == "control_structure_body"]
    heads = tuple(valued(v) for kind, v in zip(kinds, values, strict=True) if kind != "control_structure_body" and isinstance(v, Node))
    return Block(*place, "while", heads, tuple(bodies))


def for_each(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block:
    """`for (x in xs)`: Assign(x, xs) is the first statement of the body."""
    body = next((tuple(value) for kind, value in zip(kinds, values, strict=True) if kind == "control_structure_body"), ())
    declared = next((value for kind, value in zip(kinds, values, strict=True) if kind in _DECLARED), None)
    name, annotation = declared if isinstance(declared, tuple) else (declared, None)
    iterated = [
        valued(value)
        for kind, value in zip(kinds, values, strict=True)
        if kind not in _DECLARED and kind != "control_structure_body" and isinstance(value, Node)
    ]
    if name is None or not iterated:
        return Block(*place, "for", tuple(iterated), (body,))
    return Block(*place, "for", (iterated[0],), ((Assign(*place, (name,), iterated[0], "=", annotation), *body),))


def attempt(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`try`, `catch` and `finally`: bodies in order."""
    return Block(*place, "try", (), tuple(block_of(value) for value in values if value is not None))


def caught(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Statement]:
    """`catch (e: E) { ... }`: binds e first."""
    body = next((list(value) for kind, value in zip(kinds, values, strict=True) if kind == "statements"), [])
    used: list[Any] = flat([value for kind, value in zip(kinds, values, strict=True) if kind not in {"statements", "annotation"}])
    if not used or not isinstance(used[0], Name):
        return body
    return [Assign(*place, (used[0],), None, "=", used[1] if len(used) > 1 else None), *body]


def final(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """`finally { ... }`."""
    return list(statements(values))
