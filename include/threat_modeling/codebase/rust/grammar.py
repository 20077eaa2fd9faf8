"""Which builder lowers which node of the Rust grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase import constants, tree
from threat_modeling.codebase.rust import declarations, expressions, literals, statements
from threat_modeling.codebase.rust.attributes import path
from threat_modeling.codebase.rust.expressions import Arguments
from threat_modeling.codebase.tree import Builder, Grammar, Place

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Expression

PATH: Final = "plain_path"
"""Stands for `a::b::c`: its text is read once in place of each part."""


def _ignored(_node: Any, _place: Place, _kinds: list[str], _values: list[Any]) -> None:
    return None


def _path(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Expression:
    return path(node.text(), place)


_IGNORED: Final = (
    *("visibility_modifier", "mutable_specifier", "function_modifiers", "type_parameters", "where_clause", "lifetime", "label", "line_comment"),
    *("block_comment", "break_expression", "continue_expression", "empty_statement", "extern_crate_declaration", "macro_definition", "type_item"),
    *("inner_attribute_item", "associated_type", "remaining_field_pattern", "shebang", "doc_comment", "attribute"),
)
_NAMES: Final = (
    *("identifier", "field_identifier", "type_identifier", "shorthand_field_identifier", "primitive_type", "self", "crate", "super", "metavariable"),
)
_BUILDERS: Final[dict[str, Builder]] = {
    **dict.fromkeys(_IGNORED, _ignored),
    **dict.fromkeys(_NAMES, literals.name),
    **dict.fromkeys(("string_literal", "char_literal"), literals.quoted),
    "raw_string_literal": literals.raw,
    **dict.fromkeys(("integer_literal", "float_literal"), literals.number),
    "boolean_literal": constants.boolean,
    # expressions
    PATH: _path,
    **dict.fromkeys(("field_expression", "scoped_identifier", "scoped_type_identifier"), expressions.member),
    "generic_type": expressions.generic,
    **dict.fromkeys(("generic_function", "generic_type_with_turbofish"), expressions.turbofish),
    "type_arguments": expressions.types,
    "arguments": expressions.arguments,
    "call_expression": expressions.call,
    "macro_invocation": expressions.macro,
    "index_expression": expressions.index,
    "binary_expression": expressions.binary,
    "unary_expression": expressions.unary,
    "assignment_expression": expressions.assignment,
    "compound_assignment_expr": expressions.augmented,
    **dict.fromkeys(("array_expression", "tuple_expression", "tuple_pattern", "slice_pattern", "tuple_type", "token_tree"), expressions.sequence),
    "tuple_struct_pattern": expressions.destructured,
    "struct_expression": expressions.struct,
    "field_initializer_list": expressions.fields,
    **dict.fromkeys(("field_initializer", "shorthand_field_initializer"), expressions.field),
    "base_field_initializer": expressions.rest,
    "closure_expression": expressions.closure,
    "closure_parameters": expressions.closure_parameters,
    "await_expression": expressions.word("await"),
    **dict.fromkeys(("parenthesized_expression", "try_expression", "type_cast_expression", "captured_pattern", "array_type"), tree.inner),
    **dict.fromkeys(("reference_expression", "reference_type", "pointer_type", "mut_pattern", "reference_pattern", "ref_pattern"), tree.last),
    **dict.fromkeys(("abstract_type", "dynamic_type", "bounded_type", "optional_type_parameter"), declarations.several),
    # declarations
    **dict.fromkeys(("source_file", "declaration_list", "field_declaration_list"), declarations.items),
    "attribute_item": declarations.attribute_item,
    **dict.fromkeys(("function_item", "function_signature_item"), declarations.function),
    "parameters": declarations.parameters,
    "parameter": declarations.parameter,
    "self_parameter": declarations.itself,
    **dict.fromkeys(("struct_item", "union_item"), declarations.struct),
    "field_declaration": declarations.field,
    "enum_item": declarations.enumeration,
    "enum_variant_list": expressions.fields,
    "enum_variant": declarations.variant,
    "impl_item": declarations.implementation,
    "trait_item": declarations.trait,
    "mod_item": declarations.module,
    "use_declaration": declarations.use,
    # statements
    "block": statements.block,
    **dict.fromkeys(("async_block", "const_block"), statements.as_value),
    "unsafe_block": tree.last,
    "expression_statement": statements.expression,
    "let_declaration": statements.let,
    **dict.fromkeys(("const_item", "static_item"), statements.constant),
    "return_expression": statements.returned,
    "if_expression": statements.conditional,
    "let_condition": statements.let_condition,
    "let_chain": statements.let_chain,
    "else_clause": statements.last_branch,
    "match_expression": statements.match,
    "match_block": statements.arms,
    "match_arm": statements.arm,
    **dict.fromkeys(("match_pattern", "or_pattern"), statements.pattern),
    "for_expression": statements.each,
    **dict.fromkeys(("while_expression", "loop_expression"), statements.loop),
}
_LEAVES: Final = frozenset(
    {*_IGNORED, *_NAMES, "string_literal", "char_literal", "raw_string_literal", "integer_literal", "float_literal", "boolean_literal"}
    | {"attribute_item", "use_declaration", "self_parameter", PATH}
)


def _arguments(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Arguments:
    inner = node.text()[1:-1]
    return Arguments(tuple(path(part, place) for part in inner.split(", ")) if inner else ())


_CHAIN: Final = re.compile(r"[A-Za-z_]\w*(?:::[A-Za-z_]\w*)+\Z")
_PLAIN: Final = re.compile(r"\((?!true\b|false\b)(?:[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*(?:, (?!true\b|false\b)[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*)*)?\)\Z")
_DOTS: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\Z")
GRAMMAR: Final = Grammar(
    {**_BUILDERS, "dotted_name": tree.chain, "plain_arguments": _arguments},
    _LEAVES | {"dotted_name", "plain_arguments"},
    tree.unknown,
    {
        "scoped_identifier": (_CHAIN, PATH),
        "scoped_type_identifier": (_CHAIN, PATH),
        "field_expression": (_DOTS, "dotted_name"),
        "arguments": (_PLAIN, "plain_arguments"),
    },
    comments=frozenset({"line_comment", "block_comment"}),
)
"""What Rust is lowered to."""
