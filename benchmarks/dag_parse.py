"""Measures what parsing the DAG file adds to importing airflow.sdk: CPU seconds, the median and range of several processes."""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

DAG_FILE = Path(__file__).parents[1] / "dags" / "threat_modeling.py"
RUNS = 7
CODE = f"""
import runpy, time
start = time.process_time()
from airflow.sdk import DAG, task
imported = time.process_time()
runpy.run_path({str(DAG_FILE)!r})
print(imported - start, time.process_time() - imported)
"""


def main() -> None:
    """Print one line for each figure."""
    lines = [subprocess.run([sys.executable, "-W", "ignore", "-c", CODE], check=True, capture_output=True, text=True).stdout for _ in range(RUNS)]
    rows = [tuple(map(float, line.split()[-2:])) for line in lines]
    for name, column in (("import airflow.sdk", 0), ("the DAG file on top", 1)):
        values = sorted(row[column] for row in rows)
        print(f"{name}: {statistics.median(values):.3f} s of CPU ({values[0]:.3f} to {values[-1]:.3f}, {RUNS} processes)")


if __name__ == "__main__":
    main()
