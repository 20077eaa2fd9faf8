"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/unlogged_security_events."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "unlogged_security_events").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("unlogged_security_events", application)
