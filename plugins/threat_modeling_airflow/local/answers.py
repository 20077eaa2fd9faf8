"""Reads a person's typed answer to a checkpoint."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threat_modeling_airflow.local.api import Question

FEEDBACK = "feedback"


@dataclass
class Draft:
    """The fields changed so far, and the option once one is chosen."""

    form: dict[str, Any] = field(default_factory=dict)
    option: str | None = None


class NotUnderstoodError(Exception):
    """The line is no answer; the message says what is."""


def help_text(question: Question) -> str:
    """How to answer this question."""
    lines = [
        f"  {number}  {option}{'  followed by what to do differently' if option == 'Revise' else ''}"
        for number, option in enumerate(question.options, 1)
    ]
    fields = {name: spec for name, spec in question.fields.items() if name != FEEDBACK}
    if fields:
        lines.append("Before that you may correct, a line each (name = value, a list with commas between its entries or as JSON):")
        lines += [f"  {name} = {_shown(spec['value'])}" for name, spec in fields.items()]
    return "\n".join(lines)


def read(question: Question, line: str, draft: Draft) -> None:
    """Work a typed line into the draft. Raises NotUnderstoodError."""
    name, sign, value = (part.strip() for part in line.partition("="))
    if sign and name in question.fields:
        draft.form[name] = _value(value, question.fields[name].get("schema", {}))
        return
    word, _, rest = line.strip().partition(" ")
    option = _option(question, line.strip()) or _option(question, word.rstrip(":,"))
    if option is None:
        raise NotUnderstoodError(f"Type a number from 1 to {len(question.options)}, or name = value for one of the fields.")
    if rest and option.lower() != line.strip().lower():
        draft.form[FEEDBACK] = rest.strip()
    if option == "Revise" and not draft.form:
        raise NotUnderstoodError("Say what to do differently: the number, a space, then your words. Or correct a field first.")
    draft.option = option


def _option(question: Question, word: str) -> str | None:
    if word.isdecimal():
        number = int(word)
        return question.options[number - 1] if 1 <= number <= len(question.options) else None
    matching = [option for option in question.options if word and option.lower().startswith(word.lower())]
    exact = [option for option in question.options if option.lower() == word.lower()]
    return exact[0] if exact else matching[0] if len(matching) == 1 else None


def _value(text: str, schema: dict[str, Any]) -> Any:
    kinds = schema.get("type", "string")
    if "string" in kinds and not text.startswith(("[", "{")):
        return text
    try:
        return json.loads(text)
    except ValueError:
        if "array" in kinds:
            return [part.strip() for part in text.split(",") if part.strip()]
        if not text and "null" in kinds:
            return None
        raise NotUnderstoodError(f"{text!r} is no value for a field of type {kinds}.") from None


def _shown(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
