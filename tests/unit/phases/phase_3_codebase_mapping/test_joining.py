from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.phases.phase_3_codebase_mapping.observed import component, step, weakness
from threat_modeling.phases.phase_3_codebase_mapping.joining import joined


def test_a_sink_seen_by_the_callers_agent_is_one_weakness_where_it_stands():
    reached = weakness("lib/db.py", 4, trace=(step("source", "api/app.py", 3), step("sink", "lib/db.py", 4)), attacker_reached=True)
    api = component("api", path="api", weaknesses=(reached,))
    lib = component("lib", path="lib", weaknesses=(weakness("lib/db.py", 4),))
    assert [m.weaknesses for m in joined([api, lib])] == [(), (reached,)]


def test_a_weakness_outside_every_component_stays_with_who_reported_it():
    api = component("api", path="api", weaknesses=(weakness("other/x.py", 1),))
    assert joined([api])[0].weaknesses == api.weaknesses


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["a/x.py", "b/y.py", "c.py"]), st.integers(1, 4)), max_size=12))
def test_nothing_is_lost_and_order_does_not_matter(seen):
    maps = [component(name, path=name, weaknesses=tuple(weakness(p, n) for owner, p, n in seen if owner == name)) for name in "ab"]
    places = {(p, n) for _, p, n in seen}
    result = joined(maps)
    assert {(w.evidence.path, w.evidence.start) for m in result for w in m.weaknesses} == places
    assert sum(len(m.weaknesses) for m in result) == len(places)
    assert joined(maps[::-1])[::-1] == result
