"""Which data models of the target hold data about people, cards, health or access: read from a bounded number of files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from threat_modeling.codebase.observations import PersonalField
from threat_modeling.codebase.personal_fields import category, personal_fields
from threat_modeling.codebase.purpose import is_product

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

_LIKELY = re.compile(
    r"model|schema|entit|user|account|customer|client|order|payment|patient|profile|auth|database|\bdb\b|table|store|\.sql$", re.IGNORECASE
)
_TABLE = re.compile(r"create\s+table\s+(?:if\s+not\s+exists\s+)?[`\"\[]?(\w{1,60})[`\"\]]?\s*\(", re.IGNORECASE)
_COLUMN = re.compile(r"(?:^|,|\()\s*[`\"\[]?([a-z_]\w{0,59})[`\"\]]?\s+[a-z]", re.IGNORECASE)
_LANGUAGES = frozenset({"python", "javascript", "jsx", "typescript", "tsx", "java", "kotlin", "sql"})
MAX_FILES = 400
"""Files that are read, those whose path speaks of models, users or payments first; phase 3 reads all of them."""
MAX_TABLE_LINES = 80


def fields_of(project: Project) -> list[PersonalField]:
    """The personal fields of models and of SQL tables, by file and line; a field of a model is told once. Tests and examples do not count."""
    files = [file for file in project.files if file.language in _LANGUAGES and is_product(file.path)]
    chosen = sorted(files, key=lambda file: (_LIKELY.search(file.path) is None, file.path))[:MAX_FILES]
    found: dict[tuple[str, str], PersonalField] = {}
    for file in sorted(chosen, key=lambda f: f.path):
        module = project.module(file.path) if file.language != "sql" else None
        observed = [*(personal_fields(project, module) if module else ()), *_columns(project, file.path)]
        for field in observed:
            found.setdefault((field.model.lower(), field.field.lower()), field)
    return sorted(found.values(), key=lambda f: (f.evidence.path, f.evidence.start, f.field))


def _columns(project: Project, path: str) -> Iterator[PersonalField]:
    """Columns of every `create table` in a file, whether in SQL or in a text of a program."""
    lines = (project.text(path) or "").split("\n")
    for start, line in enumerate(lines):
        table = _TABLE.search(line[:1000])
        for number in range(start, min(start + MAX_TABLE_LINES, len(lines))) if table else ():
            part = lines[number][table.end() - 1 if number == start else 0 :][:1000] if table else ""
            for name in _COLUMN.findall(part):
                kind = category(name)
                if kind and table:
                    evidence = project.evidence(path, number + 1, number + 1)
                    yield PersonalField.model_validate({"model": table[1], "field": name, "category": kind, "evidence": evidence})
            if ";" in part or part.strip().startswith((")", '"""')):
                break
