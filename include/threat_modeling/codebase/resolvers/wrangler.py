"""Cloudflare Workers: routes of wrangler's configuration, in TOML and JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Handler
from threat_modeling.codebase.stated import Document, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("route",)
_NAME: Final = r"(?:^|/)wrangler[\w.-]*\.(?:toml|jsonc?)$"
_PATTERN: Final = re.compile(r"""["']?pattern["']?\s*[=:]\s*["']([^"']+)["']""")
_SINGLE: Final = re.compile(r"""^\s*["']?route["']?\s*[=:]\s*["']([^"']+)["']""", re.MULTILINE)
_LIST: Final = re.compile(r"""["']?routes["']?\s*[=:]\s*\[([^\]]{0,5000})\]""")
_TEXT: Final = re.compile(r"""(?<![=:\s\w])\s*["']([^"'\s]+)["']""")
_MAIN: Final = re.compile(r"""^\s*["']?main["']?\s*[=:]\s*["']([^"']+)["']""", re.MULTILINE)
_COMMENT: Final = re.compile(r"(?m)^[ \t]*(?:#|//).*$")


def routes(project: Project) -> Iterator[Route]:
    """The routes of all workers of a project."""
    for path, text in texts(project, KEYWORDS, ("toml", "json", None), _NAME):
        document = Document(project, path, "cloudflare-workers")
        plain = _COMMENT.sub(lambda match: " " * len(match[0]), text)
        found = {match[1]: match.start(1) for pattern in (_PATTERN, _SINGLE) for match in pattern.finditer(plain)}
        for block in _LIST.finditer(plain):
            outside = re.sub(r"\{[^{}]*\}", lambda match: " " * len(match[0]), block[1])
            found.update({match[1]: block.start(1) + match.start(1) for match in _TEXT.finditer("," + outside)})
        for pattern, start in sorted(found.items(), key=lambda item: item[1]):
            shown = _path(pattern)
            if shown is not None:
                yield document.route("ANY", shown, text.count("\n", 0, start) + 1, handler=_main(project, path, text))


def _path(pattern: str) -> str | None:
    """`example.com/api/*` -> /api/*; a host alone serves all of its paths."""
    host, slash, path = re.sub(r"^\w+://", "", pattern).partition("/")
    if not host and not slash:
        return None
    return "/" + path if slash else "/*"


def _main(project: Project, path: str, text: str) -> Handler | None:
    """The worker's own file."""
    main = _MAIN.search(text)
    if main is None:
        return None
    folder = path.rpartition("/")[0]
    file = f"{folder}/{main[1].removeprefix('./')}".lstrip("/")
    return Handler(file=file, line=1, end=1, function="fetch") if file in project.paths else None
