"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/sensitive_query."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "sensitive_query").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("sensitive_query", application)
