"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/missing_security_headers."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "missing_security_headers").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("missing_security_headers", application)
