"""Rules: what a wrong file is told, and how names are matched."""

from pathlib import Path

import pytest

from threat_modeling.codebase.rulebook import Index, RuleError, compiled, load, read_rule

GOOD = """\
id: some-control
languages: [python]
title: Some control
category: cryptography
match:
  - calls: [a.b]
"""


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (GOOD.replace("category: cryptography", "category: cryptogrphy"), 4, "category"),
        (GOOD + "    where:\n      - {argument: ['0']}\n", 8, "exactly one of"),
        (GOOD + "strenght: strong\n", 7, "strenght"),
        (GOOD.replace("calls: [a.b]", "calls: a.b"), 6, "match.0.calls"),
        (GOOD + "  : : :\n", 7, "expected"),
    ],
)
def test_a_wrong_rule_is_told_with_file_line_and_key(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "some-control.yaml"
    path.write_text(text)
    with pytest.raises(RuleError) as error:
        read_rule(path, "controls")
    assert f"some-control.yaml:{line}:" in str(error.value)
    assert words in str(error.value)


def test_all_faults_of_a_rule_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "some-control.yaml"
    path.write_text(GOOD.replace("category: cryptography", "category: cryptogrphy") + "strenght: strong\n")
    with pytest.raises(RuleError) as error:
        read_rule(path, "controls")
    assert [line.split(":")[1] for line in str(error.value).splitlines()] == ["4", "7"]


def test_an_id_is_the_name_of_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "controls" / "python"
    folder.mkdir(parents=True)
    (folder / "other.yaml").write_text(GOOD)
    with pytest.raises(RuleError, match="the file's name says 'other'"):
        load("controls", tmp_path)


@pytest.mark.parametrize(
    ("pattern", "name", "matches"),
    [
        ("hashlib.md5", "hashlib.md5", True),
        ("hashlib.md5", "hashlib.md5.update", False),
        ("*.execute", "a.b.execute", True),
        ("*.execute", "execute", False),
        ("requests.*", "requests.get", True),
        ("requests.*", "requests.Session.get", False),
        ("pymongo.*.find", "pymongo.a.b.find", True),
        ("*.[A-Z]*", "models.User", True),
        ("*.[A-Z]*", "models.User.find", False),
        ("*is_safe*", "urls.is_safe_url", True),
    ],
)
def test_name_patterns(pattern: str, name: str, matches: bool) -> None:
    assert bool(compiled(pattern).match(name)) is matches
    index: Index[int] = Index()
    index.add(pattern, 1)
    assert list(index.get(name)) == ([1] if matches else [])


PATTERNS = ("*.get", "requests.get", "requests.*", "*hash*", "*.[A-Z]*", "requests.*.get", "get", "os.exec*", "*.a.get", "requests.g?t", "[rq]*.get")


@pytest.mark.parametrize(
    "name", ["requests.get", "requests.a.get", "get", "x.get", "requests.Model", "os.execv", "requests.hash", "requests", "hash", "", "a.b", "q.get"]
)
def test_all_that_fits_a_name_is_found_those_with_an_open_end_last(name: str) -> None:
    index: Index[str] = Index()
    for pattern in PATTERNS:
        index.add(pattern, pattern)
    ordered = sorted(PATTERNS, key=lambda pattern: bool(set("*?[") & set(pattern.rpartition(".")[2])))
    assert list(index.get(name)) == [pattern for pattern in ordered if compiled(pattern).match(name)]
    assert index.get(name) == index.get(name)


def test_what_is_added_later_is_found_too() -> None:
    index: Index[int] = Index()
    assert not index
    assert index.get("a.b") == ()
    index.add("a.*", 1)
    assert index.get("a.b") == (1,)
    index.add("a.b", 2)
    assert index
    assert index.get("a.b") == (2, 1)
