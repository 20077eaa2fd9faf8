"""YAML and JSON within bounds, with lines."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.documents import MAX_DOCUMENTS, DocumentRefused, parse, parse_all


def test_values_know_their_lines():
    root = parse("a:\n  b: [1, two]\n  c:\n    d: x\n")
    assert (root.keys["a"], root.entries["a"].keys) == (1, {"b": 2, "c": 3})
    assert [element.text for element in root.get("a", "b").elements] == ["1", "two"]
    assert root.string("a", "c", "d") == "x"
    assert root.string("a", "missing", "d") == ""


def test_all_documents_of_a_file():
    assert [value.string("a") for value in parse_all("a: x\n---\na: y\n")] == ["x", "y"]
    assert parse_all("---\n---\n" * MAX_DOCUMENTS)[MAX_DOCUMENTS - 1 :][0].text == ""
    with pytest.raises(DocumentRefused, match="malformed"):
        parse_all("a: x\n---\na: [\n")


def test_json_with_tabs_is_read():
    assert parse('{\n\t"a": {\n\t\t"b": "c\\/d"\n\t}\n}').string("a", "b") == "c/d"


def test_no_tag_makes_an_object(tmp_path):
    mark = tmp_path / "made"
    parse(f'a: !!python/object/apply:os.mkdir ["{mark}"]\n')
    assert not mark.exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: " + "[" * 5_000 + "]" * 5_000, "deep"),
        ("".join(f"{' ' * i}a:\n" for i in range(200)), "deep"),
        ("a: &a 1\nb: [" + "*a, " * 1_001 + "]", "aliases"),
        ("a: [", "malformed"),
        ("[" + "1," * 300_001 + "]", "300,000 values"),
    ],
)
def test_refuses_what_would_exhaust_a_reader(text, reason):
    with pytest.raises(DocumentRefused, match=reason):
        parse(text)


def test_an_alias_is_what_it_names_and_none_inside_itself():
    root = parse("a: &a\n  b: 1\nc: *a\nd: &d\n  e: *d\n")
    assert root.get("c") is root.get("a")
    assert root.string("d", "e") == ""
