"""What a new round tells of the one before."""

from threat_modeling.changes import MOST, changes

TABLE = "| Concern | Severity |\n|---|---|\n| C-001 SQL injection | {severity} |\n"


def test_what_came_and_what_went_and_what_is_said_otherwise():
    told = changes("- legacy\n- Gaps: 2\n" + TABLE.format(severity="HIGH"), "- cart\n- Gaps: 3\n" + TABLE.format(severity="CRITICAL"))
    assert told[1:-1] == [
        "- new: cart",
        "- changed: Gaps: 3 (was: 2)",
        "- changed: C-001 SQL injection · CRITICAL (was: HIGH)",
        "- no longer shown: legacy",
    ]


def test_heads_of_tables_and_counts_of_what_was_left_out_are_no_statements():
    (told,) = changes(TABLE.format(severity="LOW"), TABLE.format(severity="LOW").replace("Severity", "How bad") + "| and 3 more | |\n")
    assert "nothing changed" in told


def test_an_escaped_bar_stays_as_it_is():
    assert "- new: a\\|b · c" in changes("", "| a\\|b | c |\n")


def test_nothing_changed_is_said():
    (told,) = changes("- a\n", "words around\n\n- a\n")
    assert "nothing changed" in told


def test_many_changes_are_counted():
    told = changes("", "".join(f"- entry {n}\n" for n in range(MOST + 3)))
    assert told[-2] == "- and 3 more new"
    assert len(told) == MOST + 3


def test_what_an_earlier_round_told_of_its_own_changes_is_no_statement():
    summary = "# Map\n\n- 2 components\n"
    (told,) = changes("**Since the last round:**\n\n- new: 2 components\n- and 3 more new\n\n" + summary, summary)
    assert "nothing changed" in told
