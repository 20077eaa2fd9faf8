"""A thousand malformed artifacts, target files and business contexts: taken by the schema, or refused with file and field."""

from __future__ import annotations

import copy
import json
import random
import shutil
from pathlib import Path

import pytest
import yaml

from threat_modeling.errors import RequestInvalid, TargetFileInvalid, ThreatModelingError
from threat_modeling.phases.phase_1_business_context.context_file import read_context
from threat_modeling.schemas import artifact_types
from threat_modeling.session import Session
from threat_modeling.target_file import load

ARTIFACTS, TARGET_FILES, CONTEXTS = 600, 200, 200
CONTEXT = Path(__file__).parents[2] / "samples" / "bookshop" / "business-context.yaml"
TARGET = {
    "target": "https://example.com/acme/shop",
    "ref": "main",
    "schedule": {"cron": "0 4 * * 1", "timezone": "Europe/Berlin"},
    "scope": ["services/api"],
    "crown_jewels": ["customer payments"],
    "approvers": ["ann"],
    "rto_hours": 4,
    "cvss_version": "4.0",
    "notifications": {"on": ["failed"], "webhook": {"connection": "hook"}},
}
VALUES = [
    None,
    True,
    -1,
    1e308,
    2**70,
    "",
    "x" * 5000,
    "\x00",
    "\ud7ff",
    "../../etc/passwd",
    "{{ 7 * 7 }}",
    [],
    {},
    [[]],
    {"a": {"b": []}},
    "CRITICAL",
]


def places(document, found=None, way=()):
    """Every key and index of a document, as a way from its top."""
    found = [] if found is None else found
    entries = document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    for key, value in entries:
        found.append((*way, key))
        places(value, found, (*way, key))
    return found


def mutated(document, numbers):
    """The document with one to three places deleted, renamed, doubled or given another value."""
    changed = copy.deepcopy(document)
    for _ in range(numbers.randint(1, 3)):
        ways = places(changed)
        if not ways:
            return changed
        *above, last = numbers.choice(ways)
        holder = changed
        for key in above:
            holder = holder[key]
        how = numbers.choice(("delete", "replace", "replace", "rename", "double"))
        if how == "delete":
            del holder[last]
        elif how == "rename" and isinstance(holder, dict):
            holder[f"{last}_"] = holder.pop(last)
        elif how == "double" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[last]))
        else:
            holder[last] = copy.deepcopy(numbers.choice(VALUES))
    return changed


def cut(content, numbers):
    """The bytes cut off, or with one changed, as often as not."""
    how = numbers.random()
    if how < 0.1:
        return content[: numbers.randrange(len(content))]
    if how < 0.2:
        position = numbers.randrange(len(content))
        return content[:position] + bytes([numbers.randrange(256)]) + content[position + 1 :]
    return content


@pytest.fixture
def session(gates, tmp_path):
    return Session.open(shutil.copytree(gates["end"], tmp_path / gates["end"].name))


def refusal(read, errors):
    """What a reader says of malformed input, None where it takes it. Anything but those errors is a traceback, and fails the test."""
    try:
        read()
    except errors as error:
        return str(error)
    return None


def check(told, names):
    """Both happen, and each refusal is lines that begin with the file and name a field."""
    refused = [line for text in told if text is not None for line in text.splitlines()]
    assert min(sum(text is None for text in told), len(refused)) > len(told) // 20
    assert [line for line in refused if not line.startswith(names) or ": " not in line] == []


def test_artifacts(session):
    numbers = random.Random(1)  # noqa: S311 - seeded
    kinds = list(artifact_types().values())
    contents = {kind.path: (session.path / kind.path).read_bytes() for kind in kinds}
    told = []
    for _ in range(ARTIFACTS):
        kind = numbers.choice(kinds)
        file = session.path / kind.path
        file.write_bytes(cut(json.dumps(mutated(json.loads(contents[kind.path]), numbers)).encode(), numbers))
        told.append(refusal(lambda kind=kind: session.load(kind), ThreatModelingError))
        file.write_bytes(contents[kind.path])
    check(told, tuple(contents))
    assert session.integrity.problems() == [], "nothing was written"


def test_target_files(tmp_path):
    numbers = random.Random(2)  # noqa: S311 - seeded
    file = tmp_path / "shop.yaml"
    told = []
    for _ in range(TARGET_FILES):
        file.write_bytes(cut(yaml.safe_dump(mutated(TARGET, numbers)).encode(), numbers))
        told.append(refusal(lambda: load(file), TargetFileInvalid))
    check(told, "shop.yaml: ")
    assert [p.name for p in tmp_path.iterdir()] == ["shop.yaml"]


def test_business_contexts():
    numbers = random.Random(3)  # noqa: S311 - seeded
    document = yaml.safe_load(CONTEXT.read_text("utf-8"))
    texts = [cut(yaml.safe_dump(mutated(document, numbers)).encode(), numbers).decode("utf-8", "replace") for _ in range(CONTEXTS)]
    check([refusal(lambda text=text: read_context(text, "business-context.yaml"), RequestInvalid) for text in texts], "business-context.yaml: ")
