"""Which builder lowers which node of the Kotlin grammar."""

from __future__ import annotations

import re
from typing import Any, Final

from threat_modeling.codebase import constants, tree
from threat_modeling.codebase.jvm import literals, types
from threat_modeling.codebase.kotlin import declarations, expressions, statements
from threat_modeling.codebase.syntax import Expression, Literal, Name
from threat_modeling.codebase.tree import Builder, Grammar, Place


def _ignored(_node: Any, _place: Place, _kinds: list[str], _values: list[Any]) -> None:
    """What exists for the compiler alone."""


def _boolean(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    return Literal(*place, value=node.text() == "true")


def _this(_node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Name:
    return Name(*place, "this")


def _super(_node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Name:
    return Name(*place, "super")


def _inner(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """Parentheses and the like, around a branch too."""
    return expressions.first(node, place, kinds, values)  # type: ignore[no-any-return]


_TYPES: Final = ["user_type", "nullable_type", "function_type", "parenthesized_type", "not_nullable_type", "dynamic_type"]
_NUMBERS: Final = ["integer_literal", "long_literal", "hex_literal", "bin_literal", "real_literal", "unsigned_literal"]
_IGNORED: Final = [
    *("line_comment", "multiline_comment", "shebang_line", "plain_modifiers", "file_annotation", "label", "binding_pattern_kind", "type_parameters"),
    *("type_constraints", "type_arguments", "receiver_type", "setter", "use_site_target", "interpolation_identifier_start", "class_modifier"),
    *("interpolation_expression_start", "interpolation_expression_end", "constructor_delegation_call", "type_alias", "member_modifier"),
    *("visibility_modifier", "function_modifier", "property_modifier", "inheritance_modifier", "parameter_modifier", "platform_modifier"),
]
_LEAVES: Final = [
    *(*_TYPES, *_NUMBERS, *_IGNORED, "simple_identifier", "type_identifier", "interpolated_identifier", "boolean_literal", "null_literal"),
    *("string_content", "character_literal", "this_expression", "super_expression", "import_header", "package_header"),
]
_BINARY: Final = [
    *("additive_expression", "multiplicative_expression", "comparison_expression", "equality_expression", "conjunction_expression"),
    *("disjunction_expression", "elvis_expression", "range_expression"),
]

_BUILDERS: Final[dict[str, Builder]] = {
    **dict.fromkeys(_TYPES, types.type_of),
    **dict.fromkeys(_NUMBERS, literals.number),
    **dict.fromkeys(_IGNORED, _ignored),
    # constants and names
    **dict.fromkeys(("simple_identifier", "type_identifier", "interpolated_identifier"), literals.name),
    "boolean_literal": _boolean,
    "null_literal": constants.nothing,
    "character_literal": literals.string,
    "string_content": expressions.content,
    **dict.fromkeys(("string_literal", "line_string_literal", "multi_line_string_literal"), expressions.string),
    "this_expression": _this,
    "super_expression": _super,
    # expressions
    **dict.fromkeys(("parenthesized_expression", "interpolated_expression", "as_expression", "when_condition"), _inner),
    "navigation_expression": expressions.navigation,
    "navigation_suffix": expressions.suffix,
    "callable_reference": expressions.reference,
    "call_expression": expressions.call,
    **dict.fromkeys(("call_suffix", "annotated_lambda"), expressions.call_suffix),
    "value_arguments": expressions.arguments,
    "value_argument": expressions.argument,
    **dict.fromkeys(_BINARY, expressions.binary),
    "infix_expression": expressions.infix,
    "prefix_expression": expressions.prefix,
    "postfix_expression": expressions.postfix,
    "check_expression": expressions.check,
    "indexing_expression": expressions.subscript,
    "indexing_suffix": expressions.index,
    "directly_assignable_expression": expressions.target,
    "collection_literal": expressions.collection,
    **dict.fromkeys(("lambda_literal", "anonymous_function"), expressions.lambda_),
    "lambda_parameters": expressions.lambda_parameters,
    "object_literal": expressions.object_literal,
    "spread_expression": tree.inner,
    # declarations
    "annotation": declarations.annotation,
    **dict.fromkeys(("modifiers", "parameter_modifiers"), declarations.modifiers),
    "constructor_invocation": declarations.construction,
    **dict.fromkeys(("class_declaration", "object_declaration"), declarations.class_),
    **dict.fromkeys(("class_body", "enum_class_body"), declarations.body),
    "companion_object": declarations.companion,
    "enum_entry": declarations.enum_entry,
    "anonymous_initializer": declarations.initializer,
    "primary_constructor": declarations.primary_constructor,
    "secondary_constructor": declarations.constructor,
    "class_parameter": declarations.class_parameter,
    **dict.fromkeys(("parameter", "parameter_with_optional_type"), declarations.parameter),
    "function_value_parameters": declarations.parameters,
    "function_declaration": declarations.function,
    "function_body": declarations.function_body,
    **dict.fromkeys(("delegation_specifier", "explicit_delegation"), tree.inner),
    # statements
    **dict.fromkeys(("source_file", "statements", "import_list"), statements.block),
    "control_structure_body": statements.control_body,
    "package_header": statements.package,
    "import_header": statements.import_,
    "variable_declaration": statements.variable,
    "multi_variable_declaration": statements.variables,
    "property_declaration": statements.property_,
    "property_delegate": statements.delegate,
    "getter": statements.getter,
    "assignment": statements.assignment,
    "jump_expression": statements.jump,
    "if_expression": statements.conditional,
    "when_expression": statements.when,
    "when_entry": statements.entry,
    "when_subject": statements.subject,
    **dict.fromkeys(("type_test", "range_test"), statements.test),
    **dict.fromkeys(("while_statement", "do_while_statement"), statements.loop),
    "for_statement": statements.for_each,
    "try_expression": statements.attempt,
    "catch_block": statements.caught,
    "finally_block": statements.final,
}

GRAMMAR: Final = Grammar(
    _BUILDERS,
    frozenset(_LEAVES),
    tree.unknown,
    {"modifiers": (re.compile(r"[^@]*\Z"), "plain_modifiers")},
    frozenset({"line_comment", "multiline_comment"}),
)
