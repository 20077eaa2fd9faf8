"""A whole session on the sample: complete, the same bytes each time, every file valid, every quote true."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from tests.pipeline.shops import run_whole
from threat_modeling.__main__ import main
from threat_modeling.artifact import canonical, digest
from threat_modeling.model import Evidence
from threat_modeling.phases.order import STAGES
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ControlSightings, EntryPoints
from threat_modeling.phases.phase_4_security_controls.artifacts import ControlGaps
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatModel
from threat_modeling.schemas import artifact_types, schemas
from threat_modeling.session import Session
from threat_modeling.verdict import verdict
from threat_modeling.verification import verify

METADATA = {"metadata.json", "config.json", "config-copy.json", "scope.json", "target.json"}


def artifacts(session):
    """Every file that must be the same bytes on the same target."""
    files = {p.relative_to(session.path).as_posix(): p.read_bytes() for p in session.path.rglob("*") if p.is_file()}
    return {name: content for name, content in files.items() if name not in METADATA and name.split("/")[0] not in {"checkpoints", "integrity"}}


def test_it_ends_complete_with_a_report(finished):
    assert verdict(finished).status == "complete"
    assert {p.suffix for p in (finished.path / "final-report").iterdir()} == {".md", ".html", ".json", ".sarif"}


def test_two_sessions_on_the_same_code_are_the_same_bytes(finished, bookshop, tmp_path):
    again = run_whole(bookshop, tmp_path / "second")
    assert artifacts(again) == artifacts(finished)


def test_every_file_verifies(finished):
    quotes, problems = verify(finished, finished.target)
    assert problems == []
    assert quotes > 50


def test_every_json_artifact_fits_its_published_schema(finished):
    every = schemas()
    for path in artifact_types():
        jsonschema.Draft202012Validator(every[path.removesuffix(".json")]).validate(json.loads((finished.path / path).read_bytes()))
    data = json.loads((finished.path / "final-report/threat-model-data.json").read_bytes())
    jsonschema.Draft202012Validator(every["final-report/threat-model-data"]).validate(data)
    for file in (finished.path / "checkpoints").glob("*.json"):
        name = "checkpoints/round" if file.name.endswith(".request.json") else "checkpoints/decision"
        jsonschema.Draft202012Validator(every[name]).validate(json.loads(file.read_bytes()))
    for file in (finished.path / "phase-4" / "investigations").rglob("*.json"):
        jsonschema.Draft202012Validator(every["agents/security-controls-mapper"]).validate(json.loads(file.read_bytes()))


def test_the_sample_shows_flaws_and_good_controls(finished):
    cwes = {t.cwe for t in finished.load(ThreatModel).threats}
    assert {"CWE-89", "CWE-78", "CWE-798", "CWE-639", "CWE-918", "CWE-22", "CWE-306"} <= cwes
    controls = {c.category.value for c in finished.load(ControlSightings).controls}
    assert {"cryptography", "input-validation", "rate-limiting", "cors-csp"} <= controls
    states = {(p.method, p.path): p.authentication.state for p in finished.load(EntryPoints).entry_points}
    assert states["POST", "/admin/refunds"] == "none"
    assert states["GET", "/orders/"] == states["GET", "/admin/customers"] == states["POST", "/receipts"] == "required"


def test_every_threat_rests_on_evidence_and_a_gap_or_flow(finished):
    for threat in finished.load(ThreatModel).threats:
        assert threat.evidence
        assert threat.control_gaps or threat.data_flows


def test_every_concern_is_accounted_for(finished):
    concerns = json.loads((finished.path / "phase-3/concerns.json").read_bytes())["concerns"]
    investigated = {p.stem.split("-")[1] for p in (finished.path / "phase-4/investigations").rglob("C-*.json")}
    assert investigated == {c["id"].split("-")[1] for c in concerns}
    assert finished.load(ControlGaps).control_gaps


@pytest.fixture
def copy(finished, bookshop, tmp_path):
    """A copy of the session and its target, to damage."""
    target = Path(shutil.copytree(bookshop, tmp_path / "bookshop"))
    session = Session(Path(shutil.copytree(finished.path, tmp_path / "session")))
    return session, target


def problems_of(session, target):
    return verify(session, target)[1]


def rewrite(session, path, change):
    """Change an artifact and its integrity record alike, as someone who wants to deceive would."""
    document = json.loads((session.path / path).read_bytes())
    change(document)
    session.write(path, canonical(document))


def test_a_changed_line_of_code_is_caught(copy):
    session, target = copy
    evidence = session.load(ThreatModel).threats[0].evidence[0]
    file = target / evidence.path
    lines = file.read_text().split("\n")
    lines[evidence.start - 1] = "    pass"
    file.write_text("\n".join(lines))
    assert any(f"{evidence.place}: contradicted" in p for p in problems_of(session, target))


def test_an_inserted_line_is_told_as_a_move(copy):
    session, target = copy
    evidence = session.load(ThreatModel).threats[0].evidence[0]
    file = target / evidence.path
    file.write_text("# a new first line\n" + file.read_text())
    assert any("moved" in p for p in problems_of(session, target))


@pytest.mark.parametrize(
    ("path", "quote"),
    [("api/books.py", "os.system(request.args['q'])"), ("../outside.py", "import os"), ("link.py", "import os"), ("gone.py", "import os")],
    ids=["invented quote", "outside the target", "symlink out", "missing file"],
)
def test_a_false_quote_is_caught_even_when_its_record_was_made_to_fit(copy, path, quote):
    session, target = copy
    (target.parent / "outside.py").write_text("import os\n")
    (target / "link.py").symlink_to(target.parent / "outside.py")
    false = Evidence.of("x", 1, 1, quote).dump() | {"path": path}
    rewrite(session, "phase-5/threat-model.json", lambda d: d["threats"][0]["evidence"].__setitem__(0, false))
    assert problems_of(session, target)


@pytest.mark.parametrize("damage", ["edit", "delete", "truncate", "add"])
def test_a_damaged_session_is_caught(copy, damage):
    session, target = copy
    file = session.path / "phase-3/concerns.json"
    if damage == "edit":
        file.write_bytes(file.read_bytes().replace(b"CRITICAL", b"LOW", 1))
    elif damage == "delete":
        file.unlink()
    elif damage == "truncate":
        file.write_bytes(file.read_bytes()[:100])
    else:
        (session.path / "phase-3/more.json").write_text("{}")
    assert any("phase-3/" in p for p in problems_of(session, target))


def test_the_command_verifies_and_tells_by_its_exit_code(copy, capsys):
    session, target = copy
    assert main(["verify", str(session.path), "--target", str(target)]) == 0
    (target / "api/books.py").write_text("")
    assert main(["verify", str(session.path), "--target", str(target)]) == 1
    assert "api/books.py" in capsys.readouterr().out


def test_a_report_written_again_is_the_same_bytes(copy, capsys):
    session, _ = copy
    before = {p.name: digest(p.read_bytes()) for p in (session.path / "final-report").iterdir()}
    assert main(["export", str(session.path)]) == 0
    assert {p.name: digest(p.read_bytes()) for p in (session.path / "final-report").iterdir()} == before
    capsys.readouterr()


def test_running_every_stage_again_asks_nothing_and_changes_nothing(copy):
    session, _ = copy
    before = artifacts(session)
    asked = {stage.key: session.checkpoints.rounds(stage.key) for stage in STAGES}
    for stage in STAGES:
        for assignment in stage.open_round(session):
            assert stage.run_agent(session, assignment["id"], 60)["reused"]
        stage.close_round(session)
    assert {stage.key: session.checkpoints.rounds(stage.key) for stage in STAGES} == asked
    assert artifacts(session) == before
