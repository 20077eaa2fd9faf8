"""Rails applications without protection against forged requests."""

import pytest


@pytest.mark.parametrize("application", ["open", "protected"])
def test_marked_applications(assert_marked, application):
    assert_marked("rails_forgery", application)
