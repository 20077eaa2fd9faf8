"""A short slice of `make chaos`: the same seed, the same kills."""

from __future__ import annotations

import random

from tests.chaos.killing import killed_session
from tests.pipeline.shops import write_services


def test_a_session_that_is_killed_again_and_again_ends_in_a_verified_report(tmp_path):
    target = write_services(tmp_path / "shop", ["cart", "legacy"])
    found = killed_session(tmp_path / "out", random.Random(7), kills=3, longest=3.0, target=target)  # noqa: S311 - seeded
    assert found.kills
    assert (found.status, found.problems) == ("complete", [])
    assert (found.half_written, found.lost) == (0, 0)
