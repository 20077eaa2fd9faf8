from __future__ import annotations

import pytest

from threat_modeling.codebase.languages import python
from threat_modeling.codebase.syntax import Call, Function, walk
from threat_modeling.codebase.taint.asked import asked


@pytest.mark.parametrize(
    ("parameters", "head", "expected"),
    [
        ("verify=True", "verify is False", True),
        ("verify=True", "not verify", True),
        ("verify=True", "verify == False", True),
        ("insecure=False", "insecure", True),
        ("insecure=False", "insecure and ready", True),
        ("insecure=False", "insecure or ready", False),
        ("verify=False", "not verify", False),
        ("verify=True", "verify is not False", False),
        ("verify", "not verify", False),
        ("verify=True", "other is False", False),
    ],
)
def test_a_branch_that_the_default_avoids_is_asked_for(parameters: str, head: str, expected: bool) -> None:
    module = python.lower("a.py", f"def connect({parameters}):\n    if {head}:\n        open_all()\n")
    function = next(part for part in module.body if isinstance(part, Function))
    call = next(part for part in walk(function) if isinstance(part, Call))
    assert asked(function, call) is expected


def test_the_branch_after_one_that_the_default_takes_is_asked_for() -> None:
    module = python.lower("a.py", "def connect(verify=True):\n    if verify is True:\n        pass\n    else:\n        open_all()\n")
    function = next(part for part in module.body if isinstance(part, Function))
    call = next(part for part in walk(function) if isinstance(part, Call))
    assert asked(function, call)
