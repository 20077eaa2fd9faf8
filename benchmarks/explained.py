"""Why each HIGH result on the quiet corpus stands there: read by a person, one place at a time."""

from __future__ import annotations

EXPLAINED = {
    ("datasette", "sql-injection", "views/table.py"): (
        "right, by design: the parameter `_where` is taken as SQL, which the permission execute-sql and a read-only connection fence in; "
        "the way that is traced, through `_col`, ends at a check against the table's columns"
    ),
    ("datasette", "command-injection", "publish/cloudrun.py"): (
        "right: options of the command line become part of a shell's command without quoting; who runs it is asked for the values, so they "
        "matter where a script or a pipeline passes them on"
    ),
}
"""(package, rule, file) -> what was found on reading the code."""
