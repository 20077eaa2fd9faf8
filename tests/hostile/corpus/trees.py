"""What a file system can hold besides plain files."""

from __future__ import annotations

import gzip
import io
import os
import socket
import stat
import zipfile
from typing import TYPE_CHECKING

from tests.hostile.corpus import OUTSIDE, PLANTED, Expected

if TYPE_CHECKING:
    from pathlib import Path


def _outside(folder: Path) -> Path:
    """A folder beside the target, which no one may look into."""
    outside = folder.parents[1] / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "app.py").write_text(f"# {OUTSIDE}\n" + PLANTED.format(name=OUTSIDE))
    (outside / "README.md").write_text(f"# {OUTSIDE}\n")
    (outside / "openapi.yaml").write_text(f"openapi: 3.0.0\npaths:\n  /{OUTSIDE}: {{get: {{}}}}\n")
    return outside


def case_links_out(folder: Path) -> Expected:
    outside = _outside(folder)
    (folder / "app.py").symlink_to(outside / "app.py")
    (folder / "package").symlink_to(outside)
    (folder / "README.md").symlink_to(outside / "README.md")
    (folder / "openapi.yaml").symlink_to(outside / "openapi.yaml")
    (folder / "passwd.py").symlink_to("/etc/passwd")
    (folder / "mem.py").symlink_to("/proc/self/mem")
    (folder / "zero.js").symlink_to("/dev/zero")
    (folder / "root").symlink_to("/")
    (folder / "user.py").write_text(f"from package import app\nfrom .package.app import search\nimport passwd\nx = app.search()\n# {folder.name}\n")
    (folder / "user.js").write_text("const a = require('../../outside/app'); const b = require('./package/app.py'); require('/etc/passwd');\n")
    names = ("app.py", "package", "README.md", "openapi.yaml", "passwd.py", "mem.py", "zero.js", "root")
    return Expected(skips=tuple((name, "symbolic link") for name in names))


def case_links_in_circles(folder: Path) -> Expected:
    (folder / "loop").symlink_to(folder)
    (folder / "a.py").symlink_to(folder / "b.py")
    (folder / "b.py").symlink_to(folder / "a.py")
    (folder / "self.py").symlink_to("self.py")
    (folder / "gone.py").symlink_to("nowhere.py")
    return Expected(skips=tuple((name, "symbolic link") for name in ("loop", "a.py", "b.py", "self.py", "gone.py")))


def case_links_to_itself_inside(folder: Path) -> Expected:
    (folder / "again.py").symlink_to(folder / "shop.py")
    os.link(folder / "shop.py", folder / "hard.py")
    return Expected(skips=(("again.py", "symbolic link"),))


def case_pipes(folder: Path) -> Expected:
    for name in ("pipe.py", "README.md", "package.json", "openapi.yaml", "Dockerfile"):
        os.mkfifo(folder / name)
    return Expected(skips=tuple((name, "not a regular file") for name in ("pipe.py", "README.md", "package.json", "openapi.yaml", "Dockerfile")))


def case_devices(folder: Path) -> Expected:
    """Devices that never end, and one that swallows; only root can make them."""
    names = {"zero.py": os.makedev(1, 5), "random.js": os.makedev(1, 8), "README.md": os.makedev(1, 5), "openapi.yaml": os.makedev(1, 3)}
    try:
        for name, device in names.items():
            os.mknod(folder / name, stat.S_IFCHR | 0o666, device)
    except PermissionError:
        return Expected()
    return Expected(skips=tuple((name, "not a regular file") for name in names))


def case_sockets(folder: Path) -> Expected:
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(folder)  # the path of a socket is at most 108 bytes long
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("app.py")
    finally:
        os.fchdir(here)
        os.close(here)
    return Expected(skips=(("app.py", "not a regular file"),))


def case_folders_named_as_files(folder: Path) -> None:
    for name in ("app.py", "README.md", "package.json", "openapi.yaml", "Dockerfile", ".gitignore", "business-context.yaml", "pyproject.toml"):
        (folder / name).mkdir()
        (folder / name / "inner.py").write_text("x = 1\n")


def case_names_not_utf8(folder: Path) -> Expected:
    for name in (b"\xff\xfe.py", b"a\nb.py", b"a\rb.py", b"back\\slash.py", b"tab\t.py", b"\x1b[2J.py", "bidi\u202e.py".encode()):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123 - a path of bytes
            file.write(b"import os\nos.system(input())\n")
    os.mkdir(os.path.join(os.fsencode(folder), b"\xe9"))  # noqa: PTH102, PTH118
    skipped = ("\\udcff\\udcfe.py", "a\\x0ab.py", "a\\x0db.py", "\\x1b[2J.py", "bidi\\u202e.py", "\\udce9")
    return Expected(skips=tuple((name, "its name") for name in skipped))


def case_long_names(folder: Path) -> Expected:
    (folder / ("n" * 252 + ".py")).write_text("import os\nos.system(input())\n")
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(folder)
        for _ in range(20):
            os.mkdir("d" * 250)  # noqa: PTH102 - relative to the folder that was changed into
            os.chdir("d" * 250)
        with open("deep.py", "w") as file:  # noqa: PTH123
            file.write("x = 1\n")
    finally:
        os.fchdir(here)
        os.close(here)
    return Expected(skips=(("/".join(["d" * 250] * 5), "its name"),))


def case_deep_folders(folder: Path) -> None:
    deep = folder.joinpath(*["a"] * 300)
    deep.mkdir(parents=True)
    (deep / "deep.py").write_text("import os\nos.system(input())\n")


def case_gitignore_star(folder: Path) -> None:
    (folder / ".gitignore").write_text("*\n!.gitignore\n/*\n**\nshop.py\n")
    (folder / ".ignore").write_text("*\n")
    (folder / ".dockerignore").write_text("*\n")


def case_git_lies(folder: Path) -> None:
    """A nested repository whose configuration would run programs."""
    (folder / ".git" / "hooks").mkdir(parents=True)
    (folder / ".git" / "config").write_text("[core]\n\tfsmonitor = touch pwned\n\tpager = touch pwned\n\tsshCommand = touch pwned\n")
    (folder / ".git" / "HEAD").write_text("ref: refs/../../../../../../etc/passwd\n")
    (folder / ".git" / "index").write_bytes(b"DIRC\x00\x00\x00\x02\xff\xff\xff\xff")
    (folder / ".gitattributes").write_text("* filter=x diff=y\n")
    (folder / ".gitmodules").write_text('[submodule "x"]\n\tpath = --help\n\turl = ext::touch pwned\n')


def case_archive_bombs(folder: Path) -> Expected:
    """Archives of zeros that would fill memory or disk, under their own names and under those of code and documents."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}/../../../../pwned", b"\0" * 20_000_000)
    names = ("bomb.zip", "bomb.jar", "bomb.whl", "bomb.py", "openapi.json", "package-lock.json")
    for name in names:
        (folder / name).write_bytes(packed.getvalue())
    (folder / "openapi.yaml.gz").write_bytes(gzip.compress(b"a: " * 5_000_000))
    (folder / "package.json").write_bytes(gzip.compress(b"[" * 5_000_000))
    return Expected(skips=tuple((name, "binary") for name in ("bomb.py", "openapi.json", "package-lock.json", "package.json")))


def case_odd_extensions(folder: Path) -> Expected:
    (folder / "archive.zip").write_bytes(b"PK\x03\x04" + b"\0" * 1000)
    (folder / "image.py").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0" + bytes(range(256)))
    (folder / "nul.js").write_bytes(b"eval(1)\0" * 10)
    (folder / "empty.py").write_bytes(b"")
    (folder / "utf16.py").write_text("import os\nos.system(input())\n", "utf-16")
    return Expected(skips=(("image.py", "binary"), ("nul.js", "binary"), ("utf16.py", "binary")))
