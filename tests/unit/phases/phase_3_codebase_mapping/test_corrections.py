from __future__ import annotations

from threat_modeling.checkpoints import Decision
from threat_modeling.model import Depth, Sensitivity
from threat_modeling.phases.phase_3_codebase_mapping.corrections import corrections


def decision(**form):
    return Decision(stage="phase-3", round=1, status="revision_requested", by="ann", at="2026-01-01T00:00:00Z", sha256="0" * 64, form=form)


def test_reads_every_field_of_the_form():
    found = corrections(
        [
            decision(
                add_components=["./services/mail sampling", "docs"],
                drop_components=["legacy/"],
                repath_components=["old -> new/place"],
                component_depth=["web skip"],
                exposure=["GET /a b internal"],
                sensitivity=["SQLite sql store restricted"],
            )
        ]
    )
    assert found.add == (("services/mail", Depth.SAMPLING), ("docs", Depth.FULL))
    assert found.drop == ("legacy",)
    assert found.repath == (("old", "new/place"),)
    assert found.depth == (("web", Depth.SKIP),)
    assert found.exposure == (("GET /a b", "internal"),)
    assert found.sensitivity == (("SQLite sql store", Sensitivity.RESTRICTED),)


def test_what_is_not_understood_is_kept():
    found = corrections([decision(exposure=["GET /a sometimes"], repath_components=["old new"])])
    assert found.unused == ("exposure: GET /a sometimes", "repath_components: old new")


def test_rounds_add_up():
    found = corrections([decision(drop_components=["a"]), decision(drop_components=["b"])])
    assert found.drop == ("a", "b")
