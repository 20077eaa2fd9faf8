"""Nodes of the JavaScript grammars whose text is read at once, in place of each part."""

from __future__ import annotations

import re
from typing import Final

DOTTED = "dotted_name"
"""Stands for a chain like `a.b.c`, a quarter of all nodes: its text is read once in place of each part."""
IMPORT = "plain_import"
"""Stands for an import without comments or escapes, likewise."""
IMPORT_TEXT = re.compile(
    r"""import\s+(?:type\s+)?(?:(?P<default>[A-Za-z_$][\w$]*)\s*,?\s*)?(?:\*\s*as\s+(?P<all>[\w$]+)\s*|\{(?P<names>[\w$\s,]*)\}\s*)?from\s*(?P<q>['"])(?P<module>[^'"\\\n]*)(?P=q)\s*;?\Z"""
)
SHORT: Final = {
    "member_expression": (re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+\Z"), DOTTED),
    "import_statement": (IMPORT_TEXT, IMPORT),
}
