"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/missing_object_authorization."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "missing_object_authorization").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("missing_object_authorization", application)
