"""What a new round tells of the one before."""

from threat_modeling.changes import MOST, changes

TABLE = "| Concern | Severity |\n|---|---|\n| C-001 SQL injection | {severity} |\n"


def test_what_came_and_what_went():
    told = changes("- 2 components\n" + TABLE.format(severity="HIGH"), "- 3 components\n" + TABLE.format(severity="CRITICAL"))
    assert told[1:-1] == [
        "- new: 3 components",
        "- new: C-001 SQL injection · CRITICAL",
        "- no longer: 2 components",
        "- no longer: C-001 SQL injection · HIGH",
    ]


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
