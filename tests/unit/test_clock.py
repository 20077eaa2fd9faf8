"""How times are written."""

from __future__ import annotations

import re
from datetime import datetime

from threat_modeling.clock import now, stamp


def test_a_time_is_in_utc():
    before, at, after = now(), stamp(), now()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z", at)
    assert before <= datetime.fromisoformat(at) <= after
