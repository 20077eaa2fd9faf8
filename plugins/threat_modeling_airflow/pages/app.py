"""The application that Airflow's API server mounts at /threat-model: pages and downloads, each behind the DAG's read permission."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.core_api.security import GetUserDep, requires_access_dag
from airflow.configuration import conf
from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.responses import HTMLResponse, Response

from threat_modeling.exporters import FOLDER, exporters, html_report
from threat_modeling.exporters.material.drawing import drawing
from threat_modeling.exporters.material.gather import gather
from threat_modeling.model import Severity
from threat_modeling.storage import read_confined
from threat_modeling_airflow.pages import addresses, agent_view, overview, session_view, sessions
from threat_modeling_airflow.pages.rendering import HEADERS, page

MAX_BYTES = 200_000_000
READABLE = [Depends(requires_access_dag("GET"))]
"""On every route that names a DAG: Airflow's own per-DAG permission decides."""

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{color}" stroke-width="2" stroke-linejoin="round">'
    '<path d="M12 3l8 3v6c0 4.5-3.2 7.6-8 9-4.8-1.4-8-4.5-8-9V6z"/><path d="M12 8v5M12 16v.5" stroke-linecap="round"/></svg>'
)

app = FastAPI(title="Threat modeling: pages", openapi_url=None, docs_url=None, redoc_url=None)


@app.get("/")
def threats(user: GetUserDep) -> HTMLResponse:
    """All sessions of the DAGs that this person may read."""
    readable = get_auth_manager().get_authorized_dag_ids(user=user, method="GET")
    rows = overview.rows(sessions.runs(readable, overview.MOST))
    statuses = sorted({row.status for row in rows})
    waiting = sum(bool(row.run.questions) for row in rows)
    return page("overview.html.j2", _base(), rows=rows, statuses=statuses, waiting=waiting, most=overview.MOST)


@app.get("/icon.svg")
def icon(_: GetUserDep, mode: Literal["light", "dark"] = "light") -> Response:
    """The icon of the page in Airflow's navigation."""
    return Response(ICON.format(color={"light": "#1b2430", "dark": "#e6eaf0"}[mode]), media_type="image/svg+xml")


@app.get("/runs/{dag_id}/{run_id}", dependencies=READABLE)
def session_page(dag_id: str, run_id: str, view: Annotated[str, Query(max_length=20)] = "") -> HTMLResponse:
    """A session while it runs, and its report once it ended; `view` is report or phases."""
    run = _run(dag_id, run_id)
    session = run.session()
    if session is None:
        return page("missing.html.j2", _base(), live=session_view.live(run), **_why_missing(run))
    row = overview.rows([run])[0]
    report = session_view.has_report(session)
    values = {
        "run": run,
        "name": session.target.name or "target",
        "status": row.status,
        "tone": row.tone,
        "page": addresses.session_page(dag_id, run_id),
    }
    files = session_view.downloads(session)
    if report and (view == "report" or (not view and not session_view.live(run) and not run.questions)):
        return page("report.html.j2", _base(), files=files, **values)
    steps = session_view.steps(run, session)
    return page(
        "session.html.j2",
        _base(),
        session=session,
        steps=steps,
        failures=sum(len(step.failures) for step in steps),
        live=session_view.live(run),
        report=report,
        files=files,
        notes=session_view.notes(session),
        address=addresses,
        **values,
    )


@app.get("/runs/{dag_id}/{run_id}/report", dependencies=READABLE)
def report(dag_id: str, run_id: str) -> Response:
    """The report itself, as it lies in the session's folder; it brings its own policy."""
    return _file(dag_id, run_id, session_view.REPORT_PAGE, inline=True)


@app.get("/runs/{dag_id}/{run_id}/review", dependencies=READABLE)
def review(dag_id: str, run_id: str) -> HTMLResponse:
    """Everything found so far, as the report would show it: what a question has no room for."""
    session = _run(dag_id, run_id).session()
    if session is None:
        raise HTTPException(404, "This run has no session that this server can read.")
    return HTMLResponse(html_report.export(gather(session)), headers=HEADERS)


@app.get("/runs/{dag_id}/{run_id}/files/{filename}", dependencies=READABLE)
def download(dag_id: str, run_id: str, filename: str) -> Response:
    """A file of the final report, to keep."""
    return _file(dag_id, run_id, filename, inline=False)


@app.get("/runs/{dag_id}/{run_id}/diagram.svg", dependencies=READABLE)
def diagram(dag_id: str, run_id: str) -> Response:
    """The data-flow diagram as a picture; 404 before phase 5 drew it."""
    session = _run(dag_id, run_id).session()
    picture = drawing(session) if session else None
    if picture is None:
        raise HTTPException(404, "This session has no data-flow diagram yet: phase 5 draws it.")
    headers = {**HEADERS, "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return Response(picture, media_type="image/svg+xml", headers=headers)


@app.get("/runs/{dag_id}/{run_id}/tasks/{task_id}/{map_index}", dependencies=READABLE)
def agent_page(dag_id: str, run_id: str, task_id: str, map_index: int) -> HTMLResponse:
    """One agent: its assignment, what it found and searched, how long it took, and how to clear it."""
    run = _run(dag_id, run_id)
    session = run.session()
    if session is None:
        return page("missing.html.j2", _base(), live=session_view.live(run), **_why_missing(run))
    group, _, name = task_id.rpartition(".")
    assignment = sessions.assignment_id(dag_id, run_id, group, map_index) if name == "agent" else None
    seen = agent_view.agent(session, group, assignment) if assignment else None
    if seen is None:
        text = "This tab tells about agents: open a mapped instance of a task named agent, such as phase_3.agent [0]."
        return page("missing.html.j2", _base(), live=False, title="No agent", text=text)
    return page("agent.html.j2", _base(), seen=seen, run=run, address=addresses.agent(dag_id, run_id, group, map_index), severities=list(Severity))


def _file(dag_id: str, run_id: str, filename: str, *, inline: bool) -> Response:
    session = _run(dag_id, run_id).session()
    known = {exporter.filename: exporter.media_type for exporter in exporters()}
    if session is None or filename not in known:
        raise HTTPException(404, f"There is no such file; the report's files are {', '.join(sorted(known))}.")
    try:
        content = read_confined(session.path, f"{FOLDER}/{filename}", MAX_BYTES)
    except OSError:
        raise HTTPException(404, f"{filename} was not written; its format was not chosen, or the session has not ended.") from None
    disposition = {} if inline else {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(content, media_type=known[filename], headers={**HEADERS, **disposition})


def _run(dag_id: str, run_id: str) -> sessions.Run:
    found = sessions.run(dag_id, run_id)
    if found is None:
        raise HTTPException(404, "Airflow has no such run.")
    return found


def _why_missing(run: sessions.Run) -> dict[str, str]:
    if run.folder is None and session_view.live(run):
        return {"title": "The session is being set up", "text": "Its folder is made by the task setup. This page looks again by itself."}
    if run.folder is None:
        return {
            "title": "This run has no session",
            "text": "The log of its task setup says why: nothing has changed, or a field is refused.",
        }
    return {
        "title": "The session's folder can't be read here",
        "text": f"{run.folder} is missing, or this server can't see it: the root of sessions must be the same folder for workers and API server.",
    }


def _base() -> str:
    """The path below which Airflow is served."""
    return urlsplit(conf.get("api", "base_url", fallback="") or "").path.rstrip("/")
