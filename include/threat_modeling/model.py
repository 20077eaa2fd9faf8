"""The vocabulary that every phase shares: severity, location, evidence, provenance, STRIDE and control categories."""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Model(BaseModel):
    """A closed record: unknown keys are refused, so a misspelt field is an error and not a loss."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    def dump(self) -> dict[str, Any]:
        """Plain JSON values, keys in declaration order."""
        return self.model_dump(mode="json", by_alias=True)


class Severity(StrEnum):
    """The seed's five severities, most severe first."""

    CRITICAL = "CRITICAL"
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"
    INFO = "INFO"

    @property
    def rank(self) -> int:
        """0 for CRITICAL ... 4 for INFO: sorts most severe first."""
        return list(Severity).index(self)

    def raised(self) -> Severity:
        """One step more severe; CRITICAL stays."""
        return list(Severity)[max(self.rank - 1, 0)]


class Stride(StrEnum):
    """Microsoft's six threat categories."""

    SPOOFING = "spoofing"
    TAMPERING = "tampering"
    REPUDIATION = "repudiation"
    INFORMATION_DISCLOSURE = "information-disclosure"
    DENIAL_OF_SERVICE = "denial-of-service"
    ELEVATION_OF_PRIVILEGE = "elevation-of-privilege"


class ControlCategory(StrEnum):
    """The ten categories of security controls that phase 4 investigates."""

    AUTHENTICATION = "authentication"
    AUTHORIZATION = "authorization"
    INPUT_VALIDATION = "input-validation"
    OUTPUT_ENCODING = "output-encoding"
    CRYPTOGRAPHY = "cryptography"
    SECRETS_MANAGEMENT = "secrets-management"
    LOGGING_AUDIT = "logging-audit"
    RATE_LIMITING = "rate-limiting"
    CORS_CSP = "cors-csp"
    DEPENDENCY_SECURITY = "dependency-security"


class Provenance(StrEnum):
    """How a statement came to be known."""

    OBSERVED = "observed"
    STATED = "stated"
    INFERRED = "inferred"
    ASSUMED = "assumed"


class Sensitivity(StrEnum):
    """How much harm the disclosure of data does, most first."""

    CRITICAL = "critical"
    RESTRICTED = "restricted"
    HIGH = "high"
    CONFIDENTIAL = "confidential"
    INTERNAL = "internal"
    PUBLIC = "public"

    @property
    def score(self) -> int:
        """The severity formula's data-sensitivity score: 3 critical or restricted, 2 high or confidential, 1 internal, 0 public."""
        return {"critical": 3, "restricted": 3, "high": 2, "confidential": 2, "internal": 1, "public": 0}[self.value]


class Depth(StrEnum):
    """How thoroughly a component is mapped."""

    FULL = "full"
    SAMPLING = "sampling"
    SKIP = "skip"


class EvidenceStatus(StrEnum):
    """What checking a quote against the code found."""

    VERIFIED = "verified"
    MOVED = "moved"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


RelativePath = Annotated[str, StringConstraints(min_length=1, max_length=1024, pattern=r"^[^/\\\x00][^\\\x00]*$")]
Cwe = Annotated[str, StringConstraints(pattern=r"^CWE-\d{1,4}$")]


def normalized(quote: str) -> str:
    """A quote with runs of white space collapsed and its ends trimmed: what its sha256 and its match are computed on."""
    return re.sub(r"\s+", " ", quote).strip()


class Location(Model):
    """Lines `start` to `end` (1-based, inclusive) of a file below the target."""

    path: RelativePath
    start: int = Field(ge=1)
    end: int = Field(ge=1)


class Evidence(Location):
    """A verbatim quote of the target's code, with secrets masked; `sha256` is of the normalised quote as shown.

    A quote is at most `MAX_QUOTE` characters; `masked` says that a secret value in it was replaced by asterisks.
    """

    quote: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    masked: bool = False

    @classmethod
    def of(cls, path: str, start: int, end: int, quote: str, *, masked: bool = False) -> Evidence:
        """Evidence whose hash is computed from its quote."""
        digest = hashlib.sha256(normalized(quote).encode("utf-8", "replace")).hexdigest()
        return cls(path=path, start=start, end=end, quote=quote, sha256=digest, masked=masked)

    @property
    def place(self) -> str:
        """`path:line`, as an editor takes it."""
        return f"{self.path}:{self.start}"


MAX_QUOTE = 2000


class Quarantined(Model):
    """A statement whose quote the code does not hold: kept out of every result, listed with the reason."""

    kind: str
    summary: str
    reason: str
    evidence: Evidence


class CoverageGap(Model):
    """An assignment that no agent delivered: what is not known, and why."""

    assignment: str
    label: str
    reason: str
    cause: str = ""
    """The name of the error, where one is known."""
    tries: int = 0
    """How often the agent failed at it."""
