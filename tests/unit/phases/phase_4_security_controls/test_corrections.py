"""Controls that a person adds at a batch's checkpoint."""

from __future__ import annotations

from threat_modeling.checkpoints import Decision
from threat_modeling.model import ControlCategory
from threat_modeling.phases.phase_4_security_controls.corrections import corrections


def answer(*lines: str) -> Decision:
    form = {"add_controls": list(lines)}
    return Decision(stage="phase-4-high", round=1, status="revision_requested", by="ann", at="2026-01-01", sha256="0", form=form)


def test_a_line_names_category_place_and_statement():
    found = corrections([answer("Rate Limiting | POST /login | the gateway allows 5 a minute | per address")])
    control = found.stated[0]
    assert (control.category, control.where) == (ControlCategory.RATE_LIMITING, "POST /login")
    assert control.statement == "the gateway allows 5 a minute | per address"
    assert found.unused == ()


def test_a_line_that_says_nothing_known_is_kept_for_a_person():
    found = corrections([answer("we have a firewall", "magic | * | it is fine", "", "authentication | | empty place")])
    assert found.stated == ()
    assert found.unused == ("we have a firewall", "magic | * | it is fine", "authentication | | empty place")


def test_the_same_line_in_two_rounds_counts_once():
    assert len(corrections([answer("authentication | * | the proxy signs in"), answer("authentication | * | the proxy signs in")]).stated) == 1
