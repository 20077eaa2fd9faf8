"""Names that tell security relevance, and samples that do not depend on order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threat_modeling.codebase.relevance import is_security_relevant, sample


@pytest.mark.parametrize(
    "path",
    [
        *("auth.go", "a/userAuth.ts", "login_page.tsx", "session_store.py", "jwt.py", "rbac.go", "permissions.tsx", "acl.py", "crypto.go"),
        *("hash_it.py", "encryption.py", "handlerFactory.java", "UserController.java", "routes.rb", "router.js", "apiClient.ts", "keys.py"),
        "oauth_callback.rb",
    ],
)
def test_names_of_the_seed_count(path):
    assert is_security_relevant(path)


@pytest.mark.parametrize("path", ["author.py", "authors_list.py", "monkey.py", "keyboard.py", "rapid.py", "auth/readme.md.txt", "session/x.py"])
def test_look_alikes_and_folders_do_not(path):
    assert not is_security_relevant(path)


@given(st.sets(st.text("abc/._", min_size=1, max_size=12), max_size=60), st.integers(0, 80))
def test_a_sample_is_a_stable_subset(paths, limit):
    chosen = sample(paths, limit)
    assert len(chosen) == min(limit, len(paths))
    assert set(chosen) <= paths
    assert sample(sorted(paths, reverse=True), limit) == chosen


def test_what_matters_comes_first():
    paths = [f"f{n}.txt" for n in range(100)] + ["login.py", "jewel.py"]
    assert sample(paths, 2, lambda path: path != "jewel.py") == ["jewel.py", "login.py"]
    assert sample(paths, 1, lambda path: path != "jewel.py") == ["jewel.py"]
