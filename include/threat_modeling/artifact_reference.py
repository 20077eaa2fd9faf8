"""docs/artifacts.md, generated: every file of a session, what it is and its fields."""

from __future__ import annotations

import inspect
from typing import Any

from threat_modeling.schemas import artifact_types, schemas

_HEAD = """# The files of a session

Generated from the models by `make schemas`; the JSON Schemas stand in [schemas](schemas). A session is a folder `{date}-{time}-{name}/` below
the root of sessions; beside it, `sessions.json` lists them all.

| file | what it holds |
|---|---|
| `config.json`, `scope.json` | the request: target, scope, approval policy, limits, formats; `config-copy.json` stands in where the first is lost |
| `metadata.json` | what is true of this run alone: times, status of each stage, versions, the target's revision |
| `target.json` | size, time and sha256 of each file of the target, as the session saw it last |
| `phase-N/assignments*.json` | what each agent of the newest round was asked |
| `phase-N/components/`, `phase-4/investigations/` | what each agent delivered; `-ERROR.json` beside it where one failed |
| `phase-N/summary.md` | what a person decides on |
| `checkpoints/` | every question (`.request.json`) and every answer |
| `handoffs/phase-N-to-M.json` | what one phase tells the next |
| `integrity/` | sha256 of each file, of its assignment and of what it was made from |
| `notes.md` | overrides, gaps, recoveries, and feedback that no agent could act on |
| `final-report/` | the report in every format asked for |
"""


def reference() -> str:
    """The page, as Markdown."""
    every = schemas()
    parts = [_HEAD]
    for path, kind in sorted(artifact_types().items()):
        schema = every[path.removesuffix(".json")]
        parts.append(f"## {path}\n\n{inspect.getdoc(kind) or ''}\n\n{_table(schema['properties'], schema)}")
        for name, part in sorted(schema.get("$defs", {}).items()):
            if part.get("properties") and name not in _SHARED:
                parts.append(f"**{name}.** {' '.join(str(part.get('description', '')).split())}\n\n{_table(part['properties'], schema)}")
    return "\n".join(part.rstrip() + "\n" for part in parts)


_SHARED = frozenset({"Evidence", "Location"})


def _table(properties: dict[str, Any], schema: dict[str, Any]) -> str:
    rows = [f"| `{name}` | {_kind(field, schema)} |" for name, field in properties.items() if name != "schema_version"]
    return "\n".join(["| field | type |", "|---|---|", *rows])


def _kind(field: dict[str, Any], schema: dict[str, Any]) -> str:
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        values = schema["$defs"][name].get("enum")
        return " \\| ".join(values) if values else name
    if "enum" in field:
        return " \\| ".join(map(str, field["enum"]))
    if "const" in field:
        return str(field["const"])
    if "anyOf" in field:
        return " or ".join(_kind(option, schema) for option in field["anyOf"])
    if field.get("type") == "array":
        return f"list of {_kind(field['items'], schema)}" if "items" in field else "list"
    return str(field.get("type", "any"))
