"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/mass_assignment."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "mass_assignment").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("mass_assignment", application)
