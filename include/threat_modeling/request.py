"""What a person asks for: the one model from which the trigger form is generated and which the command line fills too."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from threat_modeling.model import Depth, Model

SESSIONS_ROOT = ".threat-modeling"
"""The default root of sessions: the one folder of this name that may lie inside a target, because the walker leaves it out."""

_WHERE = "Which parts of the target?"
_STAKE = "What is at stake?"
_HOW = "How is it scored and approved?"
_LIMITS = "How much may it take?"
_RESULT = "What is written, and where?"


def _section(title: str) -> dict[str, Any]:
    return {"section": title}


def _inside(path: str) -> str:
    """A path relative to the target, normalized (`./src/` is `src`); one that leaves the target is refused."""
    if "\\" in path or "\x00" in path:
        raise ValueError("write folders with forward slashes")
    clean = posixpath.normpath(path.strip())
    if clean == ".." or clean.startswith(("/", "../")):
        raise ValueError(f"{path!r} leaves the target; give a path relative to it, such as services/api")
    return clean


TargetPath = Annotated[str, StringConstraints(min_length=1, max_length=1024), AfterValidator(_inside)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]


class GivenComponent(Model):
    """A component that a person gives instead of the ones found; skip leaves it out of the analysis, on record."""

    path: TargetPath
    depth: Depth = Depth.FULL


def _component(value: Any) -> Any:
    """A form has a line for each component: `services/api` or `services/api sampling`."""
    if not isinstance(value, str):
        return value
    head, _, last = value.strip().rpartition(" ")
    if head and last in set(Depth):
        return {"path": head.strip(), "depth": last}
    return {"path": value.strip()}


def _none_if_blank(value: Any) -> Any:
    """A form sends "" for a field left empty."""
    return None if isinstance(value, str) and not value.strip() else value


GivenComponents = Annotated[
    tuple[Annotated[GivenComponent, BeforeValidator(_component)], ...], WithJsonSchema({"type": "array", "items": {"type": "string"}})
]
OptionalText = Annotated[Text | None, BeforeValidator(_none_if_blank)]
Figure = Annotated[Annotated[float, Field(ge=0, allow_inf_nan=False)] | None, BeforeValidator(_none_if_blank)]


def available_formats() -> tuple[str, ...]:
    """The names of the report formats: one file each in exporters/, `json_report.py` being "json". Nothing is imported."""
    folder = Path(__file__).parent / "exporters"
    stems = (path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    return tuple(sorted(stem.removesuffix("_report") for stem in stems))


class SessionRequest(Model):
    """A request as given; `request_check.accept` also checks it against the file system. Empty lists and None leave the choice to the session."""

    target: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4096)] = Field(
        title="Target",
        description="A folder of code as the workers see it (/srv/checkouts/shop), or a git repository (https://github.com/acme/shop). "
        "It is read, never changed or executed.",
    )
    ref: OptionalText = Field(
        default=None,
        title="Branch, tag or commit",
        description="What of a git repository is read. Empty: its default branch.",
        json_schema_extra=_section(_WHERE),
    )
    git_connection: OptionalText = Field(
        default=None,
        title="Git connection",
        description="Id of the Airflow connection that holds the credentials of a git repository. Empty: it is read without any.",
        json_schema_extra=_section(_WHERE),
    )
    scope: tuple[TargetPath, ...] = Field(
        default=(),
        title="Scope",
        description="Folders of the target to look at, one a line, relative to the target (services/api). Empty: the whole target.",
        json_schema_extra=_section(_WHERE),
    )
    components: GivenComponents = Field(
        default=(),
        title="Components given by hand",
        description="Replaces the components that sizing would find. One a line: a folder, then optionally full, sampling or skip. "
        "What no line covers becomes one more component. Empty: sizing decides.",
        json_schema_extra=_section(_WHERE),
    )
    business_context: OptionalText = Field(
        default=None,
        title="Business context file",
        description="Path of a business-context.yaml that you vouch for. Empty: the target's own file is read, as the target's claim.",
        json_schema_extra=_section(_STAKE),
    )
    evidence: tuple[Line, ...] = Field(
        default=(),
        title="Reports of other tools",
        description="Files, one a line, as the workers see them: SARIF of any scanner, CycloneDX, OSV advisories. What they say of lines of the "
        "target is merged with the tool named; a report that is missing or broken is listed as not run.",
        json_schema_extra=_section(_WHERE),
    )
    purpose: OptionalText = Field(
        default=None,
        title="Purpose",
        description="What the application is for, in a sentence or two. Empty: taken from its README.",
        json_schema_extra={**_section(_STAKE), "format": "multiline"},
    )
    crown_jewels: tuple[Line, ...] = Field(
        default=(),
        title="Crown jewels",
        description="What must not be lost, one a line: a name (customer payment data) or a path of the target that handles it (src/payments).",
        json_schema_extra=_section(_STAKE),
    )
    data_classes: tuple[Literal["PII", "PHI", "PCI", "credentials", "proprietary"], ...] = Field(
        default=(),
        title="Kinds of data",
        description="Personal data (PII), health data (PHI), payment cards (PCI), credentials, proprietary. Added to what the code shows.",
        json_schema_extra={**_section(_STAKE), "examples": ["PII", "PHI", "PCI", "credentials", "proprietary"]},
    )
    compliance: tuple[Line, ...] = Field(
        default=(),
        title="Compliance",
        description="Regulations and standards that apply, one a line (PCI DSS, GDPR, HIPAA, SOC 2). Added to what the data implies.",
        json_schema_extra=_section(_STAKE),
    )
    data_modification_impact: Figure = Field(
        default=None,
        title="Cost of changed data (US dollars)",
        description="What an unnoticed change of the data would cost. Scores ask for medium integrity from 100,000, for high from 1,000,000.",
        json_schema_extra=_section(_STAKE),
    )
    downtime_cost_per_hour: Figure = Field(
        default=None,
        title="Cost of downtime (US dollars an hour)",
        description="What an hour without the application costs.",
        json_schema_extra=_section(_STAKE),
    )
    rto_hours: Figure = Field(
        default=None,
        title="Recovery time objective (hours)",
        description="Within how many hours the application must be back. Below 24 the availability requirement of scores is high.",
        json_schema_extra=_section(_STAKE),
    )
    rpo_hours: Figure = Field(
        default=None,
        title="Recovery point objective (hours)",
        description="How many hours of data may be lost.",
        json_schema_extra=_section(_STAKE),
    )
    redundancy: Annotated[Literal["none", "partial", "full"] | None, BeforeValidator(_none_if_blank)] = Field(
        default=None,
        title="Redundancy",
        description="How much of the application can fail without an outage.",
        json_schema_extra=_section(_STAKE),
    )
    cvss_version: Literal["4.0", "3.1"] = Field(
        default="4.0",
        title="CVSS version",
        description="The version threats are scored with. In 4.0 the business context can only keep or lower a score; in 3.1 it can raise it too.",
        json_schema_extra=_section(_HOW),
    )
    approval: Literal["manual", "auto"] = Field(
        default="manual",
        title="Approval",
        description="manual asks a person at each checkpoint. auto approves by itself, on record, as long as every agent delivered.",
        json_schema_extra=_section(_HOW),
    )
    answer_hours: float = Field(
        default=0,
        ge=0,
        le=8760,
        title="Hours to answer a checkpoint",
        description="A checkpoint that nobody answers for this long stops the session with a partial report; it never approves. 0 waits for ever.",
        json_schema_extra=_section(_HOW),
    )
    agent_timeout_minutes: int = Field(
        default=30,
        ge=1,
        le=30,
        title="Agent timeout (minutes)",
        description="An agent that takes longer is ended and retried; at most 30.",
        json_schema_extra=_section(_LIMITS),
    )
    max_agents: int = Field(
        default=10,
        ge=1,
        le=10,
        title="Agents",
        description="At most this many agents map the code; the size of the code decides how many of them are used.",
        json_schema_extra=_section(_LIMITS),
    )
    formats: tuple[Line, ...] = Field(
        default_factory=available_formats,
        title="Report formats",
        description="The files of the final report.",
        json_schema_extra=lambda schema: schema.update({**_section(_RESULT), "examples": list(available_formats())}),
    )
    out: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4096)] = Field(
        default=SESSIONS_ROOT,
        title="Root of sessions",
        description="The folder below which this session's folder is made.",
        json_schema_extra=_section(_RESULT),
    )
    resume: OptionalText = Field(
        default=None,
        title="Resume a session",
        description="The name of a session below the root, to go on with after its last approved phase. It keeps its own settings. Empty: a new one.",
        json_schema_extra=_section(_RESULT),
    )

    def scope_dump(self) -> dict[str, Any]:
        """The scope as plain JSON values: full or components, the folders looked at, and the components given by hand."""
        return {
            "kind": "components" if self.scope else "full",
            "paths": list(self.scope) or ["."],
            "components": [component.dump() for component in self.components],
        }


def form_schema() -> dict[str, dict[str, Any]]:
    """Per field, in the order of the form, the JSON Schema keywords that a form needs.

    default, type (with "null" where it may stay empty), title, description, section, enum, items, examples, format, minimum,
    maximum. A required field has no default.
    """
    properties = SessionRequest.model_json_schema()["properties"]
    form = {}
    for name, field in SessionRequest.model_fields.items():
        schema = _flat(dict(properties[name]))
        schema.pop("default", None)
        if not field.is_required():
            default = field.get_default(call_default_factory=True, validated_data={})
            schema["default"] = list(default) if isinstance(default, tuple) else default
        form[name] = schema
    return form


def _flat(schema: dict[str, Any]) -> dict[str, Any]:
    """`anyOf: [X, null]` as X whose type also allows null: forms know no anyOf."""
    options = schema.pop("anyOf", None)
    if not options:
        return schema
    value = next(option for option in options if option.get("type") != "null")
    merged = {**value, **schema, "type": [value["type"], "null"]}
    if "enum" in merged:
        merged["enum"] = [*merged["enum"], None]
    return merged
