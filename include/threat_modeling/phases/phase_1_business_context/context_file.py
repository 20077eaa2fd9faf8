"""Reads a business-context.yaml: what its writer states, or an error that names field, line and remedy."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, Field, StringConstraints, ValidationError

from threat_modeling.errors import RequestInvalid
from threat_modeling.model import Model, RelativePath, Sensitivity
from threat_modeling.phases.phase_1_business_context.artifacts import ActorProfile, DataCategory, Level, Property, Redundancy

FILENAMES = ("business-context.yaml", "business-context.yml")
MAX_BYTES = 256_000
MAX_NODES = 20_000
MAX_NESTING = 20

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]


def _named(field: str) -> BeforeValidator:
    """A bare text stands for a record of which it is the field."""
    return BeforeValidator(lambda value: {field: value} if isinstance(value, str) else value)


class StatedJewel(Model):
    """A crown jewel as a person writes it; a bare text is its name."""

    name: Words
    description: Text | None = None
    category: DataCategory | None = None
    sensitivity: Sensitivity | None = None
    paths: tuple[RelativePath, ...] = ()
    patterns: tuple[Words, ...] = ()
    identifiers: tuple[Words, ...] = ()


class StatedData(Model):
    """A kind of data as a person writes it; a bare text is its category."""

    category: DataCategory
    examples: tuple[Words, ...] = ()
    sensitivity: Sensitivity | None = None
    regulatory_requirements: tuple[Words, ...] = ()


class StatedActor(Model):
    """An actor as a person writes it; a bare text is the archetype."""

    profile: ActorProfile
    motivation: Text | None = None
    capability: Level | None = None
    likelihood: Level | None = None


class Context(Model):
    """What a business-context.yaml may say; every field is optional, none may be misspelt."""

    application_name: Words | None = None
    primary_purpose: Text | None = None
    users: tuple[Words, ...] = ()
    business_processes: tuple[Words, ...] = ()
    business_value: Text | None = None
    data_types: tuple[Annotated[StatedData, _named("category")], ...] = ()
    crown_jewels: tuple[Annotated[StatedJewel, _named("name")], ...] = ()
    threat_actors: tuple[Annotated[StatedActor, _named("profile")], ...] = ()
    compliance: tuple[Words, ...] = ()
    impact: dict[Literal["financial", "operational", "regulatory", "reputational", "strategic"], Level] = Field(default_factory=dict)
    data_modification_impact: Amount | None = None
    downtime_cost_per_hour: Amount | None = None
    cia_priority: tuple[Property, ...] = ()
    risk_appetite: Level | None = None
    rto_hours: Amount | None = None
    rpo_hours: Amount | None = None
    redundancy: Redundancy | None = None


def read_context(text: str, file: str) -> tuple[Context, dict[str, int]]:
    """The context, and the line of each field (`crown_jewels`, `crown_jewels.0`); RequestInvalid names the file, field, line and remedy.

    Documents that are large, deep, hold aliases (which can make a small file a huge one) or a key twice are refused.
    """
    values, lines = _parsed(text, file)
    try:
        return Context.model_validate(values), lines
    except ValidationError as error:
        told = [_readable(problem, file, lines) for problem in error.errors(include_url=False, include_input=False)]
        raise RequestInvalid("\n".join(told)) from None


def _readable(problem: Any, file: str, lines: dict[str, int]) -> str:
    path = [str(part) for part in problem["loc"]]
    field = ".".join(path)
    line = next((lines[key] for n in range(len(path), 0, -1) if (key := ".".join(path[:n])) in lines), 1)
    text = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden" and len(path) == 1:
        text = f"no such field; there are {', '.join(sorted(Context.model_fields))}"
    return f"{file}: line {line}: {field}: {text}"


def _parsed(text: str, file: str) -> tuple[dict[str, Any], dict[str, int]]:
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise RequestInvalid(f"{file}: larger than {MAX_BYTES} bytes; a business context is a page or two")
    try:
        _check_shape(text, file)
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            raise RequestInvalid(f"{file}: line 1: the document is no mapping; write fields such as `primary_purpose: ...`")
        lines: dict[str, int] = {}
        _note_lines(node, "", lines, file)
        return dict(loader.construct_document(node)), lines
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RequestInvalid(f"{file}: line {line}: {error.problem}; correct the YAML") from None
    except (yaml.YAMLError, ValueError) as error:
        raise RequestInvalid(f"{file}: {str(error).splitlines()[0]}; correct the YAML") from None


def _check_shape(text: str, file: str) -> None:
    depth = 0
    for nodes, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader), 1):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise RequestInvalid(f"{file}: line {line}: aliases are not read; write the value out")
        if depth > MAX_NESTING or nodes > MAX_NODES:
            raise RequestInvalid(f"{file}: line {line}: nested too deeply or too many values; a business context is a page or two")


def _note_lines(node: yaml.Node, path: str, lines: dict[str, int], file: str) -> None:
    """Recursion is bounded by MAX_NESTING."""
    if path:
        lines.setdefault(path, node.start_mark.line + 1)
    prefix = f"{path}." if path else ""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{prefix}{key.value}"
            if name in lines:
                raise RequestInvalid(f"{file}: line {key.start_mark.line + 1}: {name} is given twice; give it once")
            lines[name] = key.start_mark.line + 1
            _note_lines(value, name, lines, file)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _note_lines(value, f"{prefix}{index}", lines, file)
