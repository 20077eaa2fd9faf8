"""Repositories and servers of an attacker: nothing of them is run, nothing outside the clone is touched, nothing hangs.

The fixture `cloned` checks after each test that no trap was sprung and that no file beside the clone has changed.
"""

import os
import subprocess
import time

import psutil
import pytest

from tests.unit.source.conftest import APP
from tests.unit.source.git_server import dripping, flooding, git_server, redirecting, saying
from threat_modeling.codebase.walk import walk
from threat_modeling.errors import SourceFailed

LINK, FILE, FOLDER, SUBMODULE = "120000", "100644", "40000", "160000"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 1\n"


def test_the_traps_spring_for_a_git_that_is_not_confined(repository, server, canary, tmp_path):
    repository.commit(repository.files({".gitattributes": "* filter=evil\n", **APP}))
    environment = {name: value for name, value in os.environ.items() if name not in {"GIT_DIR", "GIT_ALLOW_PROTOCOL"}}
    subprocess.run(["git", "clone", f"{server.url}/shop.git", str(tmp_path / "plain")], env=environment, capture_output=True, check=False)
    assert list(canary.iterdir())


def test_attributes_that_name_filters_and_diff_drivers(repository, cloned):
    files = {".gitattributes": "* filter=evil diff=evil\n*.bin filter=lfs diff=lfs merge=lfs -text\n", "a.bin": POINTER, **APP}
    repository.commit(repository.files(files))
    assert (cloned().path / "a.bin").read_text() == POINTER


def test_attributes_that_would_change_what_is_read(repository, cloned):
    files = {".gitattributes": "*.py working-tree-encoding=UTF-16 ident eol=crlf text\n", "app.py": "x = 1  # $Id$\n"}
    repository.commit(repository.files(files))
    assert (cloned().path / "app.py").read_bytes() == b"x = 1  # $Id$\n"


def test_a_configuration_in_the_repository(repository, cloned):
    files = {
        ".gitconfig": "[core]\n\tfsmonitor = touch x\n",
        ".lfsconfig": "[lfs]\n\turl = ext::touch x\n",
        "config": "[core]\n\tbare = true\n",
        **APP,
    }
    files |= {".githooks": {"post-checkout": "touch x"}, "hooks": {"post-checkout": "touch x"}}
    repository.commit(repository.files(files))
    assert (cloned().path / "app.py").is_file()


@pytest.mark.parametrize("url", ["ext::sh -c touch% x", "../../outside", "-u./x", "file:///etc", "ssh://-oProxyCommand=touch x/y"])
def test_submodules(repository, cloned, url):
    modules = f'[submodule "m"]\n\tpath = m\n\turl = "{url}"\n\tupdate = !touch x\n'
    tree = repository.tree([(FILE, ".gitmodules", repository.store("blob", modules.encode())), (SUBMODULE, "m", "1" * 40)])
    repository.commit(tree)
    made = cloned()
    assert list((made.path / "m").iterdir()) == []


@pytest.mark.parametrize("name", [".git", ".GIT", ".Git", "git~1", ".git\u200c", ".git ", ".git.", ".git::$INDEX_ALLOCATION"])
@pytest.mark.parametrize("mode", [FOLDER, LINK, FILE])
def test_a_git_folder_in_the_tree(repository, cloned, name, mode):
    hook = repository.store("blob", b"#!/bin/sh\ntouch x\n")
    hooks = repository.tree([("100755", "post-checkout", hook)])
    made = {FOLDER: repository.tree([(FOLDER, "hooks", hooks)]), LINK: repository.store("blob", b"../../outside"), FILE: hook}[mode]
    repository.commit(repository.tree([(mode, name, made)]))
    with pytest.raises(SourceFailed, match="path"):
        cloned()


@pytest.mark.parametrize("name", ["..", ".", "../outside/file", "/etc/cron.d/x", ""])
def test_a_tree_whose_names_lead_out(repository, cloned, name):
    repository.commit(repository.tree([(FILE, name, repository.store("blob", b"written"))]))
    with pytest.raises(SourceFailed):
        cloned()


def test_a_link_that_is_also_a_folder(repository, cloned, tmp_path):
    link = repository.store("blob", str(tmp_path / "outside").encode())
    inner = repository.tree([(FILE, "file", repository.store("blob", b"written"))])
    repository.commit(repository.tree([(LINK, "a", link), (FOLDER, "a", inner)]))
    try:
        made = cloned()
    except SourceFailed:
        return
    assert (tmp_path / "outside" / "file").read_text() == "as it was"
    assert made.path.is_dir()


def test_links_stay_links_that_nobody_follows(repository, cloned, tmp_path):
    links = {"out": f"-> {tmp_path}/outside", "passwd.py": "-> /etc/passwd", "loop": "-> loop", "up": "-> ../../..", "git": "-> .git"}
    repository.commit(repository.files(links | APP))
    made = cloned()
    found = walk(made.path)
    assert [file.path for file in found.files] == ["README.md", "app.py"]
    assert {skip.path for skip in found.skipped} == set(links)


def test_names_like_options_lines_and_escapes(repository, cloned):
    names = ["--upload-pack=touch x", "-rf", "a\nb.py", "\x1b[2J.py", "$(touch x).py", "`touch x`", "con.py", "\udcff.py"]
    repository.commit(repository.files(dict.fromkeys(names, "x = 1\n") | APP))
    made = cloned()
    assert {os.fsdecode(path.name) for path in made.path.iterdir()} == {*names, *APP, ".git"}
    found = walk(made.path)
    assert len(found.files) + len(found.skipped) == len(names) + len(APP)


def test_a_small_pack_with_a_huge_file(repository, cloned):
    made = repository.git("hash-object", "-w", "--stdin", stdin=bytes(60_000_000)).decode().strip()
    repository.commit(repository.tree([(FILE, "zeros", made)]))
    with pytest.raises(SourceFailed, match="MEGABYTES"):
        cloned()


def test_a_pack_that_is_too_large(repository, cloned):
    repository.commit(repository.tree([(FILE, "noise", repository.store("blob", os.urandom(3_000_000)))]))
    with pytest.raises(SourceFailed, match="MEGABYTES"):
        cloned(git_megabytes=1)


def test_a_tree_of_ten_billion_files(repository, cloned):
    tree = repository.store("blob", b"x")
    for level in range(10):
        mode = FOLDER if level else FILE
        tree = repository.tree([(mode, f"f{number}", tree) for number in range(10)])
    repository.commit(tree)
    with pytest.raises(SourceFailed, match="more than 1,000 files"):
        cloned()


def test_a_redirect_to_another_server(repository, server, cloned):
    repository.commit(repository.files(APP))
    with git_server(repository.path.parent) as other:
        server.behavior = redirecting(other.url)
        with pytest.raises(SourceFailed, match="redirect"):
            cloned()
        assert other.requests == []


@pytest.mark.parametrize("to", ["file:///etc", "ext::touch x ", "git://127.0.0.1"])
def test_a_redirect_to_another_protocol(repository, server, cloned, to):
    repository.commit(repository.files(APP))
    server.behavior = redirecting(to)
    with pytest.raises(SourceFailed, match="redirect"):
        cloned()


def test_a_dumb_server_that_names_other_places(repository, cloned, server):
    repository.commit(repository.files(APP))
    server.behavior = saying(200, b"0" * 40 + b"\trefs/heads/main\n")
    with pytest.raises(SourceFailed):
        cloned()


@pytest.mark.parametrize("behavior", [dripping, flooding])
def test_a_server_that_never_ends(server, cloned, behavior):
    server.behavior = behavior
    started = time.monotonic()
    with pytest.raises(SourceFailed, match="GIT_MINUTES"):
        cloned(git_minutes=1 / 30)
    assert time.monotonic() - started < 30
    assert [child for child in psutil.Process().children(recursive=True) if "git" in child.name()] == []


def test_what_a_server_says_is_shown_harmless(server, cloned):
    server.behavior = saying(500, b"\x1b[2J\x1b]0;owned\x07 fatal: <script>\n" * 1000)
    with pytest.raises(SourceFailed) as caught:
        cloned()
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 700


@pytest.mark.parametrize("answer", [b"", b"\0" * 5000, b"001e# service=git-upload-pack\n0000zzzz", b"fffe" + b"a" * 70000])
def test_a_server_that_speaks_no_git(server, cloned, answer):
    server.behavior = saying(200, answer)
    with pytest.raises(SourceFailed):
        cloned()
