"""Records of others that an id of the request reaches."""

import pytest


@pytest.mark.parametrize("application", ["diary"])
def test_marked_applications(assert_marked, application):
    assert_marked("rails_object_authorization", application)
