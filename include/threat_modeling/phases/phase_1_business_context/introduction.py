"""How a target introduces itself: its name in package metadata, its purpose in the first paragraph of its README."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from threat_modeling.text import one_line

if TYPE_CHECKING:
    from threat_modeling.codebase.project import Project
    from threat_modeling.model import Evidence

_READMES = re.compile(r"readme(\.(md|rst|txt|markdown|adoc))?", re.IGNORECASE)
_NAMES = {
    "pyproject.toml": re.compile(r"""^\s*name\s*=\s*["']([^"']{1,100})["']"""),
    "package.json": re.compile(r"""^\s*"name"\s*:\s*"([^"]{1,100})\""""),
    "setup.cfg": re.compile(r"^name\s*=\s*(\S{1,100})"),
    "setup.py": re.compile(r"""^\s*name\s*=\s*["']([^"']{1,100})["']"""),
    "go.mod": re.compile(r"^module\s+\S*?([^/\s]{1,100})$"),
}
_NOT_PROSE = re.compile(r"^(#|=|-{3}|\*{3}|~{3}|<|!\[|\[!\[|\[\w|```|>|\||\.\. |:|\s*[-*+] |\d+\. )")
MAX_LINES = 200


class Introduction(NamedTuple):
    """A sentence of the target's own, with where it stands."""

    text: str
    evidence: Evidence


def name_of(project: Project) -> Introduction | None:
    """The name that the root's package metadata gives."""
    for file, pattern in _NAMES.items():
        for number, line in enumerate(_lines(project, file), 1):
            match = pattern.match(line)
            if match:
                return Introduction(one_line(match[1], 100), project.evidence(file, number, number))
    return None


def purpose_of(project: Project) -> Introduction | None:
    """The first paragraph of prose in the root's README, at most six lines of it."""
    for path in sorted(p for p in project.paths if _READMES.fullmatch(p)):
        lines = _lines(project, path)
        start = next((n for n, line in enumerate(lines) if _prose(line, lines[n + 1] if n + 1 < len(lines) else "")), None)
        if start is None:
            continue
        last = min(start + 6, len(lines))
        end = next((n for n in range(start + 1, last) if not lines[n].strip() or _NOT_PROSE.match(lines[n].strip())), last)
        return Introduction(one_line(_plain(" ".join(lines[start:end])), 600), project.evidence(path, start + 1, end))
    return None


def _plain(line: str) -> str:
    """Markdown without pictures, and links and emphasis as their words."""
    without = re.sub(r"!\[[^\]]{0,200}\]\([^)]{0,500}\)", "", line)
    return re.sub(r"[*`]+", "", re.sub(r"\[([^\]]{1,200})\]\([^)]{0,500}\)", r"\1", without))


def _prose(line: str, following: str) -> bool:
    """Five words or more that are no heading, list, badge, table or code."""
    return len(_plain(line).split()) >= 5 and not _NOT_PROSE.match(line.strip()) and not re.match(r"^(={3,}|-{3,}|~{3,})\s*$", following)


def _lines(project: Project, path: str) -> list[str]:
    return (project.text(path) or "").split("\n")[:MAX_LINES] if path in project.paths else []
