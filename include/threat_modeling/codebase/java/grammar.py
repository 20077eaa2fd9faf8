"""Which builder lowers which node of the Java grammar."""

from __future__ import annotations

import re
from typing import Any, Final

from threat_modeling.codebase import constants, tree
from threat_modeling.codebase.java import declarations, expressions, statements
from threat_modeling.codebase.jvm import literals, types
from threat_modeling.codebase.tree import Builder, Grammar, Place


def _ignored(_node: Any, _place: Place, _kinds: list[str], _values: list[Any]) -> None:
    """What exists for the compiler alone."""


_TYPES: Final = [
    "type_identifier",
    "scoped_type_identifier",
    "generic_type",
    "array_type",
    "integral_type",
    "floating_point_type",
    "boolean_type",
    "void_type",
    "annotated_type",
    "catch_type",
]
_NUMBERS: Final = [
    "decimal_integer_literal",
    "hex_integer_literal",
    "octal_integer_literal",
    "binary_integer_literal",
    "decimal_floating_point_literal",
    "hex_floating_point_literal",
]
_IGNORED: Final = [
    "line_comment",
    "block_comment",
    "plain_modifiers",
    "type_arguments",
    "type_parameters",
    "throws",
    "dimensions",
    "asterisk",
    "permits",
]
_LEAVES: Final = [
    *_TYPES,
    *_NUMBERS,
    *_IGNORED,
    "identifier",
    "this",
    "super",
    "string_literal",
    "character_literal",
    "true",
    "false",
    "null_literal",
]

_BUILDERS: Final[dict[str, Builder]] = {
    **dict.fromkeys(_TYPES, types.type_of),
    **dict.fromkeys(_NUMBERS, literals.number),
    **dict.fromkeys(_IGNORED, _ignored),
    # constants and names
    **dict.fromkeys(("identifier", "this", "super"), literals.name),
    **dict.fromkeys(("string_literal", "character_literal"), literals.string),
    "true": constants.true,
    "false": constants.false,
    "null_literal": constants.nothing,
    # expressions
    "dotted_name": tree.chain,
    "parenthesized_expression": tree.inner,
    **dict.fromkeys(("field_access", "scoped_identifier"), expressions.field),
    "class_literal": expressions.class_literal,
    "argument_list": expressions.arguments,
    "method_invocation": expressions.call,
    "object_creation_expression": expressions.construction,
    "explicit_constructor_invocation": expressions.constructor_call,
    "binary_expression": expressions.binary,
    **dict.fromkeys(("unary_expression", "update_expression"), expressions.unary),
    "instanceof_expression": expressions.instance,
    "ternary_expression": expressions.ternary,
    "cast_expression": expressions.cast,
    "assignment_expression": expressions.assignment,
    "array_access": expressions.element,
    **dict.fromkeys(("array_initializer", "element_value_array_initializer"), expressions.array),
    "array_creation_expression": expressions.array_creation,
    "lambda_expression": expressions.lambda_,
    "inferred_parameters": expressions.inferred,
    "method_reference": expressions.reference,
    # annotations
    "marker_annotation": expressions.marker,
    "annotation": expressions.annotation,
    "annotation_argument_list": expressions.annotation_arguments,
    "element_value_pair": expressions.pair,
    "modifiers": expressions.modifiers,
    # declarations
    **dict.fromkeys(
        ("class_declaration", "interface_declaration", "enum_declaration", "record_declaration", "annotation_type_declaration"), declarations.class_
    ),
    **dict.fromkeys(("superclass", "super_interfaces", "extends_interfaces", "type_list"), declarations.heritage),
    **dict.fromkeys(("class_body", "interface_body", "enum_body", "enum_body_declarations", "annotation_type_body"), declarations.body),
    "enum_constant": declarations.enum_constant,
    **dict.fromkeys(("method_declaration", "constructor_declaration", "compact_constructor_declaration"), declarations.method),
    "formal_parameters": declarations.parameters,
    **dict.fromkeys(("formal_parameter", "spread_parameter"), declarations.parameter),
    "annotation_type_element_declaration": declarations.element_of_annotation,
    # statements
    **dict.fromkeys(("program", "block", "constructor_body"), statements.block),
    "package_declaration": statements.package,
    "import_declaration": statements.import_,
    "expression_statement": statements.expression,
    **dict.fromkeys(("local_variable_declaration", "field_declaration", "constant_declaration"), statements.declaration),
    "variable_declarator": statements.declarator,
    **dict.fromkeys(("return_statement", "throw_statement", "yield_statement"), statements.returned),
    **dict.fromkeys(("break_statement", "continue_statement"), statements.jump),
    "assert_statement": statements.assertion,
    "if_statement": statements.conditional,
    **dict.fromkeys(("while_statement", "do_statement"), statements.loop),
    "enhanced_for_statement": statements.for_each,
    "for_statement": statements.for_count,
    "switch_label": statements.label,
    **dict.fromkeys(("switch_block_statement_group", "switch_rule"), statements.switch_group),
    "switch_block": statements.switch_body,
    **dict.fromkeys(("switch_expression", "switch_statement"), statements.switch),
    **dict.fromkeys(("try_statement", "try_with_resources_statement"), statements.attempt),
    "resource_specification": declarations.body,
    "resource": statements.resource,
    "catch_clause": statements.caught,
    "catch_formal_parameter": statements.catch_parameter,
    "finally_clause": tree.last,
    **dict.fromkeys(("static_initializer", "synchronized_statement"), statements.scope),
    "labeled_statement": tree.last,
}
_CHAIN: Final = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+\Z")
_WHOLE: Final = re.compile(r"")

GRAMMAR: Final = Grammar(
    _BUILDERS,
    frozenset(_LEAVES),
    tree.unknown,
    {
        "field_access": (_CHAIN, "dotted_name"),
        "scoped_identifier": (_CHAIN, "dotted_name"),
        "modifiers": (re.compile(r"[^@]*\Z"), "plain_modifiers"),
        "import_declaration": (_WHOLE, "import_declaration"),
        "package_declaration": (_WHOLE, "package_declaration"),
    },
    frozenset({"line_comment", "block_comment"}),
)
