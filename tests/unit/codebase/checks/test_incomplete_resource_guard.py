"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/incomplete_resource_guard."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "incomplete_resource_guard").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("incomplete_resource_guard", application)
