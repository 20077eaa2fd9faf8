"""Users and roles at FAB: its own ones, and two that are made here, as a deployment does."""

ASKED = "threat_modeling__asked"
"""The DAG whose question waits; its file names one approver."""
FINISHED = "threat_modeling"
"""The DAG of the finished session."""
ADMIN, APPROVER, OUTSIDER = "admin", "approver", "outsider"
PASSWORD = "correct horse"

_LOOK = [("can_read", what) for what in ("Website", "DAG Runs", "Task Instances", "Task Logs", "XComs", "HITL Detail")]
ROLES = {
    "Approver": [*_LOOK, ("can_edit", "HITL Detail"), ("can_read", f"DAG:{ASKED}"), ("can_edit", f"DAG:{ASKED}")],
    "Outsider": [*_LOOK, ("can_edit", "HITL Detail"), ("can_read", f"DAG:{FINISHED}"), ("can_edit", f"DAG:{FINISHED}")],
}
"""One DAG each: the approver's is the one that asks, the outsider's is the other one."""
USERS = {ADMIN: "Admin", "viewer": "Viewer", OUTSIDER: "Outsider", APPROVER: "Approver", "user": "User", "op": "Op"}
