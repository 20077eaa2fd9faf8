"""The address of a git repository and a name in it, taken only in forms that git and ssh can't mistake for options or commands."""

from __future__ import annotations

import re
from dataclasses import dataclass

_URL = re.compile(
    r"(?P<scheme>[A-Za-z]+)://(?:(?P<user>[^/@]*)@)?(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[0-9]{1,5})?)(?P<path>/\S*)",
    re.ASCII,
)
_SHORT = re.compile(r"(?P<user>[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})@(?P<host>[A-Za-z0-9][A-Za-z0-9.-]{0,252}):(?P<path>[^/:][^:]*)", re.ASCII)
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}", re.ASCII)
_PATH = re.compile(r"(?:/(?:[A-Za-z0-9_.~+-]|%20)+)+/?", re.ASCII)
_REF = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./+#=@-]{0,249}", re.ASCII)
_NO_REF = re.compile(r"\.\.|@\{|//|/\.|\.lock(?:/|$)|[/.]$")


@dataclass(frozen=True)
class Address:
    """A repository: `scheme` https or ssh (http to this machine in tests), `host` in lower case with its port, `path` from the first slash."""

    scheme: str
    user: str
    host: str
    path: str

    @property
    def url(self) -> str:
        """The address as git takes it."""
        return f"{self.scheme}://{self.user}{'@' if self.user else ''}{self.host}{self.path}"

    @property
    def name(self) -> str:
        """What the repository is called: fit to be a folder."""
        last = self.path.rstrip("/").rpartition("/")[2].removesuffix(".git")
        return re.sub(r"[^A-Za-z0-9_.-]+", "-", last).strip(".-") or "target"


def is_address(target: str) -> bool:
    """Tell an address from a folder."""
    return bool("://" in target or "::" in target or re.match(r"[\w.-]+@[\w.-]+:", target))


def address(target: str, *, plain_http: bool = False) -> Address:
    """The address that a target names; ValueError says what is wrong with it and the remedy. `user@host:path` is taken as ssh."""
    short = _SHORT.fullmatch(target)
    if short:
        target = f"ssh://{short['user']}@{short['host']}/{short['path']}"
    found = _URL.fullmatch(target)
    if not found:
        raise ValueError("is no address of a git repository; write it like https://github.com/acme/shop or ssh://git@github.com/acme/shop")
    made = Address(found["scheme"].lower(), found["user"] or "", found["host"].lower(), found["path"])
    here = plain_http and made.scheme == "http" and made.host.partition(":")[0] == "127.0.0.1"
    if made.scheme not in {"https", "ssh"} and not here:
        raise ValueError(f"{made.scheme}:// is not taken; give an https:// or ssh:// address")
    if made.user and made.scheme != "ssh":
        raise ValueError("holds a user or password; put them in an Airflow connection and name it in git_connection")
    if made.user and not _USER.fullmatch(made.user):
        raise ValueError("names a user that is none, or a password; give a plain user name such as git")
    if not _PATH.fullmatch(made.path) or {".", ".."} & set(made.path.split("/")) or "/-" in made.path:
        raise ValueError("has a path with characters that no repository needs; give the address without parameters")
    return made


def check_ref(ref: str) -> str:
    """The ref, if it is a plain name of a branch, a tag or a commit; ValueError otherwise."""
    if not _REF.fullmatch(ref) or _NO_REF.search(ref):
        raise ValueError(f"{ref[:100]!r} is no branch, tag or commit; give its plain name, such as main or v1.2")
    return ref
