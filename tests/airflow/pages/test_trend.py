"""The small chart of a target's sessions."""

from threat_modeling_airflow.pages.trend import HEIGHT, SHOWN, STEP, trend


def test_the_first_session_has_no_change():
    first = trend([{"HIGH": 2}])
    assert first.change is None
    assert [(bar.tone, bar.height) for bar in first.bars] == [("high", HEIGHT)]


def test_severities_are_stacked_to_the_tallest_total():
    last = trend([{"CRITICAL": 1, "LOW": 3}, {"CRITICAL": 1, "LOW": 1}])
    assert last.change == -2
    assert [(bar.x, bar.y, bar.height) for bar in last.bars] == [(0, 21, 7), (0, 0, 21), (STEP, 21, 7), (STEP, 14, 7)]
    assert last.words.endswith("4, 2")


def test_a_session_without_threats_has_no_bar():
    assert trend([{"HIGH": 0}]).bars == ()


def test_only_the_newest_are_drawn():
    many = trend([{"HIGH": n} for n in range(1, SHOWN + 9)])
    assert many.width == SHOWN * STEP
    assert len(many.bars) == SHOWN
