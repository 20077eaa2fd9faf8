"""The documents: each setting is there, and what is printed as a command can be run."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.deployment.compose import FILE, PROJECT
from threat_modeling.__main__ import main
from threat_modeling.settings import PREFIX, Settings

DOCUMENTS = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted(PROJECT.glob("docs/*.md")), PROJECT / "include/targets/README.md"]
CONFIGURATION = (PROJECT / "docs/configuration.md").read_text("utf-8")
BLOCK = re.compile(r"^```\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def commands() -> list[tuple[str, str]]:
    """(document, command) of every command: the lines of blocks without a language, and code in the text that begins like one."""
    found = []
    for document in DOCUMENTS:
        text = document.read_text("utf-8")
        lines = [line.split("   ")[0] for block in BLOCK.findall(text) for line in block.splitlines()]
        lines += re.findall(r"`((?:make|\.venv/bin/python) [^`\n]+)`", text)
        found += [
            (document.name, line.strip()) for line in lines if line.strip().startswith(("make ", ".venv/", "pip ", "cp ", "airflow ", "docker "))
        ]
    return found


def test_there_are_commands_to_try():
    assert len(commands()) >= 10


@pytest.mark.parametrize(("document", "command"), commands())
def test_a_printed_command_names_what_there_is(document, command):
    words = shlex.split(command, comments=True)
    if words[0] == "make":
        targets = re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert words[1] in targets, document
    elif words[:2] == [".venv/bin/python", "-m"] and words[2] == "threat_modeling":
        with pytest.raises(SystemExit) as ended:
            main([words[3], "--help"])
        assert ended.value.code == 0
    elif words[:2] == [".venv/bin/python", "-m"]:
        module = PROJECT / "plugins" / words[2].replace(".", "/")
        assert words[2] == "pytest" or module.with_suffix(".py").is_file() or (module / "__main__.py").is_file(), document
    elif words[0] == "cp":
        assert (PROJECT / words[1]).is_file(), document
        assert (PROJECT / words[2]).parent.is_dir(), document
    elif words[0] == "pip":
        assert (PROJECT / words[words.index("--constraint") + 1]).is_file()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    links = LINK.findall(document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_of_the_product_is_documented_with_its_default(name):
    variable = f"{PREFIX}{name.upper()}"
    (row,) = [line for line in CONFIGURATION.splitlines() if line.startswith(f"| `{variable}` |")]
    default = Settings.model_fields[name].default
    shown = {(): "none", False: "false"}.get(default, str(default))
    assert row.split("|")[3].strip().strip("`") == shown


def test_what_the_documents_tell_of_airflow_is_what_the_compose_file_sets():
    given = dict(re.findall(r"^    (AIRFLOW__\w+): \"?([^\"\n]+)\"?$", FILE.read_text("utf-8"), re.MULTILINE))
    told = re.findall(r"^\| `(AIRFLOW__\w+)` \| ([\d.]+) \|", CONFIGURATION, re.MULTILINE)
    assert len(told) >= 5
    assert [(name, value) for name, value in told if given[name] != value] == []
