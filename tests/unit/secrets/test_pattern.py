"""A pattern finds what the regular expression itself finds."""

from __future__ import annotations

import pytest

from tests.hostile.planted.target import lines
from threat_modeling.secrets.pattern import Pattern
from threat_modeling.secrets.patterns import (
    ASSIGNED,
    AUTHORIZATION,
    DEFAULT,
    FALLBACK,
    HIDDEN,
    KEY_BLOCK,
    KEY_LINE,
    NAMELESS,
    OTHERWISE,
    PGPASS,
    PLAIN,
    URL_PASSWORD,
    VALUE,
)

PATTERNS = (
    ASSIGNED,
    DEFAULT,
    FALLBACK,
    OTHERWISE,
    *HIDDEN,
    PLAIN,
    URL_PASSWORD,
    AUTHORIZATION,
    KEY_BLOCK,
    KEY_LINE,
    PGPASS,
    VALUE,
    *(pattern for _, pattern in NAMELESS),
)
OTHERS = (
    "password `k3y` is `token: abc`",
    "-p --password hunter2",
    '("password", "x-y-z1")',
    "<secret>abc</secret>",
    'set_password("abc")',
    '{\\"password\\": \\"abc\\"}',
    '"password", "abc"',
    "token = os.getenv('X') or 'value'",
    "-----BEGIN PRIVATE KEY-----abc",
    "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ==",
    "wget --password=abc https://example.org",
    "mysql -u app -pabc",
)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.compiled.pattern[-40:])
def test_what_a_pattern_needs_is_part_of_every_match(pattern):
    texts = (*OTHERS, *(line for _, _, line, _ in lines()))
    found = [[m.span() for m in pattern.compiled.finditer(text)] for text in texts]
    assert any(found)
    assert [[m.span() for m in pattern.finditer(text)] for text in texts] == found


def test_matches_are_replaced_where_there_are_any():
    pattern = Pattern(r"(\w)-\1", needs="-")
    assert pattern.sub("*", "a-a b-c") == "* b-c"
    assert pattern.sub("*", "aa") == "aa"
