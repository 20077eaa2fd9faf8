"""YAML as lines: paths, places, and no bombs."""

import time

from threat_modeling.codebase.yaml_lines import flattened


def read(text: str) -> list[tuple[int, str]]:
    return [(line.start, line.text) for line in flattened(text)[0]]


def test_paths_and_places() -> None:
    assert read("a:\n  b: 1\n  c:\n    - x\n    - y: z\n---\nd: e") == [(2, "a.b: 1"), (4, "a.c[]: x"), (5, "a.c[].y: z"), (7, "d: e")]


def test_aliases_are_read_once() -> None:
    text = "a: &a [x, x]\n" + "\n".join(f"k{n}: &k{n} [*{'a' if n == 0 else f'k{n - 1}'}, *{'a' if n == 0 else f'k{n - 1}'}]" for n in range(40))
    assert len(read(text)) == 2


def test_what_is_no_yaml_gives_what_was_read_before() -> None:
    assert read("a: [") == []
    assert read("[" * 4000) == []


def test_large_files_are_left_out() -> None:
    started = time.monotonic()
    assert read("a: b\n" * 200_000) == []
    assert time.monotonic() - started < 1
