"""A small, whole report document, in which every text from code can be replaced by a hostile one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, get_args

import pytest

from threat_modeling.codebase.observations import Confidence, Guard, Handler, Parameter, Skip, TraceStep
from threat_modeling.exporters.material import document as d
from threat_modeling.exporters.material.counts import count
from threat_modeling.model import ControlCategory, Depth, Evidence, Provenance, Sensitivity, Severity, Stride
from threat_modeling.phases.phase_1_business_context import artifacts as p1
from threat_modeling.phases.phase_2_codebase_sizing import artifacts as p2
from threat_modeling.phases.phase_3_codebase_mapping import artifacts as p3
from threat_modeling.phases.phase_4_security_controls import artifacts as p4
from threat_modeling.phases.phase_5_threat_modeling import artifacts as p5
from threat_modeling.phases.phase_6_test_planning import artifacts as p6

VECTOR = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N/CR:H"
Make = Callable[..., d.ReportDocument]


@pytest.fixture
def make_document() -> Make:
    """Builds a document; `text` stands in every place that code or a person fills, `threats` is how many there are."""
    return build


@pytest.fixture
def document() -> d.ReportDocument:
    return build()


def build(text: str = "", threats: int = 3, *, complete: bool = True) -> d.ReportDocument:
    """A document of one API with one store, one flow and `threats` threats of falling severity."""
    context, mapping, controls = _context(text), _mapping(text), _controls(text)
    found, tests = _threats(text, threats), _tests(text, threats)
    reasons = () if complete else (f"alice stopped the session at phase-5 {text}",)
    return d.ReportDocument(
        application=f"Orders {text}",
        revision="a" * 40,
        generator="threat-modeling 0.1.0",
        outcome=d.Outcome(complete=complete, reasons=reasons, stopped=not complete),
        counts=count(mapping, controls, found, tests),
        context=context,
        sizing=_sizing(text),
        mapping=mapping,
        controls=controls,
        threats=found,
        tests=tests,
        decisions=(
            d.DecisionLine(
                stage="phase-3", round=1, subject=f"Phase 3 {text}", status="revision_requested", by="alice", feedback=f"Drop docs {text}"
            ),
            d.DecisionLine(
                stage="phase-3", round=2, subject="Phase 3: round 2", status="approved", by="alice", corrections={"drop": [f"docs{text}"]}
            ),
        ),
        notes=(d.Note(kind="open", stage="phase-3", text=f"Look at the gateway {text}"),),
    )


def _evidence(text: str, line: int = 12) -> Evidence:
    quote = f"    rows = db.execute(query + id)  # {text}"
    return Evidence.of("api/orders.py", line, line, quote)


def _said(value: str) -> p1.TextStatement:
    return p1.TextStatement(provenance=Provenance.STATED, source=p1.Source.REQUEST, value=value)


def _context(text: str) -> d.ContextSection:
    stated: dict[str, Any] = {"provenance": Provenance.STATED, "source": p1.Source.REQUEST, "reason": text}
    assumed: dict[str, Any] = {"provenance": Provenance.ASSUMED, "source": p1.Source.DEFAULT, "reason": "nobody said"}
    impact = p1.Impact(level="high", description=f"Fines {text}", **assumed)
    return d.ContextSection(
        business_objectives=p1.BusinessObjectives(
            application_name=_said("Orders"),
            primary_purpose=_said(f"Takes orders. {text}"),
            users=(_said("customers"),),
            business_processes=(_said("ordering"),),
            business_value=_said("All revenue"),
        ),
        data_classification=p1.DataClassification(
            data_types=(p1.DataType(category="PII", examples=("email", text), sensitivity=Sensitivity.CONFIDENTIAL, **assumed),),
            crown_jewels=(
                p1.CrownJewel(
                    id="CJ-orders", name=f"Orders {text}".strip(), description=text, category="PII", sensitivity=Sensitivity.HIGH, **stated
                ),
            ),
        ),
        threat_actors=p1.ThreatActors(
            threat_actors=(
                p1.ThreatActor(
                    profile="opportunistic",
                    motivation=text,
                    capability="low",
                    likely_targets=("CJ-orders",),
                    attack_vectors=(),
                    likelihood="high",
                    **assumed,
                ),
            )
        ),
        business_impact=p1.BusinessImpact(
            financial=impact,
            operational=impact,
            regulatory=impact,
            reputational=impact,
            strategic=impact,
            data_modification_impact=p1.FigureStatement(value=250000, **stated),
            downtime_cost_per_hour=p1.FigureStatement(**assumed),
        ),
        compliance_requirements=p1.ComplianceRequirements(requirements=(p1.Requirement(framework="GDPR", **stated),)),
        security_objectives=p1.SecurityObjectives(
            cia_priority=tuple(p1.Objective(objective=name, priority="high", **assumed) for name in get_args(p1.Property)),
            risk_appetite=p1.LevelStatement(value="low", **assumed),
            rto_hours=p1.FigureStatement(value=8, **stated),
            rpo_hours=p1.FigureStatement(**assumed),
            redundancy=p1.RedundancyStatement(**assumed),
        ),
    )


def _sizing(text: str) -> p2.SizingReport:
    spawn = p2.SpawnComponent(id="api", path="api", files=5, recommended_depth=Depth.FULL)
    return p2.SizingReport(
        scope=p2.Scope(),
        metrics=p2.Metrics(total_files=5, total_directories=1, estimated_loc=400, files_by_extension={".py": 5}),
        components=(),
        strategy=p2.Strategy(tier="small", parallelization="single", components_to_spawn=(spawn,), estimated_agents=1, sampling_required=False),
        notes=(f"note {text}",),
    )


def _mapping(text: str) -> d.MappingSection:
    guard = Guard(category=ControlCategory.INPUT_VALIDATION, name=f"schema {text}", scope="route", evidence=_evidence(text, 9))
    route = p3.EntryPoint(
        id="EP-001",
        type="http",
        method="GET",
        path=f"/orders/{{id}}{text}",
        framework="flask",
        handler=Handler(file="api/orders.py", line=10, end=20, function="show"),
        registration=_evidence(text, 9),
        parameters=(Parameter(name="id", source="path"),),
        authentication=p3.Access(state="none"),
        authorization=p3.Access(state="unknown", mechanism=text, evidence=(_evidence(text, 9),)),
        guards=(guard,),
        exposure="external-unauthenticated",
        risk_level=Severity.HIGH,
        risk_factors=(),
        component="api",
    )
    trace = (
        TraceStep(kind="source", name=f"id {text}", evidence=_evidence(text, 10)),
        TraceStep(kind="sink", name="execute", evidence=_evidence(text)),
    )
    location = p3.ConcernLocation(
        evidence=_evidence(text),
        rule="sql-built-from-input",
        cwe="CWE-89",
        title=f"SQL built from input {text}",
        message=text,
        confidence=Confidence.HIGH,
        trace=trace,
        attacker_reached=True,
        entry_points=("EP-001",),
    )
    concern = p3.Concern(
        id="C-001",
        name="sql-injection-api",
        title=f"SQL injection in api {text}",
        severity=Severity.CRITICAL,
        weakness=p3.ConcernWeakness.model_validate({"cwe": "CWE-89", "class": "sql-injection"}),
        description=text,
        locations=(location,),
        components=("api",),
        entry_points=("EP-001",),
        expected_controls=(ControlCategory.INPUT_VALIDATION,),
        score=p3.ConcernScore(crown_jewel=3, exposure=3, sensitivity=2),
        exposure="external-unauthenticated",
        sensitivity=Sensitivity.CONFIDENTIAL,
    )
    flow = p3.DataFlow(
        id="DF-001",
        name=f"order id {text}",
        sensitivity=Sensitivity.CONFIDENTIAL,
        steps=(p3.FlowStep(order=1, type="source", name=text, node="EP-001", location=_evidence(text)),),
        controls=p3.FlowControls(),
        component="api",
    )
    boundary = p3.TrustBoundary.model_validate(
        {
            "id": "TB-001",
            "name": f"Internet {text}",
            "type": "network",
            "from": "internet",
            "to": "api",
            "location": (),
            "controls": p3.BoundaryControls(required=(ControlCategory.AUTHENTICATION,), detected=(), missing=(ControlCategory.AUTHENTICATION,)),
        }
    )
    covered = p3.FileCoverage(
        files=5, analyzed=3, lines=300, unsupported={f"go{text}": 1}, skipped=(Skip(path=f"big{text}.py", reason=f"too large {text}"),)
    )
    return d.MappingSection(
        manifest=p3.Manifest(
            components=(), languages={"python": 3}, frameworks=(), infrastructure=(), databases=(), dependencies=(), personal_fields=(), metrics={}
        ),
        entry_points=p3.EntryPoints(entry_points=(route,)),
        data_flows=p3.DataFlows(data_flows=(flow,), data_stores=(), external_integrations=()),
        trust_boundaries=p3.TrustBoundaries(trust_boundaries=(boundary,)),
        concerns=p3.Concerns(concerns=(concern,)),
        coverage=p3.Coverage(
            total=covered, components=(p3.ComponentCoverage(component="api", coverage=covered),), excluded=(), gaps=(), quarantined=()
        ),
        controls=p3.ControlSightings(controls=()),
    )


def _controls(text: str) -> d.ControlsSection:
    gap = p4.ControlGap(
        id="C-001-G1",
        concern="C-001",
        category=ControlCategory.INPUT_VALIDATION,
        type="missing",
        severity=Severity.CRITICAL,
        title=f"No parameterized query {text}",
        description=text,
        attack_vector=text,
        cwe="CWE-89",
        evidence=(_evidence(text),),
        score=8,
    )
    search = p4.Search(category=ControlCategory.INPUT_VALIDATION, looked_for=f"bound parameters {text}", scope="file", files=1, places=3, found=0)
    control = p4.CategoryControl(
        id="C-001-K1",
        implementation=f"schema {text}",
        scope="route",
        strength="partial",
        effectiveness=text,
        provenance=Provenance.OBSERVED,
        concerns=("C-001",),
        evidence=(_evidence(text, 9),),
    )
    account = p4.ConcernAccount(concern="C-001", name="sql", title="SQL", severity=Severity.CRITICAL, status="open", controls=1, gaps=1)
    batch = p4.Batch(
        severity=Severity.CRITICAL,
        assigned=1,
        investigated=1,
        failed=0,
        blocked=(),
        controls_by_category={},
        gaps_by_severity={Severity.CRITICAL: 1},
        concerns=(account,),
    )
    return d.ControlsSection(
        batch_summary=p4.BatchSummary(batches=(batch,)),
        categories=(
            p4.InputValidationControls(
                category=ControlCategory.INPUT_VALIDATION, assessment="exposed", controls=(control,), gaps=("C-001-G1",), searches=(search,)
            ),
        ),
        control_gaps=p4.ControlGaps(control_gaps=(gap,)),
        compliance_status=p4.ComplianceStatus(
            requirements=(p4.ComplianceState(framework="GDPR", requirement=f"Art. 32 {text}", status="at-risk", gaps=("C-001-G1",)),)
        ),
    )


def _threats(text: str, number: int) -> d.ThreatsSection:
    found = tuple(_threat(text, index) for index in range(number))
    ids = tuple(t.id for t in found)
    cells = tuple(
        p5.RiskCell(
            likelihood=likelihood,
            impact=impact,
            rating=Severity.HIGH if impact == "severe" else Severity.LOW,
            threats=ids if (likelihood, impact) == ("likely", "severe") else (),
        )
        for likelihood, impact in product(get_args(p5.Likelihood), get_args(p5.Impact))
    )
    flow = {"id": "F1", "from": "EE-user", "to": "api", "label": text, "sensitivity": "confidential", "flows": ("DF-001",), "crosses": ("TB-001",)}
    return d.ThreatsSection(
        threat_model=p5.ThreatModel(cvss_version="4.0", threats=found),
        abuse_cases=p5.AbuseCases(
            abuse_cases=tuple(
                p5.AbuseCase(
                    id="AC-001",
                    threat=id_,
                    title=text,
                    actor="opportunistic",
                    goal=text,
                    preconditions=(),
                    steps=("go",),
                    outcome=text,
                    business_impact=text,
                    detection=text,
                )
                for id_ in ids[:1]
            )
        ),
        attack_trees=p5.AttackTrees(attack_trees=_trees(text, ids)),
        dfd=p5.Dfd(
            nodes=(
                p5.DfdNode(id="EE-user", kind="external-entity", name=f"User {text}"),
                p5.DfdNode(id="api", kind="process", name=f"api {text}", detail=text, boundary="ZB-1", threats=ids),
                p5.DfdNode(id="DS-001", kind="store", name="sqlite", boundary="ZB-1"),
            ),
            flows=(
                p5.DfdFlow.model_validate(flow),
                p5.DfdFlow.model_validate(flow | {"id": "F2", "from": "api", "to": "DS-001", "crosses": (), "attacker_controlled": True}),
            ),
            boundaries=(p5.DfdBoundary(id="ZB-1", name=f"Application {text}", type="network", nodes=("api", "DS-001")),),
        ),
        risk_matrix=p5.RiskMatrix(
            likelihood_from=text, impact_from=text, cells=cells, by_severity={}, by_stride={}, by_component={}, by_status={"open": number}
        ),
    )


def _trees(text: str, ids: tuple[str, ...]) -> tuple[p5.AttackTree, ...]:
    leaves = tuple(p5.TreeNode(id=id_, label=f"leaf {text}", gate="leaf", threat=id_) for id_ in ids)
    root = p5.TreeNode(id="root", label=f"Read the orders {text}", gate="any", children=leaves)
    return (p5.AttackTree(id="AT-001", goal=f"Read the orders {text}", threats=ids, root=root),) if ids else ()


def _threat(text: str, index: int) -> p5.Threat:
    severity, points = [(Severity.CRITICAL, 9.3), (Severity.HIGH, 7.1), (Severity.MEDIUM, 5.0)][index % 3]
    score = p5.CvssScore(vector=VECTOR, score=points, severity=severity)
    return p5.Threat(
        id=f"T-{index + 1:03}",
        fingerprint=f"{index + 1:032x}",
        stride=(Stride.TAMPERING, Stride.INFORMATION_DISCLOSURE),
        title=f"Orders of others can be read through SQL {text}",
        description=f"The id goes into a query as it is. {text}",
        component=f"api{text}",
        entry_points=("EP-001",),
        data_flows=("DF-001",),
        trust_boundaries=("TB-001",),
        concerns=("C-001",),
        actor=p5.Actor(profile="opportunistic", why=text),
        attack_vector=text,
        steps=(p5.AttackStep(order=1, action=f"Send a quote {text}", evidence=_evidence(text, 10)), p5.AttackStep(order=2, action=text)),
        cwe="CWE-89",
        cwe_name="SQL Injection",
        weakness_class="sql-injection",
        capec=("CAPEC-66",),
        existing_controls=(p5.ExistingControl(id="C-001-K1", implementation=text, strength="weak", effectiveness=text),),
        control_gaps=("C-001-G1",),
        evidence=(_evidence(text, 12 + index),),
        confidence=Confidence.HIGH,
        attacker_reached=True,
        cvss=p5.Cvss(version="4.0", base=score, threat=score, environmental=score, severity=severity, rationale=(f"AV: {text}",)),
        sensitivity=Sensitivity.CONFIDENTIAL,
        crown_jewels=("CJ-orders",),
        compliance=("OWASP A03:2021",),
        mitigations=(p5.Mitigation(action=f"Bind parameters {text}", type="prevent", effort="low", residual_risk=Severity.LOW),),
    )


def _tests(text: str, number: int) -> d.TestsSection:
    case = p6.TestCase.model_validate(
        {
            "id": "TC-001",
            "threat": "T-001",
            "title": text,
            "priority": "P0",
            "objective": text,
            "preconditions": (text,),
            "steps": ({"action": text, "expected": text},),
            "pass": text,
            "fail": text,
            "cvss_vector": VECTOR,
            "cvss_score": 9.3,
            "severity": Severity.CRITICAL,
        }
    )
    priority = p6.PrioritizedThreat(
        threat="T-001", title=text, severity=Severity.CRITICAL, cvss_score=9.3, cvss_vector=VECTOR, priority="P0", reason=text, tests=("TC-001",)
    )
    some = number > 0
    common: dict[str, Any] = {"threats": ("T-001",), "priority": "P0"}
    review = p6.ReviewTask(
        id="CR-001",
        file="api/orders.py",
        lines=(12,),
        evidence=(_evidence(text),),
        focus=ControlCategory.INPUT_VALIDATION,
        questions=(f"Is it bound? {text}",),
        cwes=("CWE-89",),
        **common,
    )
    static = p6.SastRule(id="SA-001", cwe="CWE-89", weakness_class="sql-injection", languages=("python",), look_for=text, files=(), **common)
    dynamic = p6.DastScenario(
        id="DA-001", entry_point="EP-001", request=f"GET /orders{text}", parameter="id", payload_kind=text, expected=text, failure=text, **common
    )
    package = p6.ScaCheck(id="SC-001", ecosystem="pypi", package=f"flask{text}", version="1.0", action=text, evidence=(_evidence(text),), **common)
    return d.TestsSection(
        code_review_plan=p6.CodeReviewPlan(reviews=(review,) * some),
        sast_recommendations=p6.SastRecommendations(rules=(static,) * some),
        dast_recommendations=p6.DastRecommendations(endpoints=(), scenarios=(dynamic,) * some),
        sca_recommendations=p6.ScaRecommendations(inventory={"pypi": 3}, unpinned={}, checks=(package,) * some, general=(text,)),
        manual_test_cases=p6.ManualTestCases(test_cases=(case,) * some),
        test_priorities=p6.TestPriorities(priorities=(priority,) * some, by_priority={"P0": int(some), "P1": 0, "P2": 0, "P3": 0}),
    )
