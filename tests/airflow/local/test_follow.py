"""The one line that says where a session is."""

from threat_modeling_airflow.local.follow import bar, progress, waiting
from threat_modeling_airflow.local.terminal import plain, printable


def task(task_id, state, map_index=-1):
    return {"task_id": task_id, "state": state, "map_index": map_index}


def test_before_anything_runs():
    assert progress([task("setup", None), task("report", None)]) == "Waiting for the scheduler"


def test_agents_of_the_newest_stage_are_counted():
    agents = [
        task("phase_3.agent", "success", 0),
        task("phase_3.agent", "failed", 1),
        task("phase_3.agent", "removed", 2),
        task("phase_3.agent", None, 3),
    ]
    line = progress([task("setup", "success"), task("phase_2.assign", "success"), task("phase_3.assign", "success"), *agents])
    assert line.startswith("Phase 3: ")
    assert line.endswith(": [######..............] 1 of 3 agents done, 1 failed")


def test_that_a_question_waits_fits_in_a_narrow_terminal():
    line = progress([task("phase_4_medium.assign", "success"), task("phase_4_medium.agent", "success", 0)])
    assert waiting(line) == f"{line[: line.index(': [')]}: waits for an answer"
    assert len(f"[00:00] {waiting(line)}") < 80


def test_a_bar_is_full_only_at_the_end():
    assert [bar(done, 3).count("#") for done in range(4)] == [0, 6, 13, 20]
    assert bar(0, 0) == f"[{'.' * 20}]"


def test_skipped_stages_are_not_reached():
    tasks = [task("phase_3.assign", "success"), task("phase_5.assign", "skipped"), task("report", "running")]
    assert progress(tasks) == "Report"
    assert progress(tasks[:2]).startswith("Phase 3: ")


def test_the_terminal_is_not_driven_by_what_it_shows():
    assert "\x1b" not in printable("\x1b[2Jgone\r") + printable("a\u202eb")
    assert printable("two\nlines\ttabbed") == "two\nlines\ttabbed"


def test_markdown_escapes_are_for_the_browser():
    assert plain(r"C\-004 \(2 places\) `a\b`") == r"C-004 (2 places) `a\b`"
