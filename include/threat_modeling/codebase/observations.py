"""What the engine reports of a codebase: each observation carries the evidence it was read from.

Resolvers make routes, rule packs make weaknesses and control sightings, the other readers make the rest. Phase 3 stores them as
they are, per component, and joins them when it consolidates.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from threat_modeling.model import ControlCategory, Cwe, Evidence, Model, RelativePath

EntryPointType = Literal["http", "graphql", "websocket", "grpc", "cli", "queue", "scheduled", "file-upload"]


class Parameter(Model):
    """A value that a caller controls."""

    name: str
    source: Literal["path", "query", "body", "header", "cookie", "file"]
    type: str | None = None


class Guard(Model):
    """A control that runs before a handler: a decorator, a dependency, a middleware, a call at the top of the handler."""

    category: ControlCategory
    name: str
    scope: Literal["application", "router", "route", "handler"]
    evidence: Evidence


class Handler(Model):
    """The code that serves an entry point: lines `line` to `end` of `file`, decorators included."""

    file: RelativePath
    line: int = Field(ge=1)
    end: int = Field(ge=1)
    function: str


class Route(Model):
    """One entry point: an upper-case method (ANY where all are served) and an absolute path with parameters written {name}."""

    type: EntryPointType = "http"
    method: str
    path: str
    framework: str
    handler: Handler | None = None
    registration: Evidence
    parameters: tuple[Parameter, ...] = ()
    guards: tuple[Guard, ...] = ()
    unread: tuple[str, ...] = ()
    """What else runs before the handler, as written, where its code was not found: it may be a guard."""
    made_where_registered: bool = False
    """True where the registration calls a function of the target whose result serves: `app.get("/x", show())`."""
    documented_only: bool = False
    """True where only a specification names it and no code was found that serves it."""
    undocumented: bool = False
    """True where a specification of the target names its neighbors, but not it."""


class Confidence(StrEnum):
    """How sure a rule is of a weakness."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class TraceStep(Model):
    """One hop of a value from where an attacker sets it to where it does harm."""

    kind: Literal["source", "process", "sink"]
    name: str
    evidence: Evidence


class Weakness(Model):
    """One weakness at one place. `weakness_class` groups rules of the same kind (sql-injection, missing-authentication)."""

    rule: str
    title: str
    message: str
    cwe: Cwe
    weakness_class: str
    category: ControlCategory
    confidence: Confidence = Confidence.MEDIUM
    evidence: Evidence
    function: str = ""
    """The function that holds it, "" at module level."""
    trace: tuple[TraceStep, ...] = ()
    """Empty where no attacker-controlled source was seen to reach it."""
    attacker_reached: bool = False
    route: str | None = None
    """`METHOD path` for what is missing on one route."""


class ControlSighting(Model):
    """A security control seen in the code."""

    rule: str
    category: ControlCategory
    name: str
    strength: Literal["strong", "partial", "weak"]
    scope: Literal["application", "router", "function"]
    function: str = ""
    evidence: Evidence


class StoreAccess(Model):
    """A place where code opens, reads or writes a data store."""

    technology: str
    kind: Literal["sql", "nosql", "cache", "file", "queue", "object", "search"]
    operation: Literal["connect", "read", "write"]
    name: str
    function: str = ""
    evidence: Evidence


class ExternalCall(Model):
    """A place where code talks to another system; destination is a host, or "" where the code computes it."""

    technology: str
    destination: str
    encrypted: bool | None = None
    function: str = ""
    evidence: Evidence


class PersonalField(Model):
    """A field of a data model whose name says what kind of data it holds."""

    model: str
    field: str
    category: Literal["PII", "PHI", "PCI", "credentials", "proprietary"]
    evidence: Evidence


class Dependency(Model):
    """A package that a manifest or a lock file names; version "" where none is fixed."""

    name: str
    version: str
    ecosystem: Literal["pypi", "npm", "maven", "go", "rubygems", "packagist", "nuget", "cargo", "docker"]
    pinned: bool
    evidence: Evidence


class ToolReport(Model):
    """What became of one report of another tool: `run` is false where it is missing, broken, or its tool says that it failed."""

    file: str
    tool: str
    run: bool
    reason: str = ""
    results: int = 0
    """Results, advisories or components that it holds."""
    used: int = 0
    """Weaknesses that came of it: with a CWE, and a place in what was read of the target."""


class Skip(Model):
    """A file or folder that was not read, with the reason."""

    path: str
    reason: str
    files: int = 1
