"""An investigation's searches and what they make of a concern: open, partly covered, mitigated."""

from __future__ import annotations

import pytest

from tests.unit.phases.modeled import concern, entry_point, guard, place
from threat_modeling.codebase.observations import ControlSighting
from threat_modeling.codebase.project import Project
from threat_modeling.model import ControlCategory
from threat_modeling.phases.phase_4_security_controls.gaps import primary_gaps
from threat_modeling.phases.phase_4_security_controls.grounds import Grounds
from threat_modeling.phases.phase_4_security_controls.searching import searched
from threat_modeling.phases.phase_4_security_controls.stated import stated_sights
from threat_modeling.phases.phase_4_security_controls.task import StatedControl
from threat_modeling.phases.phase_4_security_controls.weighing import Outcome, outcome

CODE = """import db
from auth import check_token

app = Flask(__name__)
limiter = Limiter(app)


def helper():
    validate(1)

@app.get("/items/1")
def view():
    check_token(request)
    return db.run("SELECT " + request.args["q"])
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "app.py").write_text(CODE)
    return Project(tmp_path)


def sighting(project, category, line, scope="function", name="control", strength="strong"):
    return ControlSighting.model_validate(
        {"rule": "r", "category": category, "name": name, "strength": strength, "scope": scope, "evidence": project.evidence("app.py", line, line)}
    )


def outcomes(project, about, points=(), controls=(), stated=()):
    grounds = Grounds(about, points, controls, project)
    sights = [s for _, met in searched(grounds, grounds.primary) for s in met] + stated_sights(grounds, grounds.primary, stated)
    return [outcome(i, p, grounds.kind(p), sights) for i, p in enumerate(about.locations)]


def missing_authentication(*points):
    return concern(
        1, place(line=13, cwe="CWE-306", entry_points=points), cwe="CWE-306", name="missing-authentication", expected_controls=("authentication",)
    )


def test_a_guard_on_every_way_to_a_place_mitigates_what_is_missing_there(project):
    guarded, bare = entry_point(1, guard("authentication", "login_required")), entry_point(2)
    assert outcomes(project, missing_authentication("EP-001"), [guarded])[0] is Outcome.MITIGATED
    assert outcomes(project, missing_authentication("EP-001", "EP-002"), [guarded, bare])[0] is Outcome.PARTIAL


def test_a_call_that_bears_the_name_of_a_control_covers_a_part_and_is_quoted(project):
    about = concern(1, place(line=14, cwe="CWE-306", entry_points=("EP-001",)), cwe="CWE-306", expected_controls=("authentication",))
    grounds = Grounds(about, [entry_point()], (), project)
    sights = [s for _, met in searched(grounds, ControlCategory.AUTHENTICATION) for s in met]
    assert [(s.implementation, s.strength, s.evidence[0].quote.strip()) for s in sights] == [("check_token", "partial", "check_token(request)")]
    assert outcomes(project, about, [entry_point()]) == [Outcome.PARTIAL]


def test_the_weakness_itself_is_not_its_control(project):
    assert outcomes(project, missing_authentication("EP-001"), [entry_point()]) == [Outcome.OPEN]


def test_a_control_of_the_right_category_but_the_wrong_kind_does_not_count(project):
    about = concern(1, place(line=14, cwe="CWE-352", entry_points=("EP-001",)), cwe="CWE-352", name="csrf", expected_controls=("cors-csp",))
    assert outcomes(project, about, [entry_point(1, guard("cors-csp", "cors"))]) == [Outcome.OPEN]
    assert outcomes(project, about, [entry_point(1, guard("cors-csp", "csrf_protect"))]) == [Outcome.MITIGATED]


def test_input_that_was_seen_to_reach_a_sink_is_open_whatever_stands_on_the_way(project):
    control = sighting(project, "input-validation", 13)
    reached = concern(1, place(line=14, attacker_reached=True))
    assert outcomes(project, reached, controls=[control]) == [Outcome.OPEN]
    assert outcomes(project, concern(1, place(line=14)), controls=[control]) == [Outcome.PARTIAL]


def test_a_control_elsewhere_in_the_file_covers_nothing(project):
    assert outcomes(project, concern(1, place(line=14)), controls=[sighting(project, "input-validation", 9)]) == [Outcome.OPEN]


def test_a_wrong_use_of_a_control_is_evidence_against_itself(project):
    about = concern(1, place(line=14, cwe="CWE-328"), cwe="CWE-328", expected_controls=("cryptography",))
    assert outcomes(project, about, controls=[sighting(project, "cryptography", 13)]) == [Outcome.OPEN]


def test_a_rate_limit_says_how_often_and_not_how_much(project):
    about = concern(1, place(line=14, cwe="CWE-770", entry_points=("EP-001",)), cwe="CWE-770", expected_controls=("rate-limiting",))
    assert outcomes(project, about, [entry_point(1, guard("rate-limiting", "limiter.limit"))]) == [Outcome.PARTIAL]


@pytest.mark.parametrize("where", ["*", "C-001", "root", "EP-001", "GET /items/1", "app.py", "."])
def test_a_stated_control_closes_the_places_it_is_stated_for(project, where):
    about = concern(1, place(line=14, entry_points=("EP-001",), attacker_reached=True))
    stated = [StatedControl(category=ControlCategory.INPUT_VALIDATION, where=where, statement="the gateway refuses it")]
    assert outcomes(project, about, [entry_point()], stated=stated) == [Outcome.MITIGATED]


@pytest.mark.parametrize("where", ["GET /items/2", "EP-002", "other", "/app", "C-002"])
def test_a_stated_control_leaves_other_places_open(project, where):
    about = concern(1, place(line=14, entry_points=("EP-001",)))
    stated = [StatedControl(category=ControlCategory.INPUT_VALIDATION, where=where, statement="the gateway refuses it")]
    assert outcomes(project, about, [entry_point()], stated=stated) == [Outcome.OPEN]


def test_a_gap_shows_how_it_was_searched(project):
    about = concern(1, place(line=14, entry_points=("EP-001",)))
    grounds = Grounds(about, [entry_point()], (), project)
    results = searched(grounds, grounds.primary)
    gaps = primary_gaps(grounds, {0: Outcome.OPEN}, [], [search for search, _ in results])
    found, places = gaps[0]
    assert [(s.scope, s.places, s.found) for s, _ in results] == [("entry-point", 1, 0), ("function", 2, 0), ("file", 0, 0), ("application", 0, 0)]
    assert found.type == "missing"
    assert found.cwe == "CWE-89"
    assert "1 entry points" in found.description
    assert "no such control was met" in found.description
    assert "the query parameter q of GET /items/1" in found.attack_vector
    assert places == about.locations
