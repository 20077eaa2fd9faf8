"""Reports of other tools: merged with the tool named where they speak of lines of the target, listed as not run where they can't be used."""

from __future__ import annotations

import json
import os
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from threat_modeling.codebase.external import merged, read_reports
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.scan import scan

if TYPE_CHECKING:
    from pathlib import Path

APP = "import os\nfrom flask import request\n\n\ndef run():\n    os.system(request.args['x'])\n"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "target"
    folder.mkdir()
    (folder / "app.py").write_text(APP)
    (folder / "requirements.txt").write_text("flask==2.0.1\nrequests>=2\n")
    return folder


def read(target: Path, content: Any, name: str = "report.json") -> Any:
    """What a report says of the target, and our own observations beside it."""
    file = target.parent / name
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    project = Project(target)
    seen = scan(project, list(project.paths))
    return read_reports([str(file)], project, seen.dependencies), seen


def log(*results: dict[str, Any], **run: Any) -> dict[str, Any]:
    rules = [{"id": "R1", "properties": {"tags": ["external/cwe/cwe-078"]}}, {"id": "R2"}]
    return {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Lens", "rules": rules}}, "results": list(results), **run}]}


def result(rule: str = "R1", uri: str = "app.py", line: int = 6, **more: Any) -> dict[str, Any]:
    place = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}
    return {"ruleId": rule, "message": {"text": "Shell command"}, "locations": [place], **more}


def test_what_we_see_too_names_the_tool(target: Path) -> None:
    external, seen = read(target, log(result()))
    (weakness,) = [w for w in merged(seen.weaknesses, external.weaknesses_in({"app.py"})) if w.evidence.path == "app.py"]
    assert weakness.rule == "python/command-injection"
    assert weakness.message.endswith("Also reported by Lens.")


def test_what_we_do_not_see_is_added_with_a_quote_of_the_target(target: Path) -> None:
    external, seen = read(target, log(result(line=2)))
    added = [w for w in merged(seen.weaknesses, external.weaknesses_in({"app.py"})) if w.rule == "Lens/R1"]
    assert [(w.cwe, w.evidence.start, w.evidence.quote, w.message) for w in added] == [
        ("CWE-78", 2, "from flask import request", "Reported by Lens: Shell command")
    ]


@pytest.mark.parametrize(
    "ignored",
    [
        result("R2"),
        result(uri="missing.py"),
        result(uri="../secret.py"),
        result(line=0),
        result(suppressions=[{"kind": "external"}]),
        result(kind="pass"),
        {"ruleId": "R1", "message": {}, "locations": []},
    ],
    ids=["no CWE", "no file", "outside", "no line", "suppressed", "passed", "no place"],
)
def test_what_has_no_weakness_or_no_place_is_only_counted(target: Path, ignored: dict[str, Any]) -> None:
    external, _ = read(target, log(ignored, result()))
    (report,) = external.reports_of({"app.py"})
    assert (report.tool, report.run, report.results, report.used) == ("Lens", True, 2, 1)


def test_an_absolute_path_below_the_target_is_found(target: Path) -> None:
    external, _ = read(target, log(result(uri=f"file://{target}/app.py")))
    assert len(external.weaknesses_in({"app.py"})) == 1


def test_a_tool_that_says_it_failed_is_not_run_and_what_it_found_is_used(target: Path) -> None:
    external, _ = read(target, log(result(), invocations=[{"executionSuccessful": False}]))
    (report,) = external.reports_of({"app.py"})
    assert (report.run, report.used) == (False, 1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "neither SARIF nor CycloneDX nor OSV"),
        ("{", "Expecting property name"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": 1}', "neither SARIF nor CycloneDX nor OSV"),
        ('{"runs": [1]}', "broken: "),
        ('{"runs": [{"tool": {"driver": []}}]}', "broken: "),
    ],
)
def test_a_broken_report_is_not_run(target: Path, content: str, reason: str) -> None:
    (report,) = read(target, content)[0].reports_of({"app.py"})
    assert not report.run
    assert report.reason.startswith(reason)


def test_a_missing_file_and_a_pipe_are_not_run(target: Path) -> None:
    pipe = target.parent / "pipe"
    os.mkfifo(pipe)
    reports = read_reports([str(target / "missing.sarif"), str(pipe)], Project(target), ()).reports_of(())
    assert [(report.run, report.reason) for report in reports] == [(False, "No such file or directory"), (False, "no regular file")]


def advisory(**affected: Any) -> dict[str, Any]:
    return {"id": "PYSEC-1", "affected": [{"package": {"ecosystem": "PyPI", "name": "Flask"}, **affected}]}


@pytest.mark.parametrize(
    ("affected", "hit"),
    [
        ({"versions": ["2.0.1"]}, True),
        ({"versions": ["2.0.2"]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0.2"}]}]}, True),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0.1"}]}]}, False),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"last_affected": "2.0.1"}]}]}, True),
        ({"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "2.0"}]}]}, True),
        ({"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, False),
    ],
)
def test_an_advisory_meets_the_line_that_fixes_the_version(target: Path, affected: dict[str, Any], hit: bool) -> None:
    external, _ = read(target, [advisory(**affected)])
    found = external.weaknesses_in({"requirements.txt"})
    assert [(w.rule, w.cwe, w.evidence.start) for w in found] == ([("osv/PYSEC-1", "CWE-1395", 1)] if hit else [])


def test_an_archive_of_advisories_is_read(target: Path) -> None:
    file = target.parent / "all.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("PYSEC-1.json", json.dumps(advisory(versions=["2.0.1"])))
    project = Project(target)
    external = read_reports([str(file)], project, scan(project, list(project.paths)).dependencies)
    assert len(external.weaknesses_in({"requirements.txt"})) == 1


def test_a_bill_of_materials_tells_what_its_vulnerabilities_affect(target: Path) -> None:
    bill = {
        "bomFormat": "CycloneDX",
        "metadata": {"tools": {"components": [{"name": "Crate"}]}},
        "components": [{"bom-ref": "a", "purl": "pkg:pypi/flask@2.0.1"}, {"bom-ref": "b", "purl": "pkg:pypi/requests@2.0"}],
        "vulnerabilities": [
            {"id": "CVE-1", "affects": [{"ref": "a"}]},
            {"id": "CVE-2", "affects": [{"ref": "a"}], "analysis": {"state": "not_affected"}},
        ],
    }
    external, _ = read(target, bill)
    (weakness,) = external.weaknesses_in({"requirements.txt"})
    assert weakness.message == "Reported by Crate: flask 2.0.1 is affected by CVE-1."
    assert [(r.tool, r.results, r.used) for r in external.reports_of({"requirements.txt"})] == [("Crate", 2, 1)]
