"""Text that is built from parts: constants side by side become one Literal, anything else a flat Join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.python.literals import percent_parts
from threat_modeling.codebase.syntax import Expression, Join, Literal, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def is_text(node: object) -> bool:
    """Tell a constant text."""
    return isinstance(node, Literal) and isinstance(node.value, str)


def joined(span: tuple[int, int], parts: Iterable[Expression]) -> Expression:
    """One Literal where every part is text, else a flat Join."""
    flat: list[Expression] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Join) else (part,):
            last = flat[-1] if flat else None
            if isinstance(piece, Literal) and isinstance(last, Literal) and is_text(piece) and is_text(last):
                flat[-1] = Literal(last.line, piece.end, f"{last.value}{piece.value}")
            else:
                flat.append(piece)
    if not flat:
        return Literal(*span, "")
    return flat[0] if len(flat) == 1 and is_text(flat[0]) else Join(*span, tuple(flat))


def formatted(span: tuple[int, int], template: Expression, operands: list[Expression]) -> Iterator[Expression]:
    """The pieces of `template % values` in their places, where the number of values is known to fit; else one after the other."""
    values = list(operands[0].elements) if len(operands) == 1 and isinstance(operands[0], Sequence) else operands
    pieces = percent_parts(template.value) if isinstance(template, Literal) and isinstance(template.value, str) else []
    if len(pieces) != len(values) + 1:
        yield template
        yield from values
        return
    for piece, value in zip(pieces, values, strict=False):
        if piece:
            yield Literal(*span, piece)
        yield value
    if pieces[-1]:
        yield Literal(*span, pieces[-1])
