"""Allowed places: what the form's pattern and the check of the real path let through."""

import re

import pytest

from threat_modeling.source.address import address
from threat_modeling.source.places import Places, folder_pattern

ENTRIES = ("/srv/check.outs", "github.com", "https://git.example.com:8443/acme/", "ssh://ssh.example.com")


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("https://github.com/any/shop", True),
        ("git@github.com:any/shop", True),
        ("ssh://git@github.com/any/shop", True),
        ("https://git.example.com:8443/acme/shop", True),
        ("https://git.example.com:8443/acme-evil/shop", False),
        ("https://git.example.com/acme/shop", False),
        ("ssh://git@git.example.com:8443/acme/shop", False),
        ("ssh://git@ssh.example.com/x/shop", True),
        ("https://ssh.example.com/x/shop", False),
        ("https://github.com.evil.example/a/b", False),
        ("https://evil.example/github.com/b", False),
        ("https://githubxcom/a/b", False),
    ],
)
def test_addresses(target, allowed):
    places = Places.of(ENTRIES)
    assert places.allow_address(address(target)) == allowed
    assert bool(re.search(places.pattern(), target)) == allowed


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/srv/check.outs", True),
        ("/srv/check.outs/shop", True),
        ("/srv/check.outs-evil", False),
        ("/srv/checkxouts", False),
        ("/srv/check.outs/../../etc", False),
        ("/etc", False),
        ("x/srv/check.outs", False),
    ],
)
def test_folders(target, allowed):
    assert bool(re.search(Places.of(ENTRIES).pattern(), target)) == allowed


def test_links_are_followed_before_a_folder_is_judged(tmp_path):
    root = tmp_path / "allowed"
    (root / "shop").mkdir(parents=True)
    (root / "out").symlink_to("/etc")
    (root / "circle").symlink_to(root / "circle")
    (tmp_path / "alias").symlink_to(root / "shop")
    places = Places.of([str(root)])
    assert places.allow_folder(root / "shop")
    assert places.allow_folder(tmp_path / "alias")
    assert not places.allow_folder(root / "out")
    assert not places.allow_folder(root / "circle")
    assert not places.allow_folder(root / ".." / "other")


def test_nothing_is_allowed_where_nothing_is_listed(tmp_path):
    places = Places.of([])
    assert not places.allow_folder(tmp_path)
    assert not re.search(places.pattern(), str(tmp_path))
    assert "THREAT_MODELING_ALLOWED_TARGETS" in places.told


def test_a_pattern_for_folders_alone(tmp_path):
    pattern = folder_pattern([tmp_path])
    assert re.search(pattern, f"{tmp_path}/x")
    assert not re.search(pattern, f"{tmp_path}/../x")
