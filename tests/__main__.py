"""Every test, in two processes: what waits for a real Airflow runs beside what needs the processor. `python -m tests [pytest's options]`."""

import subprocess
import sys
import tempfile

PYTEST = [sys.executable, "-m", "pytest", *sys.argv[1:]]


def main() -> int:
    """Run both; returns pytest's exit code, the worse of the two."""
    with tempfile.TemporaryFile() as log:
        beside = subprocess.Popen([*PYTEST, "-m", "scheduler and not recovery"], stdout=log, stderr=log)
        try:
            code = subprocess.run([*PYTEST, "-m", "not scheduler"], check=False).returncode
        finally:
            worse = beside.wait()  # also after an interruption, which both have received: each ends the servers it started
            log.seek(0)
            sys.stdout.write(log.read().decode("utf-8", "replace"))
    return max(code, worse)


if __name__ == "__main__":
    sys.exit(main())
