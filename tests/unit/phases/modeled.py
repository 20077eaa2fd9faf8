"""What phases 1 to 4 found, for the tests of later phases, with the fields that a test does not care about filled in."""

from __future__ import annotations

from typing import Any

from threat_modeling.codebase.observations import Guard, Handler, Parameter
from threat_modeling.model import Evidence
from threat_modeling.phases.phase_1_business_context.artifacts import BusinessImpact, SecurityObjectives
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern, ConcernLocation, EntryPoint
from threat_modeling.phases.phase_4_security_controls.artifacts import ControlGap, Investigation
from threat_modeling.phases.phase_5_threat_modeling.artifacts import Threat
from threat_modeling.phases.phase_5_threat_modeling.scoring import rescored


def at(path: str = "app.py", line: int = 1, quote: str = "") -> Evidence:
    return Evidence.of(path, line, line, quote or f"{path} {line}")


def place(path: str = "app.py", line: int = 12, cwe: str = "CWE-89", **more: Any) -> ConcernLocation:
    given = {"evidence": at(path, line), "rule": "r", "cwe": cwe, "title": "SQL from input", "message": "Text becomes SQL", "confidence": "high"}
    return ConcernLocation(**{**given, **more})


def concern(number: int = 1, *places: ConcernLocation, cwe: str = "CWE-89", name: str = "sql-injection", **more: Any) -> Concern:
    given = {
        "id": f"C-{number:03d}",
        "name": f"{name}-{number}",
        "title": name,
        "severity": "HIGH",
        "weakness": {"cwe": cwe, "class": name},
        "description": "d",
        "locations": places or (place(cwe=cwe),),
        "components": ("root",),
        "expected_controls": ("input-validation",),
        "score": {"crown_jewel": 2, "exposure": 3, "sensitivity": 2},
        "exposure": "external-unauthenticated",
        "sensitivity": "confidential",
    }
    return Concern.model_validate({**given, **more})


def guard(category: str, name: str, scope: str = "route") -> Guard:
    return Guard.model_validate({"category": category, "name": name, "scope": scope, "evidence": at(line=9, quote=f"@{name}")})


def entry_point(number: int = 1, *guards: Guard, **more: Any) -> EntryPoint:
    given = {
        "id": f"EP-{number:03d}",
        "type": "http",
        "method": "GET",
        "path": f"/items/{number}",
        "framework": "flask",
        "handler": Handler(file="app.py", line=10, end=14, function="view"),
        "registration": at(line=10),
        "parameters": (Parameter(name="q", source="query"),),
        "authentication": {"state": "none"},
        "authorization": {"state": "none"},
        "guards": guards,
        "exposure": "external-unauthenticated",
        "risk_level": "HIGH",
        "risk_factors": (),
        "component": "root",
    }
    return EntryPoint.model_validate({**given, **more})


def gap(identity: str = "C-001-G1", **more: Any) -> ControlGap:
    given = {
        "id": identity,
        "concern": identity.rsplit("-", 1)[0],
        "category": "input-validation",
        "type": "missing",
        "severity": "HIGH",
        "title": "Missing input validation: SQL injection",
        "description": "d",
        "attack_vector": "a",
        "cwe": "CWE-89",
        "evidence": (at(line=12),),
    }
    return ControlGap.model_validate({**given, **more})


def investigation(number: int = 1, *gaps: ControlGap, **more: Any) -> Investigation:
    given = {
        "concern": f"C-{number:03d}",
        "name": f"sql-injection-{number}",
        "title": "sql-injection",
        "severity": "HIGH",
        "status": "open",
        "summary": "s",
        "locations_investigated": ("app.py:12",),
        "controls_found": (),
        "control_gaps": gaps,
        "recommendations": (),
        "compliance_impact": (),
        "searches": (),
        "evidence": (),
    }
    return Investigation.model_validate({**given, **more})


def threat(number: int = 1, vector: str = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", **more: Any) -> Threat:
    version: Any = vector[5:8]
    given = {
        "id": f"T-{number:03d}",
        "fingerprint": f"{number:032x}",
        "stride": ("tampering",),
        "title": f"SQL injection: GET /items/{number}",
        "description": "d",
        "component": "root",
        "actor": {"profile": "opportunistic", "why": "it is there"},
        "attack_vector": "sends SQL",
        "steps": ({"order": 1, "action": "Sends SQL"}, {"order": 2, "action": "Reads rows"}),
        "cwe": "CWE-89",
        "cwe_name": "SQL injection",
        "weakness_class": "sql-injection",
        "control_gaps": ("C-001-G1",),
        "evidence": (at(line=12),),
        "confidence": "high",
        "cvss": rescored(version, vector, vector, vector, ()),
        "sensitivity": "confidential",
        "mitigations": ({"action": "Bind values", "type": "prevent", "effort": "low", "residual_risk": "LOW"},),
    }
    return Threat.model_validate({**given, **more})


_ASSUMED = {"provenance": "assumed", "source": "default"}
_STATED = {"provenance": "stated", "source": "request"}
_CLAIMED = {"provenance": "stated", "source": "target-file"}


def figure(value: float | None, *, by_person: bool = True) -> dict[str, Any]:
    return {"value": value, **(_ASSUMED if value is None else _STATED if by_person else _CLAIMED)}


def business_impact(change: float | None = None, hour: float | None = None, *, by_person: bool = True) -> BusinessImpact:
    kinds = ("financial", "operational", "regulatory", "reputational", "strategic")
    return BusinessImpact.model_validate(
        {kind: {"level": "medium", "description": f"{kind} harm", **_ASSUMED} for kind in kinds}
        | {"data_modification_impact": figure(change, by_person=by_person), "downtime_cost_per_hour": figure(hour, by_person=by_person)}
    )


def security_objectives(rto: float | None = None, redundancy: str | None = None, *, by_person: bool = True) -> SecurityObjectives:
    said = _STATED if by_person else _CLAIMED
    return SecurityObjectives.model_validate(
        {
            "cia_priority": [{"objective": o, "priority": "high", **_ASSUMED} for o in ("confidentiality", "integrity", "availability")],
            "risk_appetite": {"value": "low", **_ASSUMED},
            "rto_hours": figure(rto, by_person=by_person),
            "rpo_hours": figure(None),
            "redundancy": {"value": redundancy, **(said if redundancy else _ASSUMED)},
        }
    )
