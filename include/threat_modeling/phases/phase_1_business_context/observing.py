"""Reads from the code what it shows of its business context."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from threat_modeling.codebase.naming import CODE
from threat_modeling.codebase.purpose import is_product
from threat_modeling.codebase.relevance import is_security_relevant
from threat_modeling.codebase.words import words
from threat_modeling.phases.phase_1_business_context.introduction import name_of, purpose_of
from threat_modeling.phases.phase_1_business_context.observed import Observed
from threat_modeling.phases.phase_1_business_context.personal_data import fields_of
from threat_modeling.phases.phase_1_business_context.technologies import MAX_FILES, technologies

if TYPE_CHECKING:
    from threat_modeling.codebase.observations import PersonalField
    from threat_modeling.codebase.project import Project

_SETUP = re.compile(r"dockerfile|docker-compose|compose\.ya?ml|\.tf$|\.github/workflows|\.env|helm|kubernetes|k8s", re.IGNORECASE)
MAX_HANDLING = 60
"""Files that a crown jewel lists as handling it."""


def observe(project: Project) -> Observed:
    """Read a target; file names and contents are its own claims about itself, and are quoted."""
    fields = tuple(fields_of(project))
    return Observed(
        fields=fields,
        technologies=tuple(technologies(project)),
        name=name_of(project),
        purpose=purpose_of(project),
        handling={category: _handling(project, [f for f in fields if f.category == category]) for category in sorted({f.category for f in fields})},
        setup_files=tuple(f.path for f in project.files if f.language not in CODE and is_product(f.path) and _SETUP.search(f.path))[:MAX_HANDLING],
    )


def _handling(project: Project, fields: list[PersonalField]) -> tuple[str, ...]:
    """Files that define the fields, then files that name a model and one of its fields: naming either alone is too common to tell.

    Of those, security-relevant names come first, then the files with most such pairs.
    """
    defining = sorted({field.evidence.path for field in fields})
    pairs = sorted({(field.model.lower(), field.field) for field in fields if len(field.model) > 2})
    using: list[tuple[bool, int, str]] = []
    candidates = [file.path for file in project.files if file.language in CODE and is_product(file.path) and file.path not in defining]
    for path in candidates[:MAX_FILES]:
        own = words(project.text(path) or "")
        any_case = {word.lower() for word in own}
        hits = sum(words(field) <= own and any(words(name) <= any_case for name in (model, f"{model}s")) for model, field in pairs)
        if hits:
            using.append((not is_security_relevant(path), -hits, path))
    return tuple(defining + [path for _, _, path in sorted(using)])[:MAX_HANDLING]
