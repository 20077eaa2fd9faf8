"""An agent's tab, made from its assignment and its output."""

import pytest

from threat_modeling.delivery import Delivery
from threat_modeling.phases.order import STAGES
from threat_modeling_airflow.names import DAG_ID, group_id
from threat_modeling_airflow.pages import sessions
from threat_modeling_airflow.pages.agent_view import agent


@pytest.fixture(scope="module")
def seen(finished_run):
    """The first agent of each stage that had one, by the stage's key."""
    session = sessions.run(DAG_ID, finished_run).session()
    tasks = {stage.key: list(Delivery(session, stage).tasks()) for stage in STAGES}
    return {key: agent(session, group_id(key), found[0].id) for key, found in tasks.items() if found}


def test_every_stage_has_agents_that_are_told(seen):
    assert {"phase-1", "phase-2", "phase-3", "phase-5", "phase-6"} < set(seen)
    assert {one.standing.state for one in seen.values()} == {"delivered"}
    assert all(one.assignment and (one.facts or one.listings) for one in seen.values())


def test_a_mapper_tells_its_coverage_and_what_it_found_with_quotes(seen):
    facts = dict(seen["phase-3"].facts)
    assert facts["coverage"].startswith("files 1, analyzed 1")
    weaknesses = next(one for one in seen["phase-3"].listings if one.title == "weaknesses")
    assert weaknesses.total
    assert weaknesses.entries[0].quotes[0].path == "app.py"


def test_an_investigation_tells_what_it_searched_and_that_it_found_nothing(seen):
    (found,) = [one for key, one in seen.items() if key in {"phase-4-critical", "phase-4-high"}][:1]
    assert found.searches
    assert any(line.endswith("found: 0") for line in found.searches)


def test_nothing_is_called_by_the_name_of_its_class(seen):
    names = [entry.name for one in seen.values() for listing in one.listings for entry in listing.entries]
    assert not [name for name in names if name.isalpha() and name[0].isupper() and name != name.capitalize()]
