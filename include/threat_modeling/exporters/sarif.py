"""SARIF 2.1.0 (OASIS): findings for code scanning services, editors and vulnerability managers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from threat_modeling.exporters.sarif_parts.findings import Finding, findings
from threat_modeling.exporters.sarif_parts.places import ROOT, Places, sentence
from threat_modeling.exporters.sarif_parts.rules import level, rule_id, rules
from threat_modeling.text import visible

if TYPE_CHECKING:
    from threat_modeling.exporters.material.document import Outcome, ReportDocument

FILENAME = "threat-model.sarif"
MEDIA_TYPE = "application/sarif+json"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ABOUT = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"

_NOTIFICATIONS = {
    "coverage-gap": ("CoverageGap", "An agent did not deliver: part of the model is missing.", "Clear the failed agent and run it again."),
    "partial-session": (
        "PartialSession",
        "The session ended before every phase was done.",
        "Start or resume the session and answer its checkpoints.",
    ),
    "not-analyzed": ("NotAnalyzed", "Code that was not analyzed: nothing is said of it.", "See the coverage section of the report for the reasons."),
}


def export(document: ReportDocument) -> str:
    """The log: one run, ASCII only, the worst finding first."""
    found = findings(document)
    known = rules(found)
    index = {rule["id"]: number for number, rule in enumerate(known)}
    paths = [e.path for f in found for e in (f.place, *(step for _, step in f.path))]
    places = Places(paths)
    name, _, version = document.generator.partition(" ")
    run = {
        "tool": {
            "driver": {
                "name": name,
                "semanticVersion": version or "0.0.0",
                "informationUri": _ABOUT,
                "rules": known,
                "notifications": [_descriptor(id_, *told) for id_, told in _NOTIFICATIONS.items()],
            }
        },
        "automationDetails": {"id": "threat-model/"},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that was analyzed."}}},
        "invocations": [_invocation(document)],
        "artifacts": places.artifacts(),
        "results": [_result(finding, index, places) for finding in found],
        "properties": _coverage(document),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(_shown(log), ensure_ascii=True, indent=2, allow_nan=False) + "\n"


def _shown(value: Any) -> Any:
    """The log with control and bidirectional characters of every string written as escapes."""
    if isinstance(value, dict):
        return {key: _shown(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shown(inner) for inner in value]
    return visible(value) if isinstance(value, str) else value


def _result(finding: Finding, index: dict[str, int], places: Places) -> dict[str, Any]:
    rule = rule_id(finding)
    result: dict[str, Any] = {
        "ruleId": rule,
        "ruleIndex": index[rule],
        # A gate on the results must not fail on what nothing but a rule of low confidence says.
        "kind": "informational" if finding.unsure else "fail",
        "level": "none" if finding.unsure else level(finding.score),
        "message": {"text": sentence(finding.text)},
        "locations": [places.location(finding.place)],
        "partialFingerprints": {
            "threatModelingFingerprint/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.place.sha256[:16]}:1",
        },
        "rank": round(finding.score * 10, 1),
        "properties": dict(finding.properties) | {"severity": finding.severity.value, "security-severity": f"{finding.score:.1f}"},
    }
    if finding.path:
        result["codeFlows"] = places.flow(finding.path)
    if finding.closed:
        state = "accepted" if finding.accepted else "underReview"
        result["suppressions"] = [{"kind": "external", "status": state, "justification": sentence(finding.closed)}]
    return result


def _invocation(document: ReportDocument) -> dict[str, Any]:
    """Not successful where an agent failed: an importer must not close findings that this run could not see."""
    notifications = [_notification("coverage-gap", "error", f"{gap.label} did not deliver: {gap.reason}") for gap in document.outcome.gaps]
    if not document.outcome.complete:
        notifications += [_notification("partial-session", "error", reason) for reason in document.outcome.reasons]
    counts = document.counts
    if counts.percent_analyzed < 100:
        told = (
            f"{counts.files_analyzed} of {counts.code_files} code files were analyzed: {counts.files_unsupported} in languages not understood, "
            f"{counts.files_sampled_out} left out by sampling, {counts.files_skipped} skipped"
        )
        notifications.append(_notification("not-analyzed", "warning", told))
    return {"executionSuccessful": _successful(document.outcome), "toolExecutionNotifications": notifications}


def _successful(outcome: Outcome) -> bool:
    return outcome.complete and not outcome.gaps


def _notification(id_: str, kind: str, text: str) -> dict[str, Any]:
    return {"descriptor": {"id": id_, "index": list(_NOTIFICATIONS).index(id_)}, "level": kind, "message": {"text": sentence(text)}}


def _descriptor(id_: str, name: str, text: str, remedy: str) -> dict[str, Any]:
    described = {"shortDescription": {"text": text}, "fullDescription": {"text": text}}
    return {"id": id_, "name": name} | described | {"help": {"text": remedy, "markdown": remedy}}


def _coverage(document: ReportDocument) -> dict[str, Any]:
    counts = document.counts
    return {
        "application": document.application,
        "complete": document.outcome.complete,
        "revision": document.revision,
        "codeFiles": counts.code_files,
        "codeFilesAnalyzed": counts.files_analyzed,
        "percentAnalyzed": counts.percent_analyzed,
        "entryPoints": counts.entry_points,
    }
