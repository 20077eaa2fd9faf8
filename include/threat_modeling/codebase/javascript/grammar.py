"""Which builder lowers which node of the JavaScript, TypeScript and TSX grammars."""

from __future__ import annotations

from typing import Any, Final

from threat_modeling.codebase import constants, tree
from threat_modeling.codebase.javascript import expressions, functions, literals, modules, patterns, statements, types
from threat_modeling.codebase.javascript.tree import DOTTED, IMPORT, SHORT
from threat_modeling.codebase.syntax import Name, Operation
from threat_modeling.codebase.tree import Builder, Grammar, Place


def _operation(operator: str) -> Builder:
    def build(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
        return Operation(*place, operator, tuple(tree.flat(values)))

    return build


def _meta(_node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Name:
    return Name(*place, "import.meta")


_TYPES: Final = [
    "type_annotation",
    "type_arguments",
    "type_parameters",
    "type_predicate_annotation",
    "asserts_annotation",
    "union_type",
    "intersection_type",
    "generic_type",
    "array_type",
    "tuple_type",
    "literal_type",
    "function_type",
    "constructor_type",
    "conditional_type",
    "lookup_type",
    "readonly_type",
    "index_type_query",
    "type_query",
    "template_literal_type",
    "predefined_type",
    "parenthesized_type",
    "infer_type",
    "existential_type",
    "flow_maybe_type",
    "rest_type",
    "optional_type",
]
_IGNORED: Final = [
    "comment",
    "html_comment",
    "hash_bang_line",
    "empty_statement",
    "debugger_statement",
    "accessibility_modifier",
    "override_modifier",
    "function_signature",
    "method_signature",
    "abstract_method_signature",
    "call_signature",
    "construct_signature",
    "index_signature",
    "break_statement",
    "continue_statement",
    "optional_chain",
    "jsx_closing_element",
    "statement_identifier",
    "import_attribute",
    "ambient_declaration",
    "adding_type_annotation",
    "omitting_type_annotation",
    "opting_type_annotation",
]

_BUILDERS: Final[dict[str, Builder]] = {
    **dict.fromkeys(_TYPES, types.annotation),
    **dict.fromkeys(_IGNORED, types.ignored),
    **dict.fromkeys(("type_arguments", "type_parameters"), types.ignored),
    # constants and names
    **dict.fromkeys(("identifier", "this", "super", "type_identifier", "import"), literals.name),
    **dict.fromkeys(("property_identifier", "private_property_identifier"), literals.key),
    "string": literals.string,
    "string_fragment": literals.fragment,
    "escape_sequence": literals.fragment,
    "number": literals.number,
    "true": constants.true,
    "false": constants.false,
    **dict.fromkeys(("null", "undefined"), constants.nothing),
    "regex": literals.regex,
    "template_string": literals.template,
    "template_substitution": tree.inner,
    "meta_property": _meta,
    # expressions
    **dict.fromkeys(
        ("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "instantiation_expression"), tree.inner
    ),
    **dict.fromkeys(("type_assertion", "decorator", "computed_property_name", "else_clause", "finally_clause"), tree.last),
    **dict.fromkeys(("member_expression", "nested_identifier", "nested_type_identifier", "jsx_namespace_name"), expressions.member),
    DOTTED: tree.chain,
    "subscript_expression": expressions.subscript,
    "arguments": expressions.arguments,
    "call_expression": expressions.call,
    "new_expression": expressions.construction,
    "binary_expression": expressions.binary,
    **dict.fromkeys(("unary_expression", "update_expression"), expressions.unary),
    "assignment_expression": expressions.assignment,
    "augmented_assignment_expression": statements.augmented,
    "ternary_expression": _operation("?:"),
    "await_expression": _operation("await"),
    "yield_expression": _operation("yield"),
    "spread_element": _operation("..."),
    "sequence_expression": _operation(","),
    **dict.fromkeys(("array", "array_pattern"), expressions.array),
    **dict.fromkeys(("object", "object_pattern"), expressions.mapping),
    **dict.fromkeys(("pair", "pair_pattern", "enum_assignment"), expressions.pair),
    # patterns and parameters
    **dict.fromkeys(("shorthand_property_identifier", "shorthand_property_identifier_pattern"), patterns.shorthand),
    "object_assignment_pattern": patterns.shorthand_default,
    "assignment_pattern": patterns.with_default,
    "rest_pattern": patterns.rest,
    **dict.fromkeys(("required_parameter", "optional_parameter"), patterns.typed_parameter),
    "formal_parameters": patterns.parameters,
    # functions and classes
    **dict.fromkeys(
        ("function_declaration", "function_expression", "function", "generator_function", "generator_function_declaration"), functions.function
    ),
    "arrow_function": functions.arrow,
    "method_definition": functions.method,
    **dict.fromkeys(("public_field_definition", "field_definition"), functions.field),
    **dict.fromkeys(("class_declaration", "abstract_class_declaration", "class"), functions.class_),
    "class_body": functions.class_body,
    **dict.fromkeys(("class_heritage", "extends_clause", "implements_clause", "extends_type_clause"), functions.heritage),
    **dict.fromkeys(("interface_declaration", "type_alias_declaration"), functions.interface),
    **dict.fromkeys(("interface_body", "object_type"), functions.members),
    "property_signature": functions.property_signature,
    "enum_declaration": functions.enumeration,
    "enum_body": functions.enumeration_body,
    # modules
    IMPORT: modules.plain_import,
    "import_statement": modules.import_statement,
    **dict.fromkeys(("import_clause", "named_imports", "export_clause"), modules.clause),
    **dict.fromkeys(("import_specifier", "export_specifier"), modules.specifier),
    **dict.fromkeys(("namespace_import", "namespace_export"), modules.namespace),
    "import_require_clause": modules.import_require,
    "export_statement": modules.export_statement,
    # statements
    **dict.fromkeys(("program", "statement_block"), statements.block),
    "expression_statement": statements.expression,
    **dict.fromkeys(("lexical_declaration", "variable_declaration"), statements.declaration),
    "variable_declarator": statements.declarator,
    **dict.fromkeys(("return_statement", "throw_statement"), statements.returned),
    "if_statement": statements.conditional,
    **dict.fromkeys(("while_statement", "do_statement"), statements.loop),
    "for_in_statement": statements.for_each,
    "for_statement": statements.for_count,
    "switch_statement": statements.switch,
    "switch_body": statements.switch_body,
    "switch_case": statements.case,
    "switch_default": statements.default,
    "try_statement": statements.attempt,
    "catch_clause": statements.caught,
    **dict.fromkeys(("internal_module", "module", "class_static_block"), statements.scope),
    "labeled_statement": statements.labeled,
    # elements
    "jsx_attribute": expressions.jsx_attribute,
    **dict.fromkeys(("jsx_opening_element", "jsx_self_closing_element"), expressions.jsx_opening),
    "jsx_element": expressions.jsx_element,
    "jsx_expression": expressions.jsx_expression,
    "jsx_text": expressions.jsx_text,
}
_LEAVES: Final = frozenset(
    {*_TYPES, *_IGNORED, "string", "regex", "number", "identifier", "property_identifier", "type_identifier", "true", "false", "null", "jsx_text"}
    | {"this", "super", "undefined", "shorthand_property_identifier", "shorthand_property_identifier_pattern", "string_fragment"}
    | {"private_property_identifier", "escape_sequence", "meta_property", DOTTED, IMPORT}
)
GRAMMAR: Final = Grammar(_BUILDERS, _LEAVES, tree.unknown, SHORT)
