"""Guards that a value of the request switches off."""

import pytest


@pytest.mark.parametrize("application", ["shop"])
def test_marked_applications(assert_marked, application):
    assert_marked("rails_conditional_guard", application)
