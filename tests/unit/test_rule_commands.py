"""A rule's author lists, reads and tries rules from the command line, and is told file, line and key of what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

RULE = """id: shredder
languages: [python]
title: Records shredded on demand
message: A caller decides which record is shredded.
cwe: CWE-862
weakness_class: missing-authorization
category: authorization
stride: [tampering]
description: Whoever calls it destroys records.
mitigation: Ask for a second person.
match:
  - calls: [archive.shred]
    tainted: ["0"]
"""
EXAMPLE = """import archive
from flask import request

# ruleid: shredder
archive.shred(request.args["id"])
# ok: shredder
archive.shred("drafts")
"""


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    path = tmp_path / "weaknesses" / "python" / "shredder.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(RULE)
    return path


@pytest.fixture
def example(tmp_path: Path) -> Path:
    path = tmp_path / "shredder.py"
    path.write_text(EXAMPLE)
    return path


def test_a_rule_of_ones_own_is_tried_on_its_example(rule: Path, example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "test", str(rule), str(example)]) == 0
    assert capsys.readouterr().out == f"{example}: as marked\n"


def test_what_an_example_shows_otherwise_is_told_by_line(rule: Path, example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example.write_text(EXAMPLE.replace("ruleid:", "x:").replace("ok:", "ruleid:").replace("x:", "ok:"))
    assert main(["rules", "test", str(rule), str(example)]) == 1
    assert capsys.readouterr().out == f"{example}:7: not reported\n{example}:5: wrongly reported\n"


def test_an_example_without_marks_proves_nothing(rule: Path, example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example.write_text("import archive\n")
    assert main(["rules", "test", str(rule), str(example)]) == 1
    assert "no line is marked `ruleid: shredder`" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("cwe: CWE-862", "cwe: 862", ":5: cwe: "),
        ("    tainted:", "    taint:", ":13: match.0.taint: "),
        ("title: Records", "title: [Records", ":4: no YAML: did not find expected"),
        ("id: shredder", "id: other", ":1: id: is 'other'"),
        ("message: A caller decides which record is shredded.\n", "", ":1: message: Field required"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_by_file_line_and_key(
    rule: Path, example: Path, old: str, new: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rule.write_text(RULE.replace(old, new))
    assert main(["rules", "test", str(rule), str(example)]) == 2
    assert f"{rule}{told}" in capsys.readouterr().err


def test_rules_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert any(line.split()[:3] == ["weaknesses", "python/ssrf", "CWE-918"] for line in capsys.readouterr().out.splitlines())
    assert main(["rules", "show", "python/ssrf"]) == 0
    told = capsys.readouterr().out
    assert "Server-side request forgery" in told
    assert "requests.get" in told or "urllib.request.urlopen" in told


@pytest.mark.parametrize("arguments", [["show"], ["show", "nothing"], ["test"], ["test", "missing.yaml", "missing.py"]])
def test_what_is_not_there_is_one_line_of_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", *arguments]) == 2
    assert capsys.readouterr().err.startswith("error: ")
