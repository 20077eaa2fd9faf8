"""Secret values in text: where they stand, and how a quote shows them without telling them.

Everything works line by line, so that a quote of a few lines is masked the same way as the whole file. Nothing here imports from
elsewhere in the package: whoever quotes the target calls `mask` first. Masking hides more than `find` reports: to hide a word too
many costs little, to show a secret costs much.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from threat_modeling.secrets.judgment import is_mixed, is_number_code, is_passwordish, is_placeholder, is_random, is_secret, names_secret
from threat_modeling.secrets.patterns import (
    AUTHORIZATION,
    CALLED,
    HIDDEN,
    KEY_BLOCK,
    KEY_LINE,
    NAMELESS,
    PGPASS,
    PLAIN,
    URL_PASSWORD,
    VALUE,
    quoted,
)
from threat_modeling.secrets.tokens import NEEDLES, TOKEN_HINT, TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "********"
MAX_LINE = 4000
"""Longer lines are cut into pieces of this many characters before they are searched: they belong to minified or generated text."""
_SEAM = re.compile(r"[\s,;{}]")
_NEEDLES = tuple((max(re.findall(r"\w+", needle), key=len, default=""), needle) for needle in NEEDLES)
"""Each of the texts with its longest word, which a text with few words tells sooner."""
_EXAMPLE = re.compile(r"^\s*(?:[\"']?examples?[\"']?\s*:|//|\*)|@example")


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret value on one line (1-based); `kind` says what it is, never its value."""

    line: int
    kind: str
    name: str
    value: str


def mask(text: str) -> str:
    """Return the text with every secret value replaced by asterisks; masking twice changes nothing."""
    return "\n".join(_mask_line(line) for line in text.split("\n"))


def mask_tokens(text: str) -> str:
    """Return the text with what is a secret by its own form replaced: tokens of known providers, passwords in URLs."""
    patterns = [pattern for _, pattern in TOKENS] if TOKEN_HINT.search(text) else []
    for pattern in patterns:
        text = pattern.sub(MASK, text)
    if "://" not in text:
        return text
    return URL_PASSWORD.sub(lambda m: m[0] if is_placeholder(m["value"]) else m["before"] + MASK, text)


def _mask_line(line: str) -> str:
    if len(line) > MAX_LINE:
        return "".join(_mask_line(piece) for piece in _pieces(line))
    spans = _apart([*_spans(line), *_hidden(line)])
    for (start, end), _, _ in reversed(spans):
        line = line[:start] + MASK + line[end:]
    return line


def _pieces(line: str) -> Iterator[str]:
    """A long line in pieces, cut where no value is cut in two, if there is such a place."""
    start = 0
    while start < len(line):
        end = start + MAX_LINE
        seams = [m.end() for m in _SEAM.finditer(line, end - MAX_LINE // 2, end)] if end < len(line) else []
        end = seams[-1] if seams else end
        yield line[start:end]
        start = end


Hit = tuple[tuple[int, int], str, str]
"""The span of a value on its line, its kind, the name before it."""


def _apart(hits: list[Hit]) -> list[Hit]:
    """The hits that don't overlap: the earliest and longest wins."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h[0][0], -h[0][1])):
        if not kept or hit[0][0] >= kept[-1][0][1]:
            kept.append(hit)
    return kept


def _spans(line: str, *, code: bool = False) -> list[Hit]:
    """Each secret on a line."""
    found = [(m.span(), kind, "") for kind, pattern in TOKENS for m in pattern.finditer(line)] if TOKEN_HINT.search(line) else []
    if "://" in line:
        found += [(m.span("value"), "password in a URL", "") for m in URL_PASSWORD.finditer(line) if not is_placeholder(m["value"])]
    if "PRIVATE KEY" in line:
        found += [(m.span("value"), "private key", "") for m in KEY_BLOCK.finditer(line) if m["value"].strip("\\n\"' ")]
    if "uthorization" in line:
        found += [(m.span("value"), "authorization header", "") for m in AUTHORIZATION.finditer(line) if is_mixed(m["value"])]
    found += [(m.span("value"), "key material", "") for m in KEY_LINE.finditer(line) if is_mixed(m["value"])]
    patterns = quoted(line) if code else (*quoted(line), PLAIN)
    matches = [m for pattern in patterns for m in pattern.finditer(line)] if patterns and names_secret(line) else []
    found += [(m.span("value"), "assigned value", m["name"]) for m in matches if is_secret(m["name"], m["value"]) and not _compares_token(m)]
    return _apart(found)


def _hidden(line: str) -> list[Hit]:
    """What a quote need not show although nobody would report it: values that look made up under a secret's name, passwords in their midst."""
    lower = line.lower()
    found: list[re.Match[str]] = [m for word, pattern in NAMELESS if word in lower for m in pattern.finditer(line) if not is_placeholder(m["value"])]
    if ":" in line:
        found += PGPASS.finditer(line)
    if "value" in lower:
        found += [m for m in VALUE.finditer(line) if is_random("", m["value"])]
    if names_secret(line):
        matches = [m for pattern in (*quoted(line), PLAIN, *HIDDEN) for m in pattern.finditer(line)]
        found += [m for m in matches if _made_up(m) and not _compares_token(m)]
    return [(m.span("value"), "hidden", "") for m in found]


def _made_up(match: re.Match[str]) -> bool:
    name, value = match["name"], match["value"]
    called = match.re is CALLED.compiled and is_passwordish(name) and is_secret(name, value)
    return called or is_random(name, value) or is_number_code(name, value)


def _compares_token(match: re.Match[str]) -> bool:
    """Tell `token == "name"`, which parsers say of their own tokens; a password that is compared is a password."""
    between = match.string[match.end("name") : match.start("value")]
    return ("==" in between or "!=" in between) and not is_passwordish(match["name"])


def _suspicious(text: str, said: str) -> list[int]:
    """The lines that may hold a secret, in order: those with any of the texts that every pattern needs."""
    lower, said = text.lower(), said.lower()
    places: set[int] = set()
    for needle in (needle for word, needle in _NEEDLES if word in said):
        place = lower.find(needle)
        while place >= 0:
            places.add(place)
            end = lower.find("\n", place)
            place = lower.find(needle, end) if end >= 0 else -1
    found: dict[int, None] = {}
    number = 1
    for before, place in pairwise([0, *sorted(places)]):
        number += lower.count("\n", before, place)
        found[number] = None
    return list(found)


def find(text: str, *, code: bool = False, said: str | None = None) -> Iterator[Secret]:
    """Yield the secrets of a file, in line order. Key material counts once, at the line that begins the key.

    In `code` an unquoted word is a name and no value. `said` is something shorter that holds every word of the text, where that is known.
    """
    numbers = _suspicious(text, text if said is None else said)
    lines = text.split("\n") if numbers else []
    for number in numbers:
        line = lines[number - 1]
        if len(line) > MAX_LINE:
            continue
        if "PRIVATE KEY" in line and "-----BEGIN" in line and not re.search(r"[\"'`]-----BEGIN[A-Z ]*-----[\"'`]", line):
            yield Secret(number, "private key", "", "")
            continue
        for (start, end), kind, name in () if _EXAMPLE.search(line) else _spans(line, code=code):
            if kind not in {"private key", "key material"}:
                yield Secret(number, kind, name, line[start:end])
