"""Control categories: all ten, and names that are recognized or not."""

from __future__ import annotations

import pytest

from threat_modeling.catalog.category import categories
from threat_modeling.catalog.weakness import weaknesses
from threat_modeling.model import ControlCategory


def test_every_category_is_there_with_a_cwe_of_the_catalog():
    assert list(categories()) == list(ControlCategory)
    assert {c.cwe for c in categories().values()} <= set(weaknesses())


@pytest.mark.parametrize(
    ("category", "name"),
    [
        ("authentication", "requireAuth"),
        ("authentication", "login_required"),
        ("authentication", "verifyToken"),
        ("authorization", "isAdmin"),
        ("authorization", "current_user.has_role"),
        ("rate-limiting", "rateLimit"),
        ("logging-audit", "app.logger.warning"),
        ("cryptography", "bcrypt.hashpw"),
        ("cors-csp", "helmet"),
        ("secrets-management", "os.environ.get"),
    ],
)
def test_names_that_controls_bear(category, name):
    assert categories()[ControlCategory(category)].recognizes(name)


@pytest.mark.parametrize(
    ("category", "name"),
    [
        ("authentication", "authenticatedUsers.tokenOf"),
        ("authorization", "headers.authorization.substr"),
        ("authorization", "servePrivacyPolicy"),
        ("logging-audit", "serveLogFiles"),
        ("logging-audit", "login"),
        ("logging-audit", "catalog.find"),
    ],
)
def test_names_that_only_sound_like_it(category, name):
    assert not categories()[ControlCategory(category)].recognizes(name)
