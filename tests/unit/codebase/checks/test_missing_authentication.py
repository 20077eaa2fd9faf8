"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/missing_authentication."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS

from threat_modeling.codebase.checks import missing_authentication
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "missing_authentication").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("missing_authentication", application)


APP = """
const app = require('express')()
const gate = require('./gate')
app.post('/login', (req, res) => login(req.body.password))
{}
app.delete('/notes', (req, res) => Note.destroy({{}}))
"""


@pytest.mark.parametrize(("mounted", "confidence"), [("", "high"), ("app.use(gate)", "low")])
def test_a_guard_whose_code_is_missing_makes_it_less_sure(tmp_path, mounted, confidence):
    (tmp_path / "app.js").write_text(APP.format(mounted))
    project = Project(tmp_path)
    (found,) = missing_authentication.check(project, routes(project))
    assert found.confidence == confidence
