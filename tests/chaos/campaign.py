"""`python -m tests.chaos.campaign`: kill sessions on the sample at random, and say whether each one ended in a verified report."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.chaos.killing import killed_session

LONGEST = 8.0
"""Seconds of work after which a session is killed at the latest."""


def main() -> int:
    """Exit 0 when every session ended complete and verified, with nothing lost or half-written."""
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=45, help="kills of sessions in a process (default: 45)")
    parser.add_argument("--real", type=int, default=10, help="kills on a real scheduler (default: 10)")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers (default: 1)")
    options = parser.parse_args()
    numbers = random.Random(options.seed)  # noqa: S311 - a campaign that can be repeated
    started, kinds, bad, sessions = time.monotonic(), Counter[str](), 0, 0
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        while kinds.total() < options.kills:
            sessions += 1
            found = killed_session(Path(folder) / str(sessions), numbers, min(3, options.kills - kinds.total()), LONGEST)
            kinds.update(found.kills)
            wrong = found.status != "complete" or bool(found.problems) or found.half_written or found.lost
            bad += bool(wrong)
            print(f"session {sessions}: killed {', '.join(found.kills) or 'never'}: {found.status}, {len(found.problems)} problems", flush=True)
            for problem in found.problems[:5]:
                print(f"  {problem}")
        print(
            f"in process: {kinds.total()} kills ({dict(kinds)}) over {sessions} sessions, {bad} not verified, {time.monotonic() - started:.0f} s",
            flush=True,
        )
        if options.real:
            from tests.chaos.real import campaign  # noqa: PLC0415 - only this part starts Airflow

            bad += campaign(Path(folder) / "real", numbers, options.real)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
