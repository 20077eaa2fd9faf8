"""An environment with the FAB provider. Its pins conflict with ours (python-dateutil), so it has one of its own, made once and kept in a cache."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CONSTRAINTS = Path(__file__).with_name("constraints.txt")
WANTED = ("apache-airflow", "apache-airflow-providers-fab", "ast-grep-py", "cvss", "pathspec", "pygraphviz")
"""The provider, and what our own pages and tasks import."""


def python():
    """The interpreter of that environment; made first if it is not there, which takes a minute."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    mark = hashlib.sha256(f"{sys.version}\n{WANTED}\n{CONSTRAINTS.read_text()}".encode()).hexdigest()[:12]
    folder = cache / "threat-modeling" / f"fab-{mark}"
    complete = folder / "complete"
    if not complete.exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        install = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", CONSTRAINTS, *WANTED]
        subprocess.run(install, check=True)
        complete.touch()
    return folder / "bin" / "python"
