"""The users of the test's API server: one of each role, and one who may not see the DAG."""

OUTSIDER = "outsider"
HIDDEN = "threat_modeling"
USERS = {"viewer": "viewer", OUTSIDER: "viewer", "user": "user", "op": "op", "admin": "admin"}
