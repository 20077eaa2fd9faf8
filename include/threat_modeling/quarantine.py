"""Keeps statements with false quotes out of an agent's output, on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.errors import AgentRejected
from threat_modeling.evidence import Checker, evidence_in
from threat_modeling.model import Evidence, EvidenceStatus, Model, Quarantined
from threat_modeling.secrets import mask_tokens
from threat_modeling.text import one_line

if TYPE_CHECKING:
    from threat_modeling.agent import Output

_PLACES = frozenset({"file", "functions", "component", "id"})


def quarantined(output: Output, checker: Checker) -> Output:
    """The output without the list entries that hold a quote the code does not verify; each is listed in `quarantined`.

    AgentRejected where a quote that stands in no list fails: the output as a whole then rests on it.
    """
    rejected: list[Quarantined] = []
    update: dict[str, Any] = {}
    for name in type(output).model_fields:
        value = getattr(output, name)
        if name == "quarantined":
            continue
        if isinstance(value, tuple):
            kept = []
            for entry in value:
                fault = _fault(entry, checker)
                if fault:
                    rejected.append(_listed(name, entry, *fault))
                else:
                    kept.append(entry)
            update[name] = tuple(kept)
        elif fault := _fault(value, checker):
            raise AgentRejected(f"{name}: {fault[1]}; if the target changed while it was read, start a new session")
    if not rejected:
        return output
    update["quarantined"] = (*output.quarantined, *rejected)
    return type(output).model_validate(output.model_copy(update=update).dump())


def _fault(value: Any, checker: Checker) -> tuple[Evidence, str] | None:
    for evidence in evidence_in(value):
        status, reason = checker.status(evidence)
        if status is not EvidenceStatus.VERIFIED:
            return evidence, f"{status.value}: {reason}"
    return None


def _listed(kind: str, entry: Any, evidence: Evidence, reason: str) -> Quarantined:
    named = next((str(getattr(entry, field)) for field in ("title", "name", "path", "id") if getattr(entry, field, None)), kind)
    summary = one_line(named if isinstance(entry, Model) else kind)
    return Quarantined(kind=kind, summary=summary, reason=one_line(reason, 500), evidence=evidence)


def unsecret(output: Output) -> Output:
    """The output with the secrets masked that stand outside of quotes: in a route, a table, the name of a parameter or package.

    Quotes are masked where they are made; places in the code stay as they are, or nobody could find them.
    """
    document = output.dump()
    masked = _masked(document)
    return output if masked == document else type(output).model_validate(masked)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_tokens(value)
    if isinstance(value, list):
        return [_masked(entry) for entry in value]
    if isinstance(value, dict):
        return value if "sha256" in value else {key: entry if key in _PLACES else _masked(entry) for key, entry in value.items()}
    return value
