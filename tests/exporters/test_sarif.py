"""The SARIF log is valid for the standard and for code scanning, tells no machine path, and says what it could not see."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from threat_modeling.codebase.observations import Confidence
from threat_modeling.exporters import sarif
from threat_modeling.model import CoverageGap, Evidence

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
HOSTILE = "\u202e<script>alert(1)</script> [x](javascript:y) {0} \x00 ``` | \\"


def run_of(document):
    return json.loads(sarif.export(document))["runs"][0]


def test_each_weakness_class_is_one_rule(document):
    run = run_of(document)
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "sql-injection"
    assert rule["name"] == "SqlInjection"
    assert rule["properties"]["security-severity"] == "9.3"
    assert rule["properties"]["tags"] == ["security", "external/cwe/cwe-89"]
    assert {result["ruleIndex"] for result in run["results"]} == {0}


def test_a_class_of_one_word_still_has_a_name_of_its_own(document):
    model = document.threats.threat_model
    threats = tuple(threat.model_copy(update={"weakness_class": "ssrf"}) for threat in model.threats)
    model = model.model_copy(update={"threats": threats})
    (rule,) = run_of(document.model_copy(update={"threats": document.threats.model_copy(update={"threat_model": model})}))["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("ssrf", "SsrfWeakness")


def test_a_result_tells_place_way_score_and_identity(document):
    first, second, third = run_of(document)["results"]
    region = first["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["endLine"]) == (12, 12)
    assert region["snippet"]["text"].startswith("    rows = db.execute")
    assert [result["level"] for result in (first, second, third)] == ["error", "error", "warning"]
    assert first["rank"] == 93.0
    steps = first["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["physicalLocation"]["region"]["startLine"] for step in steps] == [10, 12]
    assert len({result["partialFingerprints"]["threatModelingFingerprint/v1"] for result in (first, second, third)}) == 3


def test_what_only_a_rule_of_low_confidence_says_fails_no_gate(document):
    model = document.threats.threat_model
    unsure = model.threats[0].model_copy(update={"confidence": Confidence.LOW})
    model = model.model_copy(update={"threats": (unsure, *model.threats[1:])})
    results = run_of(document.model_copy(update={"threats": document.threats.model_copy(update={"threat_model": model})}))["results"]
    assert [(r["kind"], r["level"]) for r in results] == [("informational", "none"), ("fail", "error"), ("fail", "warning")]


def test_a_result_names_its_own_weakness(document):
    assert {result["properties"]["cwe"] for result in run_of(document)["results"]} == {"CWE-89"}


def test_places_are_relative_to_the_root_that_is_not_named(document):
    run = run_of(document)
    assert run["artifacts"][0]["location"] == {"uri": "api/orders.py", "uriBaseId": "SRCROOT", "index": 0}
    assert "uri" not in run["originalUriBaseIds"]["SRCROOT"]


def test_a_failed_agent_makes_the_run_unsuccessful_and_is_named(document):
    gap = CoverageGap(assignment="web", label="web · full", reason="AgentTimeout: 30 minutes")
    outcome = document.outcome.model_copy(update={"complete": False, "gaps": (gap,)})
    (invocation,) = run_of(document.model_copy(update={"outcome": outcome}))["invocations"]
    assert invocation["executionSuccessful"] is False
    texts = [n["message"]["text"] for n in invocation["toolExecutionNotifications"]]
    assert "web · full did not deliver: AgentTimeout: 30 minutes." in texts


def test_what_was_not_analyzed_is_a_notification_of_a_successful_run(document):
    (invocation,) = run_of(document)["invocations"]
    assert invocation["executionSuccessful"] is True
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["descriptor"]["id"] == "not-analyzed"


def test_without_a_threat_model_open_concerns_are_the_results(document):
    threats = document.threats.model_copy(update={"threat_model": None})
    (result,) = run_of(document.model_copy(update={"threats": threats}))["results"]
    assert result["properties"]["concern"] == "C-001"
    assert result["properties"]["security-severity"] == "9.5"


def test_a_closed_threat_is_suppressed_with_its_reason(document):
    model = document.threats.threat_model
    accepted = model.threats[0].model_copy(update={"status": "accepted", "status_reason": "behind the gateway"})
    model = model.model_copy(update={"threats": (accepted, *model.threats[1:])})
    run = run_of(document.model_copy(update={"threats": document.threats.model_copy(update={"threat_model": model})}))
    assert run["results"][0]["suppressions"][0]["justification"] == "accepted: behind the gateway."
    assert run["tool"]["driver"]["rules"][0]["properties"]["security-severity"] == "7.1"


def test_the_same_document_gives_the_same_ascii_bytes(make_document):
    text = sarif.export(make_document(HOSTILE))
    assert text == sarif.export(make_document(HOSTILE))
    assert text.isascii()
    assert not set(json.dumps(json.loads(text), ensure_ascii=False)) & {"\u202e", "\x00"}


@pytest.mark.parametrize(("text", "threats"), [("", 3), ("", 0), (HOSTILE, 3), ("", 40)], ids=["plain", "no findings", "hostile", "many"])
def test_the_validator_of_the_standard_and_of_code_scanning_finds_nothing(make_document, tmp_path, text, threats):
    log = validated(make_document(text, threats), tmp_path)
    assert log == []


def test_the_validator_finds_nothing_in_a_partial_report(make_document, tmp_path):
    document = make_document(complete=False)
    threats = document.threats.model_copy(update={"threat_model": None})
    assert validated(document.model_copy(update={"threats": threats}), tmp_path) == []


def validated(document, folder):
    """Errors and warnings of the validator, as it prints them."""
    if not shutil.which("npm") or not TOOL.is_file():
        pytest.skip("the SARIF validator is not installed: run `npm ci` in the repository")
    TOOL.chmod(TOOL.stat().st_mode | stat.S_IXUSR)
    file = folder / "report.sarif"
    file.write_text(sarif.export(document))
    done = subprocess.run(
        [TOOL, "validate", file, "--rule-kind", "Sarif;GHAS"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HOME": str(folder), "DOTNET_BUNDLE_EXTRACT_BASE_DIR": str(folder)},
    )
    assert "Analysis completed successfully" in done.stdout, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if ": error " in line or ": warning " in line]


def test_each_place_of_a_threat_is_a_result_with_a_fingerprint_of_its_own(document):
    model = document.threats.threat_model
    first = model.threats[0]
    again = Evidence.of("api/orders.py", 30, 30, first.evidence[0].quote)
    threat = first.model_copy(update={"evidence": (first.evidence[0], again, *first.evidence[1:]), "places": 2})
    model = model.model_copy(update={"threats": (threat,)})
    results = run_of(document.model_copy(update={"threats": document.threats.model_copy(update={"threat_model": model})}))["results"]
    assert [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in results] == [12, 30]
    assert len({r["partialFingerprints"]["threatModelingFingerprint/v1"] for r in results}) == 2
    assert ["codeFlows" in r for r in results] == [True, False]
