"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/missing_csrf_protection."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "missing_csrf_protection").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("missing_csrf_protection", application)
