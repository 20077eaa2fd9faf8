"""Addresses and refs: the usual forms are taken, and nothing that git or ssh could take for an option, a command or a file."""

import pytest

from threat_modeling.source.address import address, check_ref, is_address


@pytest.mark.parametrize(
    ("target", "url", "name"),
    [
        ("https://github.com/acme/shop", "https://github.com/acme/shop", "shop"),
        ("https://GitHub.com/acme/Shop.git", "https://github.com/acme/Shop.git", "Shop"),
        ("https://git.example.com:8443/team/sub/shop.git/", "https://git.example.com:8443/team/sub/shop.git/", "shop"),
        ("https://dev.example.com/org/My%20Project/_git/repo", "https://dev.example.com/org/My%20Project/_git/repo", "repo"),
        ("ssh://git@github.com/acme/shop", "ssh://git@github.com/acme/shop", "shop"),
        ("git@github.com:acme/shop.git", "ssh://git@github.com/acme/shop.git", "shop"),
    ],
)
def test_usual_addresses(target, url, name):
    assert is_address(target)
    assert (address(target).url, address(target).name) == (url, name)


@pytest.mark.parametrize(
    "target",
    [
        "ext::sh -c touch% /tmp/x",
        "ext::https://github.com/acme/shop",
        "file:///etc",
        "file::/etc",
        "fd::17",
        "git://github.com/acme/shop",
        "http://github.com/acme/shop",
        "http://127.0.0.1:8000/shop.git",
        "ftp://github.com/shop",
        "https://user:secret@github.com/acme/shop",
        "https://token@github.com/acme/shop",
        "ssh://git:secret@github.com/acme/shop",
        "ssh://-oProxyCommand=touch%20x/acme/shop",
        "ssh://git@-oProxyCommand=x/acme/shop",
        "ssh://-oProxyCommand=x@github.com/acme/shop",
        "-oProxyCommand=x@github.com:acme/shop",
        "git@github.com:-acme/shop",
        "https://github.com/-acme/shop",
        "--upload-pack=touch x://github.com/a",
        "https://github.com/acme/shop --upload-pack=touch",
        "https://github.com/acme/shop\n--upload-pack=touch",
        "https://github.com/acme/shop?x=1",
        "https://github.com/acme/shop#main",
        "https://github.com/acme/../other/shop",
        "https://github.com/acme/%2e%2e/other",
        "https://github.com/a\\b",
        "https://github.com/$(touch x)",
        "https://github.com/`touch x`",
        "https://github.com/",
        "https:///shop",
        "https://gith\u00fcb.com/acme/shop",
        "https://github.com\x00/acme",
        "git@host:path:more",
    ],
)
def test_nothing_else_is_taken(target):
    with pytest.raises(ValueError, match=r"give|write|put"):
        address(target)


def test_plain_http_is_for_this_machine_alone_and_only_where_it_is_set():
    assert address("http://127.0.0.1:8000/shop.git", plain_http=True).scheme == "http"
    with pytest.raises(ValueError, match="http://"):
        address("http://127.0.0.1.example.com/shop.git", plain_http=True)


@pytest.mark.parametrize("target", ["/srv/code", "code", "./a/b", "~/code", "C", "with space/x", "a:b"])
def test_folders_are_no_addresses(target):
    assert not is_address(target)


@pytest.mark.parametrize("ref", ["main", "v1.2.3", "feature/x-1", "refs/heads/main", "HEAD", "0" * 40, "dependabot/npm/@types+x"])
def test_plain_refs(ref):
    assert check_ref(ref) == ref


@pytest.mark.parametrize(
    "ref",
    [
        *("", "-x", "--upload-pack=touch x", "a b", "a\nb", "+main", "main:other", ":refs/x", "a..b", "a@{1}", "a^", "a~1", "a*", "a?", "[a]"),
        *("a\\b", "/a", "a/", "a.", "a//b", "a/.b", "a.lock", "$(x)", "x" * 300, "a\x00", "\u2215"),
    ],
)
def test_refs_that_are_none(ref):
    with pytest.raises(ValueError, match="give"):
        check_ref(ref)
