"""Which folders and hosts a deployment lets targets come from. Checked by the form's pattern, and again on the real path by the task."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from threat_modeling.source.address import Address

_NO_STEP_UP = r"(?!.*(?:^|/)\.\.(?:/|$))"


@dataclass(frozen=True)
class Places:
    """Folders, and (scheme or "", host, path) of git addresses."""

    folders: tuple[Path, ...]
    hosts: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, entries: Iterable[str]) -> Places:
        """From entries as `settings` takes them."""
        folders, hosts = [], []
        for entry in entries:
            if entry.startswith(("/", "~")):
                folders.append(absolute(entry))
                continue
            scheme, _, rest = entry.rpartition("://")
            host, _, path = rest.partition("/")
            hosts.append((scheme, host, path.strip("/")))
        return cls(tuple(folders), tuple(hosts))

    @property
    def told(self) -> str:
        """The places, for a person, and where they are set."""
        hosts = [f"{scheme}://{host}/{path}" if scheme else f"{host}/{path}".rstrip("/") for scheme, host, path in self.hosts]
        return f"{', '.join([*map(str, self.folders), *hosts]) or 'nothing yet'}; THREAT_MODELING_ALLOWED_TARGETS lists folders and hosts"

    def allow_folder(self, folder: Path) -> bool:
        """Whether the real path of a folder or file lies in one of the folders."""
        return any(within(folder, root) for root in self.folders)

    def allow_address(self, address: Address) -> bool:
        """Whether an address is of one of the hosts, and below its path."""
        path = address.path.strip("/") + "/"
        return any(
            address.host == host and scheme in {"", address.scheme} and path.startswith(f"{prefix}/" if prefix else "")
            for scheme, host, prefix in self.hosts
        )

    def pattern(self, *, plain_http: bool = False) -> str:
        """A regular expression that every allowed target matches, for the form: it knows no links, so the task looks again."""
        options = [_below(str(folder)) for folder in self.folders]
        for scheme, host, path in self.hosts:
            below = _below("/" + path) if path else "/.+"
            place = _literal(host) + below
            if scheme in {"", "ssh"}:
                options.append(rf"ssh://(?:[\w.-]+@)?{place}")
                options.append(rf"[\w.-]+@{_literal(host)}:{below.removeprefix('/')}")
            if scheme in {"", "https"}:
                options.append(f"http{'s?' if plain_http else 's'}://{place}")
        return f"^{_NO_STEP_UP}(?:{'|'.join(options)})$" if options else "^(?!)"


def within(path: Path, root: Path) -> bool:
    """Whether a path, links followed, is a root or lies below it; False where links go in a circle."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def absolute(path: str, start: Path | None = None) -> Path:
    """The path from `start` (None: the current folder), `~` being the home folder; a `~name` that nobody has stays as it is."""
    given = Path(path.strip())
    with suppress(RuntimeError):
        given = given.expanduser()
    return (start or Path.cwd()) / given


def folder_pattern(roots: Sequence[Path]) -> str:
    """A regular expression that paths at or below one of the roots match; none where there is no root."""
    if not roots:
        return "^(?!)"
    return f"^{_NO_STEP_UP}(?:{'|'.join(_below(str(root)) for root in roots)})$"


def _below(folder: str) -> str:
    folder = folder.rstrip("/")
    return f"{_literal(folder)}(?:/.*)?"


def _literal(text: str) -> str:
    """The text as a pattern that browsers take too: they refuse escapes that are not needed."""
    return re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", text)
