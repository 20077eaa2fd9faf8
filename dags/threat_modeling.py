"""The DAG `threat_modeling`: a session on demand. Fill in the trigger form; each run is one session."""

from __future__ import annotations

try:
    from threat_modeling_airflow.names import DAG_ID
    from threat_modeling_airflow.session_dag import session_dag
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        f"{missing}. Threat modeling needs plugins/ as AIRFLOW__CORE__PLUGINS_FOLDER, include/ on PYTHONPATH and the packages of "
        "constraints.txt in every component of Airflow: see docs/deployment.md",
        name=missing.name,
    ) from missing

DOC = """
### A threat-modeling session

Trigger a run and name a **target**: a folder of code as the workers see it. Nothing of it is changed or executed.

| phase | what it makes | asks |
|---|---|---|
| 1 business context | purpose, data, crown jewels, actors, impact | yes |
| 2 codebase sizing | components and how deeply each is read | no |
| 3 codebase mapping | entry points, data flows, trust boundaries, concerns | yes |
| 4 security controls | an investigation per concern, by severity | each batch |
| 5 threat modeling | threats with evidence and CVSS, attack trees, abuse cases | yes |
| 6 test planning | tests that each name a threat | yes |

**Checkpoints** wait under *Required Actions*: *Approve* goes on, *Revise* runs the phase again with your feedback and asks again,
*Stop* ends the session with a partial report; at a batch of phase 4 *Approve rest* covers the remaining concerns of that severity.

**One agent failed?** Open its row in the mapped `agent` task and clear it (downstream on, only-failed off): that agent, the
consolidation and the checkpoint run again, and no sibling. Clearing the task's summary row instead would run all of them.

The last task, `verdict`, succeeds when the session is complete, is skipped when a person stopped it, and fails when an agent's
result is missing. The report is written in each case: see the result of the task `report`.
"""

dag = session_dag(
    DAG_ID,
    doc_md=DOC,
    description="Threat model of a codebase, phase by phase, with a person's approval at each checkpoint.",
    default_args={"owner": "security"},
)
