"""What the analyst makes of statements and code: provenance on everything, evidence that verifies, no lowering by the target."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.evidence import Checker, evidence_in
from threat_modeling.model import EvidenceStatus, Provenance, Sensitivity
from threat_modeling.phases.phase_1_business_context.agent import AnalyzeContext, BusinessContextAnalyst
from threat_modeling.phases.phase_1_business_context.artifacts import Source
from threat_modeling.phases.phase_1_business_context.context_file import Context

MODELS = """from sqlalchemy.orm import DeclarativeBase, Mapped
class Base(DeclarativeBase): ...
class Customer(Base):
    __tablename__ = "customers"
    email: Mapped[str]
    password_hash: Mapped[str]
class Payment(Base):
    __tablename__ = "payments"
    card_number: Mapped[str]
"""


@pytest.fixture
def target(tmp_path):
    files = {
        "shop/models.py": MODELS,
        "shop/accounts.py": "from shop.models import Customer\ndef find(email): return Customer(email=email)\n",
        "shop/colors.py": "RED = 1\n",
        "requirements.txt": "flask==3.0\nstripe>=8\n",
        "pyproject.toml": '[project]\nname = "shop"\n',
        "README.md": "# Shop\n\n[![build](https://x/b.svg)](https://x)\n\nSells second-hand books to *private* customers in [Europe](https://e).\n\nMore.\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def analyze(target, *stated: Context, **corrections: object):
    task = AnalyzeContext(id="t", label="t", stated=stated or (Context(),), corrections=json.dumps(corrections))
    output = BusinessContextAnalyst().analyze(task, SimpleNamespace(target=target), Project(target))
    checker = Checker(target)
    assert all(checker.status(e)[0] is EvidenceStatus.VERIFIED for e in evidence_in(output))
    return output


def test_code_alone_tells_name_purpose_data_and_jewels(target):
    output = analyze(target)
    assert output.objectives.application_name.value == "shop"
    assert output.objectives.primary_purpose.value == "Sells second-hand books to private customers in Europe."
    assert [(k.category, k.provenance) for k in output.data_types] == [
        ("PCI", Provenance.OBSERVED),
        ("credentials", Provenance.OBSERVED),
        ("PII", Provenance.OBSERVED),
    ]
    personal = next(j for j in output.crown_jewels if j.category == "PII")
    assert personal.handles("shop/accounts.py")
    assert personal.handles("shop/models.py")
    assert not personal.handles("shop/colors.py")
    assert "email" in personal.identifiers
    assert {r.framework for r in output.requirements} == {"PCI DSS", "GDPR", "SOC 2"}
    assert all(statement.reason for statement in (*output.threat_actors, *output.requirements))


def test_the_same_target_gives_the_same_output(target):
    assert analyze(target) == analyze(target)


def test_figures_are_never_made_up(target):
    output = analyze(target)
    assert output.impact.data_modification_impact.value is None
    assert output.security.rto_hours.provenance is Provenance.ASSUMED


def test_a_target_that_shows_nothing_has_an_assumed_jewel_that_makes_nothing_worse(tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n")
    output = analyze(tmp_path)
    assert [j.provenance for j in output.crown_jewels] == [Provenance.ASSUMED]
    assert not output.crown_jewels[0].handles("a.py")
    assert output.objectives.primary_purpose.provenance is Provenance.ASSUMED


def test_the_target_s_own_file_is_a_claim_that_cannot_lower(target):
    (target / "business-context.yaml").write_text(
        "data_types:\n  - category: PCI\n    sensitivity: public\n  - category: PHI\n    sensitivity: internal\n"
        "impact: {regulatory: low}\ndata_modification_impact: 1\nredundancy: full\n"
        "crown_jewels:\n  - name: payment things\n    sensitivity: public\n"
    )
    output = analyze(target)
    kinds = {k.category: k for k in output.data_types}
    assert (kinds["PCI"].sensitivity, kinds["PHI"].sensitivity) == (Sensitivity.CRITICAL, Sensitivity.CRITICAL)
    assert kinds["PCI"].provenance is Provenance.STATED
    assert output.crown_jewels[0].sensitivity is Sensitivity.CRITICAL
    assert output.impact.regulatory.level == "critical"
    figure = output.impact.data_modification_impact
    assert (figure.value, figure.source, figure.by_person) == (1, Source.TARGET_FILE, False)
    assert figure.evidence[0].path == "business-context.yaml"
    assert not output.security.redundancy.by_person


def test_a_person_outweighs_the_target(target):
    (target / "business-context.yaml").write_text("data_modification_impact: 1\nprimary_purpose: nothing of value\n")
    output = analyze(target, Context(data_modification_impact=2_000_000, data_types=[{"category": "PCI", "sensitivity": "internal"}]))
    assert output.impact.data_modification_impact.value == 2_000_000
    assert output.impact.data_modification_impact.by_person
    assert next(k for k in output.data_types if k.category == "PCI").sensitivity is Sensitivity.INTERNAL
    assert output.objectives.primary_purpose.source is Source.TARGET_FILE


def test_a_wrong_file_of_the_target_is_a_remark_and_stops_nothing(target):
    (target / "business-context.yaml").write_text("a: &a [*a]\n")
    assert "not used" in analyze(target).remarks[0].text


def test_a_jewel_named_by_path_is_that_path(target):
    jewel = analyze(target, Context(crown_jewels=[{"name": "shop/colors.py"}])).crown_jewels[0]
    assert (jewel.paths, jewel.handles("shop/colors.py")) == (("shop/colors.py",), True)


def test_a_jewel_at_a_place_that_is_not_there_says_so(target):
    jewel = analyze(target, Context(crown_jewels=[{"name": "gold", "paths": ["vault/gold.py"]}])).crown_jewels[0]
    assert "not in the target: vault/gold.py" in jewel.reason


def test_corrected_lists_replace_and_unchanged_lines_keep_their_evidence(target):
    before = analyze(target)
    personal = next(j for j in before.crown_jewels if j.category == "PII")
    line = f"{personal.name}: {', '.join(personal.paths)}"
    after = analyze(
        target, crown_jewels=[line, "recipes: shop/colors.py"], compliance=["HIPAA"], threat_actors=["competitor"], data_classes=["PII: restricted"]
    )
    assert after.crown_jewels[0] == personal
    assert (after.crown_jewels[1].name, after.crown_jewels[1].paths, after.crown_jewels[1].source) == (
        "recipes",
        ("shop/colors.py",),
        Source.CHECKPOINT,
    )
    assert len(after.crown_jewels) == 2
    assert [r.framework for r in after.requirements] == ["HIPAA"]
    assert [a.profile for a in after.threat_actors] == ["competitor"]
    assert [(k.category, k.sensitivity) for k in after.data_types] == [("PII", Sensitivity.RESTRICTED)]


def test_corrected_figures_count_and_emptied_ones_are_unknown(target):
    after = analyze(target, Context(rto_hours=4, rpo_hours=1), rto_hours=None, downtime_cost_per_hour=5000, redundancy="partial")
    assert (after.security.rto_hours.value, after.security.rto_hours.source) == (None, Source.CHECKPOINT)
    assert (after.security.rpo_hours.value, after.impact.downtime_cost_per_hour.value) == (1, 5000)
    assert after.security.redundancy.value == "partial"


def test_a_correction_that_cannot_be_used_is_a_remark(target):
    after = analyze(target, data_classes=["PII", "gossip"], redundancy="some", crown_jewels=["x: /etc/passwd"])
    assert [r.text for r in after.remarks] == [
        "redundancy: some can't be used",
        "crown_jewels: x ['/etc/passwd'] can't be used",
        "data_types: gossip can't be used",
    ]
    assert after.crown_jewels


def test_hostile_files_are_read_without_harm(target):
    (target / "README.md").write_text("| <script>alert(1)</script> five six seven eight nine\n")
    (target / "package.json").write_text('{"name": "' + "a" * 5000 + '"}')
    (target / "deep.py").write_text("f(" * 5000 + ")" * 5000)
    assert analyze(target).objectives.application_name.value == "shop"
