"""What the check finds, and what it leaves alone, by the marks in tests/codebases/checks/unrestricted_upload."""

import pytest
from tests.unit.codebase.checks.conftest import APPLICATIONS


@pytest.mark.parametrize("application", sorted(path.name for path in (APPLICATIONS / "unrestricted_upload").iterdir()))
def test_marked_places(assert_marked, application):
    assert_marked("unrestricted_upload", application)
