"""Ids are safe as file names and differ where paths differ."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from threat_modeling.phases.phase_2_codebase_sizing.partition import component_id, outermost

PATHS = st.text(st.sampled_from("aB1-._/ é"), min_size=1, max_size=90).map(lambda p: p.strip("/") or "x")


@given(PATHS, PATHS)
def test_ids_are_file_safe_and_tell_paths_apart(one, other):
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,79}", component_id(one))
    assert (component_id(one) == component_id(other)) == (one == other)


def test_plain_paths_stay_readable():
    assert [component_id(p) for p in (".", "services/api", "ui")] == ["root", "services--api", "ui"]
    assert component_id("root") != "root"


def test_outermost_is_not_fooled_by_common_beginnings():
    assert outermost(["a-b", "a", "a/b", "ab/c", "ab"]) == ["a", "a-b", "ab"]
    assert outermost([".", "a"]) == ["."]
