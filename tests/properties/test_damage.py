"""Whatever is damaged in a session's folder, and however much of it at once: the session goes on to a report that verifies."""

from __future__ import annotations

import random
import shutil

import pytest

from tests.faults.injected import finish
from threat_modeling.session import CONFIG, CONFIG_COPY, Session
from threat_modeling.verification import verify


def deleted(file, _):
    file.unlink()


def cut_off(file, numbers):
    file.write_bytes(file.read_bytes()[: numbers.randrange(max(file.stat().st_size, 1))])


def flipped(file, numbers):
    content = bytearray(file.read_bytes() or b"x")
    content[numbers.randrange(len(content))] ^= 1 << numbers.randrange(8)
    file.write_bytes(content)


def another_document(file, numbers):
    file.write_bytes(numbers.choice((b"", b"[]", b"{}")))


def swapped(file, numbers):
    file.write_bytes(numbers.choice(sorted(p for p in file.parent.iterdir() if p.is_file())).read_bytes())


def a_folder(file, _):
    file.unlink()
    file.mkdir()


def the_whole_folder(file, _):
    shutil.rmtree(file.parent)


DAMAGE = (deleted, cut_off, flipped, another_document, swapped, a_folder, the_whole_folder)


@pytest.mark.parametrize("seed", range(16))
def test_a_damaged_session_goes_on_to_a_verified_report(gates, tmp_path, seed):
    numbers = random.Random(seed)  # noqa: S311 - seeded, so that a failure can be repeated
    gate = numbers.choice(sorted(gates))
    folder = shutil.copytree(gates[gate], tmp_path / gates[gate].name)
    for _ in range(numbers.choice((1, 2, 3, 6))):
        file = numbers.choice(sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in {CONFIG, CONFIG_COPY}))
        how = numbers.choice([one for one in DAMAGE if one is not the_whole_folder or file.parent != folder])
        how(file, numbers)
    (folder / numbers.choice((CONFIG, CONFIG_COPY, "notes.md"))).unlink(missing_ok=True)  # of the settings one of two has to be left
    session = Session.open(folder)
    assert finish(session).status == "complete"
    assert verify(session, session.target)[1] == []
    assert session.integrity.problems() == []
