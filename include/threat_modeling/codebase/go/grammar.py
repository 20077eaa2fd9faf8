"""Which builder lowers which node of the Go grammar."""

from __future__ import annotations

from typing import Any, Final

from threat_modeling.codebase import constants, tree
from threat_modeling.codebase.go import declarations, expressions, literals, short, statements
from threat_modeling.codebase.tree import Builder, Grammar, Place


def _ignored(_node: Any, _place: Place, _kinds: list[str], _values: list[Any]) -> None:
    return None


_IGNORED: Final = ("package_clause", "break_statement", "continue_statement", "goto_statement", "fallthrough_statement", "empty_statement", "dot")
_NAMES: Final = ("identifier", "field_identifier", "package_identifier", "type_identifier", "blank_identifier", "label_name")

_BUILDERS: Final[dict[str, Builder]] = {
    **short.BUILDERS,
    **dict.fromkeys(_IGNORED, _ignored),
    # constants and names
    **dict.fromkeys(_NAMES, literals.name),
    **dict.fromkeys(("interpreted_string_literal", "rune_literal"), literals.quoted),
    "raw_string_literal": literals.raw,
    **dict.fromkeys(("int_literal", "float_literal", "imaginary_literal"), literals.number),
    "iota": literals.name,
    "true": constants.true,
    "false": constants.false,
    "nil": constants.nothing,
    # expressions
    **dict.fromkeys(("selector_expression", "qualified_type"), expressions.member),
    **dict.fromkeys(("parenthesized_expression", "type_assertion_expression", "generic_type", "type_instantiation_expression"), tree.inner),
    **dict.fromkeys(("pointer_type", "parenthesized_type", "type_elem"), tree.inner),
    "index_expression": expressions.index,
    "slice_expression": expressions.part,
    **dict.fromkeys(("argument_list", "expression_list"), expressions.listed),
    "call_expression": expressions.call,
    "type_conversion_expression": expressions.conversion,
    "binary_expression": expressions.binary,
    "unary_expression": expressions.unary,
    "variadic_argument": expressions.variadic,
    **dict.fromkeys((*expressions.TYPES, "negated_type"), expressions.kind_of_type),
    "literal_value": expressions.elements,
    "literal_element": expressions.element,
    "keyed_element": expressions.keyed,
    "composite_literal": expressions.composite,
    # declarations
    "source_file": declarations.file,
    **dict.fromkeys(("parameter_declaration", "variadic_parameter_declaration"), declarations.parameter),
    "parameter_list": declarations.parameters,
    **dict.fromkeys(("function_declaration", "func_literal"), declarations.function),
    "method_declaration": declarations.method,
    "field_declaration": declarations.field,
    "field_declaration_list": expressions.listed,
    "struct_type": declarations.struct,
    **dict.fromkeys(("type_spec", "type_alias"), declarations.specification),
    "import_spec": declarations.imported,
    **dict.fromkeys(("import_declaration", "import_spec_list", "type_declaration"), statements.declaration),
    **dict.fromkeys(("const_declaration", "var_declaration", "var_spec_list"), statements.declaration),
    **dict.fromkeys(("const_spec", "var_spec"), statements.specification),
    # statements
    **dict.fromkeys(("block", "statement_list"), statements.block),
    **dict.fromkeys(("expression_statement", "go_statement", "defer_statement"), statements.evaluated),
    **dict.fromkeys(("assignment_statement", "short_var_declaration"), statements.assignment),
    **dict.fromkeys(("inc_statement", "dec_statement"), statements.step),
    "return_statement": statements.returned,
    "if_statement": statements.conditional,
    "for_statement": statements.loop,
    "for_clause": statements.counted,
    "range_clause": statements.ranged,
    **dict.fromkeys(("expression_switch_statement", "type_switch_statement", "select_statement"), statements.switch),
    **dict.fromkeys(("expression_case", "type_case", "communication_case", "default_case"), statements.case),
    "receive_statement": statements.received,
    "send_statement": statements.sent,
    "labeled_statement": statements.labeled,
}
_LEAVES: Final = frozenset(
    {*_IGNORED, *_NAMES, "interpreted_string_literal", "rune_literal", "raw_string_literal", "int_literal", "float_literal", "imaginary_literal"}
    | {"iota", "true", "false", "nil", "interface_type", *short.BUILDERS}
)
GRAMMAR: Final = Grammar(_BUILDERS, _LEAVES, tree.unknown, short.SHORT)
"""What Go is lowered to."""
