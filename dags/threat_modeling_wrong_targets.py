"""Makes no DAG: its import error names each target file that is wrong.

Airflow keeps import errors per file and schedules nothing of a file that has one, so this stands apart from the file that makes the DAGs.
"""

from __future__ import annotations

from pathlib import Path

from threat_modeling.errors import TargetFileInvalid
from threat_modeling_airflow.targets import wrong_target_files

if wrong := wrong_target_files(Path(__file__).parents[1]):
    raise TargetFileInvalid("\n".join(wrong))
