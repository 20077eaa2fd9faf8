"""Builds repositories, well-formed and not, straight from objects: git's own commands would refuse half of what an attacker sends."""

import hashlib
import os
import subprocess
import zlib


class Repository:
    """A bare repository `<folder>/<name>.git`."""

    def __init__(self, folder, name="shop"):
        self.path = folder / f"{name}.git"
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.path), cwd=folder)

    def git(self, *arguments, cwd=None, stdin=b""):
        """Output of a git command in the repository."""
        clean = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}
        names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "a"), ("EMAIL", "a@example.com"))}
        return subprocess.run(["git", *arguments], cwd=cwd or self.path, env=clean | names, input=stdin, capture_output=True, check=True).stdout

    def store(self, kind, content):
        """Write an object as it is, unchecked; returns its id."""
        whole = f"{kind} {len(content)}\0".encode() + content
        name = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        file = self.path / "objects" / name[:2] / name[2:]
        file.parent.mkdir(exist_ok=True)
        if not file.exists():
            file.write_bytes(zlib.compress(whole))
        return name

    def tree(self, entries):
        """A tree of (mode, name, object id) in the given order; returns its id."""
        return self.store("tree", b"".join(f"{mode} ".encode() + os.fsencode(name) + b"\0" + bytes.fromhex(made) for mode, name, made in entries))

    def files(self, files):
        """A tree of {name: content or {name: ...}}; a content that begins with "-> " is a link."""
        entries = []
        for name, content in files.items():
            if isinstance(content, dict):
                entries.append(("40000", name, self.files(content)))
            elif content.startswith("-> "):
                entries.append(("120000", name, self.store("blob", content[3:].encode())))
            else:
                entries.append(("100644", name, self.store("blob", content.encode())))
        return self.tree(sorted(entries, key=lambda e: os.fsencode(e[1]) + (b"/" if e[0] == "40000" else b"")))

    def commit(self, tree, ref="refs/heads/main"):
        """Commit a tree to a ref; returns the commit."""
        made = self.git("commit-tree", tree, "-m", "x").decode().strip()
        self.git("update-ref", ref, made)
        return made
