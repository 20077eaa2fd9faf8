"""Directives and blocks of Caddy's and nginx's files."""

from __future__ import annotations

from threat_modeling.codebase.braces import MAX_DEPTH, directives


def test_lines_or_semicolons_end_a_directive():
    lines = directives("handle /a* {\n  respond `}` 200\n}\n# gone\nredir /x {uri}\n", semicolons=False)
    assert [(d.words, d.line, [inner.words for inner in d.block]) for d in lines] == [
        (["handle", "/a*"], 1, [["respond", "}", "200"]]),
        (["redir", "/x", "{uri}"], 5, []),
    ]
    nginx = directives('server { listen 80; location / {\n return 200 "a;\nb"; } }', semicolons=True)
    assert [inner.words for inner in nginx[0].block] == [["listen", "80"], ["location", "/"]]
    assert nginx[0].block[1].block[0].words == ["return", "200", "a;\nb"]


def test_nesting_without_end_is_left_out():
    deep = directives("a {\n" * 10_000, semicolons=False)
    depth = 0
    while deep:
        deep, depth = deep[0].block, depth + 1
    assert depth <= MAX_DEPTH + 1
