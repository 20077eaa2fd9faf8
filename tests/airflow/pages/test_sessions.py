"""What the pages ask of the metadata database."""

import pendulum
import pytest
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from sqlalchemy import delete, event, select

from threat_modeling_airflow.names import DAG_ID
from threat_modeling_airflow.pages import overview, sessions

LONG_AGO = pendulum.datetime(2020, 1, 1)


@pytest.fixture
def statements(finished_run):
    """The statements that the database is sent."""
    assert finished_run
    found = []

    def note(_connection, _cursor, statement, *_):
        found.append(statement)

    with create_session() as session:
        engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def old_runs(finished_run):
    """Fifty runs that failed long ago."""
    with create_session() as session:
        like = session.scalar(select(DagRun).where(DagRun.run_id == finished_run))
        for n in range(50):
            run = DagRun(dag_id=DAG_ID, run_id=f"old-{n}", run_type=like.run_type, state="failed", run_after=LONG_AGO.add(days=n))
            session.add(run)
    yield [f"old-{n}" for n in reversed(range(50))]
    with create_session() as session:
        session.execute(delete(DagRun).where(DagRun.run_id.like("old-%")))


def test_many_runs_take_no_more_queries_than_one(statements, finished_run, old_runs):
    statements.clear()
    sessions.run(DAG_ID, finished_run)
    one = len(statements)
    statements.clear()
    found = overview.rows(sessions.runs([DAG_ID], overview.MOST))
    assert [row.run.run_id for row in found][-50:] == old_runs
    assert len(statements) <= one + 1


def test_each_run_keeps_its_own_results(finished_run, old_runs):
    found = {run.run_id: run for run in sessions.runs([DAG_ID], overview.MOST)}
    assert found[finished_run].folder
    assert found[finished_run].published["threats_by_severity"]
    assert (found[old_runs[0]].folder, found[old_runs[0]].published) == (None, {})
