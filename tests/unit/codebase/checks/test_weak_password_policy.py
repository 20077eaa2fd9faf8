"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/weak_password_policy."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "weak_password_policy").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("weak_password_policy", application)
