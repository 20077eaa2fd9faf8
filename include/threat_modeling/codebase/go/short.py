"""Nodes of the Go grammar whose text is read at once, in place of each part: reading one text is cheaper than many nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.go.expressions import Elements
from threat_modeling.codebase.syntax import Attribute, Expression, Literal, Name, Parameter
from threat_modeling.codebase.tree import Place, chain

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Builder

_CHAIN = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"
_CONSTANTS: Final = {"nil": None, "true": True, "false": False}
SHORT: Final = {
    "selector_expression": (re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\Z"), "dotted_name"),
    "qualified_type": (re.compile(r"\w+\.\w+\Z"), "dotted_name"),
    "pointer_type": (re.compile(rf"\*{_CHAIN}\Z"), "plain_pointer"),
    "expression_list": (re.compile(rf"{_CHAIN}(?:, {_CHAIN})*\Z"), "plain_list"),
    "argument_list": (re.compile(rf"\((?:{_CHAIN}(?:, {_CHAIN})*)?\)\Z"), "plain_list"),
    "parameter_declaration": (re.compile(rf"\w+ \*?{_CHAIN}\Z"), "plain_parameter"),
    "literal_value": (re.compile(r"\{\}\Z"), "no_elements"),
}


def _chain(text: str, place: Place) -> Expression:
    first, *rest = text.split(".")
    result: Expression = Literal(*place, _CONSTANTS[first]) if first in _CONSTANTS and not rest else Name(*place, first)
    for name in rest:
        result = Attribute(*place, result, name)
    return result


def _pointer(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Expression:
    return _chain(node.text()[1:], place)


def _list(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> list[Expression]:
    text = node.text().strip("()")
    return [_chain(part, place) for part in text.split(", ")] if text else []


def _parameter(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> list[Parameter]:
    name, _, of = node.text().partition(" ")
    return [Parameter(*place, name, None, _chain(of.lstrip("*"), place))]


def _elements(_node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Elements:
    return Elements(place, [])


BUILDERS: Final[dict[str, Builder]] = {
    "dotted_name": chain,
    "plain_pointer": _pointer,
    "plain_list": _list,
    "plain_parameter": _parameter,
    "no_elements": _elements,
}
