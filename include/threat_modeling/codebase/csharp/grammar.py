"""Which builder lowers which node of the C# grammar."""

from __future__ import annotations

import re
from typing import Any, Final

from threat_modeling.codebase import constants, tree
from threat_modeling.codebase.csharp import declarations, expressions, literals, statements
from threat_modeling.codebase.syntax import Operation
from threat_modeling.codebase.tree import Builder, Grammar, Place

DOTTED: Final = "dotted_name"
"""Stands for a chain like `a.b.c`: its text is read once in place of each part."""


def _ignored(_node: Any, _place: Place, _kinds: list[str], _values: list[Any]) -> None:
    return None


def _conditional(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    return Operation(*place, "?:", tuple(tree.flat(values)))


_IGNORED: Final = (
    *("interpolation_start", "interpolation_brace", "interpolation_quote", "interpolation_alignment_clause", "interpolation_format_clause"),
    *("break_statement", "continue_statement", "goto_statement", "empty_statement", "array_rank_specifier", "type_parameter_list", "discard"),
    *("type_parameter_constraints_clause", "preproc_pragma", "preproc_region", "preproc_endregion", "preproc_nullable", "preproc_define"),
    *("attribute_target_specifier", "extern_alias_directive", "implicit_type", "global_attribute", "shebang_directive"),
)
_NAMES: Final = ("identifier", "predefined_type")
_BUILDERS: Final[dict[str, Builder]] = {
    **dict.fromkeys(_IGNORED, _ignored),
    # constants and names
    **dict.fromkeys(_NAMES, literals.name),
    **dict.fromkeys(("string_literal", "character_literal"), literals.quoted),
    "verbatim_string_literal": literals.verbatim,
    "raw_string_literal": literals.raw,
    **dict.fromkeys(("string_content", "escape_sequence", "interpolation_text"), literals.content),
    "interpolated_string_expression": literals.interpolated,
    "interpolation": literals.hole,
    **dict.fromkeys(("integer_literal", "real_literal"), literals.number),
    "boolean_literal": constants.boolean,
    "null_literal": constants.nothing,
    # expressions
    DOTTED: tree.chain,
    **dict.fromkeys(("member_access_expression", "qualified_name", "alias_qualified_name", "conditional_access_expression"), expressions.member),
    "member_binding_expression": expressions.binding,
    "generic_name": expressions.generic,
    "type_argument_list": expressions.types,
    **dict.fromkeys(("argument", "collection_element", "expression_element"), expressions.argument),
    **dict.fromkeys(("argument_list", "bracketed_argument_list", "attribute_argument_list", "initializer_expression"), expressions.arguments),
    "invocation_expression": expressions.call,
    **dict.fromkeys(("object_creation_expression", "implicit_object_creation_expression"), expressions.construction),
    "anonymous_object_creation_expression": expressions.anonymous,
    **dict.fromkeys(("array_creation_expression", "implicit_array_creation_expression", "collection_expression"), expressions.array),
    "element_access_expression": expressions.subscript,
    **dict.fromkeys(("tuple_expression", "tuple_pattern", "tuple_type", "declaration_pattern", "declaration_expression"), expressions.tuple_),
    **dict.fromkeys(("catch_declaration", "parenthesized_variable_designation"), expressions.tuple_),
    "binary_expression": expressions.binary,
    "prefix_unary_expression": expressions.prefix,
    "postfix_unary_expression": expressions.postfix,
    "assignment_expression": expressions.assignment,
    "conditional_expression": _conditional,
    "is_pattern_expression": expressions.tested,
    "switch_expression": expressions.chosen,
    "switch_expression_arm": expressions.arm,
    **dict.fromkeys(("parenthesized_expression", "nullable_type", "array_type", "constant_pattern", "ref_expression", "as_expression"), tree.inner),
    **dict.fromkeys(("pointer_type", "ref_type", "name_equals", "name_colon", "parenthesized_pattern", "checked_expression"), tree.inner),
    **dict.fromkeys(("cast_expression", "arrow_expression_clause"), tree.last),
    "await_expression": expressions.word("await"),
    "throw_expression": expressions.word("throw"),
    "typeof_expression": expressions.word("typeof"),
    "default_expression": expressions.word("default"),
    "sizeof_expression": expressions.word("sizeof"),
    **dict.fromkeys(("lambda_expression", "anonymous_method_expression"), declarations.function),
    "implicit_parameter": declarations.implicit,
    # declarations
    "using_directive": declarations.using,
    **dict.fromkeys(("namespace_declaration", "file_scoped_namespace_declaration", "compilation_unit"), declarations.namespace),
    **dict.fromkeys(("class_declaration", "struct_declaration", "record_declaration", "interface_declaration"), declarations.class_),
    "record_struct_declaration": declarations.class_,
    "declaration_list": statements.opened,
    "base_list": declarations.bases,
    "primary_constructor_base_type": declarations.bases,
    "modifier": declarations.modifier,
    "attribute": declarations.attribute,
    "attribute_argument": declarations.attribute_argument,
    "attribute_list": declarations.attributes,
    "parameter": declarations.parameter,
    **dict.fromkeys(("parameter_list", "bracketed_parameter_list"), declarations.parameters),
    **dict.fromkeys(("method_declaration", "operator_declaration", "destructor_declaration"), declarations.method),
    "constructor_declaration": declarations.constructor,
    "constructor_initializer": declarations.initializer,
    "local_function_statement": declarations.local,
    **dict.fromkeys(("field_declaration", "event_field_declaration"), declarations.field),
    "property_declaration": declarations.property_,
    "accessor_list": declarations.accessors,
    "accessor_declaration": declarations.accessor,
    "enum_declaration": declarations.enumeration,
    "enum_member_declaration_list": declarations.enumeration_body,
    "enum_member_declaration": declarations.enumeration_member,
    # statements
    "block": statements.block,
    **dict.fromkeys(("global_statement", "local_declaration_statement", "labeled_statement", "unsafe_statement"), statements.opened),
    **dict.fromkeys(("checked_statement", "fixed_statement", "preproc_if", "preproc_else", "preproc_elif"), statements.opened),
    "expression_statement": statements.expression,
    "variable_declaration": statements.declared,
    "variable_declarator": statements.declarator,
    **dict.fromkeys(("return_statement", "throw_statement", "yield_statement"), statements.returned),
    "if_statement": statements.conditional,
    **dict.fromkeys(("while_statement", "do_statement", "for_statement"), statements.loop),
    "foreach_statement": statements.each,
    **dict.fromkeys(("using_statement", "lock_statement"), statements.with_),
    "try_statement": statements.attempt,
    "catch_clause": statements.caught,
    "finally_clause": tree.last,
    "switch_statement": statements.switch,
    "switch_body": statements.sections,
    "switch_section": statements.section,
}
_LEAVES: Final = frozenset(
    {*_IGNORED, *_NAMES, "string_literal", "character_literal", "verbatim_string_literal", "raw_string_literal", "string_content", "escape_sequence"}
    | {"integer_literal", "real_literal", "boolean_literal", "null_literal", "modifier", "implicit_parameter", DOTTED}
)
_CHAIN: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\Z")
GRAMMAR: Final = Grammar(
    _BUILDERS,
    _LEAVES,
    tree.unknown,
    {
        "member_access_expression": (_CHAIN, DOTTED),
        "qualified_name": (_CHAIN, DOTTED),
        "argument": (re.compile(r"(?!true\b|false\b|null\b|this\b|base\b|default\b)[A-Za-z_]\w*\Z"), "identifier"),
    },
)
"""What C# is lowered to."""
