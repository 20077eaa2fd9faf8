"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/unverified_password_change."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "unverified_password_change").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("unverified_password_change", application)
